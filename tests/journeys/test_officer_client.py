"""An officer's whole journey with the cryptography of Element, in the lenient and in the strict mode of trust."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.journeys.canaries import photo
from tests.journeys.conftest import HouseMaker
from tests.journeys.scenes import PATIENCE_S, TALKING, heard, plain
from tests.journeys.test_first_answer import file_a_report
from tests.matrix.house import until
from tests.officer_js.driver import JsOfficer, Line, OfficerError, install
from tests.servers.synapse import LocalSynapse
from tests.telegram_server import Citizen, TelegramServer

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(300)]

ClientMaker = Callable[[str], Awaitable[JsOfficer]]
GRACE = {"GUICHET_GRACE_S": "5"}


@pytest.fixture
async def new_client(synapse: LocalSynapse) -> AsyncIterator[ClientMaker]:
    await asyncio.to_thread(install)
    made: list[JsOfficer] = []

    async def make(mode: str) -> JsOfficer:
        made.append(JsOfficer(synapse.url, synapse.fresh("agent"), mode=mode))
        return await made[-1].start()

    yield make
    for officer in made:
        await officer.stop()


async def shown(officer: JsOfficer, words: str) -> Line:
    """The first message of others with these words, as soon as the client shows it."""

    def found() -> list[Line]:
        return [line for line in officer.seen("message", own=False) if words in plain(line["body"])]

    await until(found, PATIENCE_S, f"{words!r} at the officer's")
    return found()[0]


async def marked(officer: JsOfficer, event: str, mark: str) -> None:
    """The officer's message bears this mark."""

    def is_marked() -> bool:
        return any(
            line["relates"].get("key") == mark and line["relates"].get("event_id") == event
            for line in officer.seen("reaction")
        )

    await until(is_marked, PATIENCE_S, f"the mark {mark}")


@pytest.mark.parametrize("mode", ["all", "signed"])
async def test_the_officers_whole_journey(
    mode: str,
    telegram: TelegramServer,
    synapse: LocalSynapse,
    new_house: HouseMaker,
    new_client: ClientMaker,
    tmp_path: Path,
) -> None:
    """Card, recap, words and files both ways, marks, notes, commands, a withdrawal, a pulled plug: no red shield."""
    officer = await new_client(mode)
    house = await new_house(officer.account, variables=GRACE)
    await house.start(*TALKING)
    citizen = Citizen(telegram, 4242)
    await file_a_report(citizen)

    card = await shown(officer, "Dossier S-0001")
    room = str(card["room"])
    assert "place Pie" in card["body"]
    assert (card["shield"]["colour"], card["encrypted"]) == ("none", True)
    await shown(officer, "Résumé du dossier S-0001")

    asked = await officer.say(room, "Bonjour, la voiture était-elle garée ?")
    await citizen.hears("était-elle garée", PATIENCE_S)
    await marked(officer, asked, "⏳")
    await marked(officer, asked, "✅")
    await citizen.says("oui devant le tabac, une berline grise")
    await shown(officer, "une berline grise")

    await officer.say(room, "// vu avec le collègue")
    with contextlib.suppress(OfficerError):  # a busy SDK complains when its own thread message comes back too early
        await officer.do("thread", room=room, root=asked, body="entre nous seulement")
    await officer.reads("entre nous seulement")
    await house.kill()
    await citizen.says("il est parti à 22 h")
    after_kill = await officer.say(room, "Merci, c'est précis.")
    await house.start(*TALKING)
    await citizen.hears("c'est précis", PATIENCE_S)
    await marked(officer, after_kill, "✅")
    await shown(officer, "il est parti à 22 h")

    await _files_both_ways(telegram, citizen, officer, room, tmp_path)
    await _commands(officer, room)

    withdrawn = await officer.say(room, "Je me suis trompé de dossier.")
    await marked(officer, withdrawn, "⏳")
    await officer.do("redact", room=room, target=withdrawn)
    await shown(officer, "Message retiré avant l'envoi.")

    await officer.say(room, "!clore exploitable saisie en cours")
    await shown(officer, "Dossier clos : exploitable. saisie en cours")
    await citizen.hears("ont fini de traiter", PATIENCE_S)
    told = "\n".join(await heard(citizen))
    for inside in ("collègue", "entre nous", "trompé de dossier", "saisie en cours", officer.account.name, "!prendre"):
        assert inside not in told
    assert sum("c'est précis" in text for text in await heard(citizen)) == 1
    assert officer.seen("unreadable") == []
    assert {line["shield"]["colour"] for line in officer.seen("message", own=False)} == {"none"}
    assert await house.stop() == 0


async def _files_both_ways(
    telegram: TelegramServer, citizen: Citizen, officer: JsOfficer, room: str, folder: Path
) -> None:
    """A photo reaches the officer drawn again; a document reaches the citizen as it was, without its name."""
    taken = photo()
    await citizen.sends_photo(taken, "la voiture")
    await until(lambda: officer.seen("message", msgtype="m.image", own=False), PATIENCE_S, "the photo")
    [image] = officer.seen("message", msgtype="m.image", own=False)
    assert image["file"]["whole"]
    assert image["file"]["sha256"] != hashlib.sha256(taken).hexdigest()
    content = b"%PDF-1.4 plan du quartier"
    document = folder / "plan de Dupont.pdf"
    document.write_bytes(content)
    sent = await officer.do(
        "file", room=room, path=str(document), name=document.name, mimetype="application/pdf", caption="le plan"
    )
    received = await citizen.hears("le plan", PATIENCE_S)
    assert await telegram.file(received.raw["document"]["file_id"]) == content
    assert "Dupont" not in received.raw["document"].get("file_name", "")
    await marked(officer, str(sent["event"]), "✅")


async def _commands(officer: JsOfficer, room: str) -> None:
    await officer.say(room, "!aide")
    await shown(officer, "!clore <exploitable|non_exploitable|hors_perimetre> <issue>")
    await officer.say(room, "!prendre")
    await shown(officer, f"{officer.user_id} prend le dossier en charge.")
    await officer.say(room, "!statut")
    await shown(officer, f"Pris en charge par {officer.user_id}")

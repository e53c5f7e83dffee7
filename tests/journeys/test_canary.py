"""Nobody behind the counter can know who wrote: a person with unmistakable marks does everything, is found nowhere."""

import asyncio
import inspect
import io
import json
from collections.abc import Iterator

import httpx
import nio
import pytest
from nio.crypto.attachments import decrypt_attachment
from PIL import Image

from domain.ids import Alias
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.journeys.canaries import (
    ACTS,
    IDENTITY,
    LAST_ACT,
    LISTENING,
    NOBODY,
    Needle,
    files_under,
    fresh_word,
    needle,
    nobody,
    traces,
)
from tests.journeys.conftest import HouseMaker
from tests.journeys.scenes import PATIENCE_S
from tests.journeys.test_first_answer import case_room, file_a_report
from tests.journeys.world import HouseProcess
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, until
from tests.servers.postgres import LocalPostgres, binaries
from tests.servers.redis import LocalRedis, binary
from tests.servers.synapse import LocalSynapse, free_port
from tests.telegram_server import Citizen, TelegramServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

EVERYTHING = ("telegram", "matrix", "worker", "web")


@pytest.fixture
def postgres() -> Iterator[LocalPostgres]:
    if binaries() is None:
        pytest.fail("PostgreSQL expected (Debian: postgresql)")
    server = LocalPostgres().start()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def redis() -> Iterator[LocalRedis]:
    if binary() is None:
        pytest.fail("redis-server expected (Debian: redis-server)")
    server = LocalRedis().start()
    try:
        yield server
    finally:
        server.remove()


# --- the search itself ------------------------------------------------------------------------------


@pytest.mark.parametrize("planted", NOBODY, ids=list(IDENTITY))
def test_the_search_finds_what_is_planted(planted: Needle) -> None:
    """Every form of every mark is found between other bytes, and nothing is found where nothing is."""
    noise = bytes(range(256)) * 40
    assert traces([planted], {"noise": noise}) == []
    for form in planted.forms:
        assert len(form) >= 5, "shorter forms would be found by chance"
        assert traces(NOBODY, {"noise": noise[:999] + form + noise[999:]})


def test_everything_that_a_citizen_can_do_is_done() -> None:
    """When the citizens of the local Telegram learn something new, it is to be tried here too."""
    methods = {name for name, _ in inspect.getmembers(Citizen, inspect.iscoroutinefunction) if name[0] != "_"}
    assert set(ACTS) | {LAST_ACT} == methods - LISTENING


# --- the journeys -----------------------------------------------------------------------------------


async def test_nobody_is_found_with_sqlite(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, synapse: LocalSynapse
) -> None:
    """Log, database files, crypto store, homeserver, what officers read, figures: no trace."""
    house, words = await _everything_happens(telegram, new_house, new_officer, synapse, {})
    running = files_under(house.folder)
    assert any(name.endswith("guichet.db-wal") for name in running), "a log of the database was expected beside it"
    assert traces([*NOBODY, *words], _without_settings(running)) == []
    await _nobody_in_what_was_said(house, words, None)
    assert await house.stop() == 0
    assert traces([*NOBODY, *words], _without_settings(files_under(house.folder))) == []


async def test_nobody_is_found_with_postgresql_and_redis(
    telegram: TelegramServer,
    new_house: HouseMaker,
    new_officer: OfficerMaker,
    synapse: LocalSynapse,
    postgres: LocalPostgres,
    redis: LocalRedis,
) -> None:
    """The same with servers: a dump of the database, and everything that Redis holds."""
    url = postgres.create("guichet")
    variables = {"GUICHET_DATABASE__URL": url, "GUICHET_REDIS__URL": redis.url}
    house, words = await _everything_happens(telegram, new_house, new_officer, synapse, variables)
    redis.command("SAVE")
    elsewhere = {
        "pg_dump": postgres.dump("guichet"),
        "redis keys": redis.command("KEYS", "*"),
        "redis dump": (redis.folder / "dump.rdb").read_bytes(),
    }
    assert b"S-0001" in elsewhere["pg_dump"]
    assert b"guichet:" in elsewhere["redis dump"]
    assert traces([*NOBODY, *words], elsewhere | _without_settings(files_under(house.folder))) == []
    await _nobody_in_what_was_said(house, words, url)
    assert await house.stop() == 0
    assert traces([*NOBODY, *words], {"log": house.log.read_bytes()}) == []


async def _everything_happens(
    telegram: TelegramServer,
    new_house: HouseMaker,
    new_officer: OfficerMaker,
    synapse: LocalSynapse,
    variables: dict[str, str],
) -> tuple[HouseProcess, list[Needle]]:
    """The whole life of the person, with what the homeserver and the officer hold looked through at its end."""
    officer, port = await new_officer(), free_port()
    settings = {"GUICHET_LOG__LEVEL": "debug", "GUICHET_WEB__PORT": str(port), "GUICHET_TELEGRAM__CHAT_PER_S": "50"}
    house = await new_house(officer.account, variables=settings | variables)
    await house.start(*EVERYTHING)
    citizen, words = nobody(telegram), [fresh_word()]
    await citizen.says(f"Bonjour, je m'appelle {IDENTITY['first name']} {IDENTITY['last name']} {words[0]}")
    await citizen.hears(timeout_s=PATIENCE_S)
    await file_a_report(citizen)
    await until(lambda: case_room(officer), PATIENCE_S, "the case card")
    room = case_room(officer)
    for act in ACTS.values():
        words.append(fresh_word())
        await act(citizen, words[-1])
        await telegram.until_confirmed(PATIENCE_S)
    await citizen.says("Voilà, c'est tout pour ce soir.")
    await until(lambda: any("tout pour ce soir" in body for body in officer.bodies(room)), 2 * PATIENCE_S, "the end")
    await getattr(citizen, LAST_ACT)()
    figures = await _figures(port)
    assert b"guichet_turns_total" in figures
    read = await _what_is_read(officer)
    assert sum(name.startswith("photo") for name in read) == 3
    assert b"place Pie" in read["events"]
    said = [needle(f"words {n}", word) for n, word in enumerate(words)]
    assert traces(NOBODY, {"figures": figures, **read}) == []
    homeserver = files_under(synapse.folder)
    assert any(officer.account.name.encode() in content for content in homeserver.values())
    assert traces([*NOBODY, *said], homeserver) == []
    return house, said


async def _figures(port: int) -> bytes:
    async with httpx.AsyncClient(trust_env=False) as client:
        pages = [await client.get(f"http://127.0.0.1:{port}{path}") for path in ("/metrics", "/readyz", "/healthz")]
    return b"".join(page.content for page in pages)


async def _what_is_read(officer: NioOfficer) -> dict[str, bytes]:
    """All that the officer's client could decrypt: events with their relations, and photos."""
    sources = [getattr(event, "source", None) for _, event in officer.events]
    found = {"events": json.dumps(sources, ensure_ascii=False).encode()}
    pictures = [event for _, event in officer.events if isinstance(event, nio.RoomEncryptedImage)]
    for n, event in enumerate(pictures):
        sealed = (await officer.client.download(event.url)).body
        found[f"photo {n}"] = decrypt_attachment(sealed, event.key["k"], event.hashes["sha256"], event.iv)
        await asyncio.to_thread(_has_no_metadata, found[f"photo {n}"])
    return found


def _has_no_metadata(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
        assert "comment" not in image.info


def _without_settings(files: dict[str, bytes]) -> dict[str, bytes]:
    """The operator's own file holds the accounts that the operator wrote into it."""
    return {name: content for name, content in files.items() if not name.endswith(".toml")}


async def _nobody_in_what_was_said(house: HouseProcess, words: list[Needle], url: str | None) -> None:
    """Opened with the key, the case holds what was said and still not who said it."""
    keys = Keys.load_or_make(house.data / "master.key")
    store = await SqlStore.open(url or f"sqlite:///{house.data / 'guichet.db'}", keys)
    try:
        async with store.unit() as unit:
            case = await unit.cases.by_alias(Alias("S-0001"))
            assert case is not None
            events = await unit.conversations.recorded(case.conversation)
    finally:
        await store.close()
    opened = {"opened case": repr([one.event for one in events]).encode()}
    assert traces(NOBODY, opened) == []
    assert len(traces(words, opened)) > 5

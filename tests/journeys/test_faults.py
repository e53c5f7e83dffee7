"""What people see when a platform, a server or the disk fails: the table of faults in DESIGN, on the real house."""

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journeys.conftest import HouseMaker
from tests.journeys.scenes import PATIENCE_S, TALKING, Scene, all_arrived, heard, meeting
from tests.journeys.test_first_answer import case_room, file_a_report
from tests.journeys.world import HouseProcess
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, until
from tests.servers.redis import LocalRedis, binary
from tests.servers.synapse import Account, LocalSynapse, call
from tests.telegram_server import Citizen, Fault, Kind, TelegramServer, flood_wait, refusal

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

GATEWAY_S, DOWN_S = 10.0, 12.0
"""How long the homeserver is behind a broken gateway, then away. Two minutes would show no more: the pauses between two
tries have reached their longest by then."""


# --- Redis ------------------------------------------------------------------------------------------


@pytest.fixture
def redis() -> Iterator[LocalRedis]:
    if binary() is None:
        pytest.fail("redis-server expected (Debian: redis-server)")
    server = LocalRedis().start()
    try:
        yield server
    finally:
        server.remove()


async def talk(scene: Scene, first: int, count: int = 4) -> None:
    """Both sides say some more numbered things."""
    for n in range(first, first + count):
        await scene.citizen.says(f"citoyen {n:03}")
        await scene.officer.say(scene.room, f"agent {n:03}")


async def test_losing_redis_loses_nothing_said(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, redis: LocalRedis
) -> None:
    """Flushed, killed and back again in mid-conversation: everything arrives once, in order."""
    scene = await meeting(
        telegram,
        new_house,
        new_officer,
        variables={"GUICHET_REDIS__URL": redis.url, "GUICHET_TELEGRAM__CHAT_PER_S": "50"},
    )
    assert redis.command("KEYS", "*") != b"*0\r\n", "the house was expected to use Redis"
    await talk(scene, 0)
    redis.command("FLUSHALL")
    await talk(scene, 4)
    redis.stop()
    await talk(scene, 8)
    await all_arrived(scene, 12, 12)
    assert scene.house.lines("live.redis_gone")
    redis.start()
    await talk(scene, 12)
    await all_arrived(scene, 16, 16)
    assert await scene.house.stop() == 0


# --- the homeserver ---------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def broken_gateway(port: int) -> AsyncIterator[list[bytes]]:
    """Every request to this port is answered 502 with a page; gives the requests' first lines."""
    asked: list[bytes] = []
    page = b"<html><body>502 Bad Gateway</body></html>"
    head = f"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            asked.append(await reader.readline())
            writer.write(head.encode() + b"\r\n\r\n" + page)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, reuse_address=True)
    try:
        yield asked
    finally:
        server.close()
        await server.wait_closed()


@contextlib.asynccontextmanager
async def away(synapse: LocalSynapse) -> AsyncIterator[None]:
    """The homeserver is gone while inside; it is back afterwards, whatever happened."""
    await asyncio.to_thread(synapse.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(synapse.start)


@contextlib.asynccontextmanager
async def without_sync(officer: NioOfficer) -> AsyncIterator[None]:
    """The officer's client rests: nio spins on a 502. Afterwards it goes on where it was."""
    officer._task.cancel()
    await asyncio.gather(officer._task, return_exceptions=True)
    yield
    officer.client.config = replace(officer.client.config, max_timeout_retry_wait_time=1)
    officer._task = asyncio.create_task(officer.client.sync_forever(5000))


async def test_what_is_said_while_the_homeserver_is_away_arrives_in_order(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, synapse: LocalSynapse
) -> None:
    """502, then refused connections: the house waits without hammering, then both sides read everything once."""
    scene = await meeting(telegram, new_house, new_officer)
    for n in range(6):
        await scene.officer.say(scene.room, f"agent {n:03}")
    async with without_sync(scene.officer), away(synapse):
        async with broken_gateway(synapse.port) as asked:
            for n in range(6):
                await scene.citizen.says(f"citoyen {n:03}")
                await asyncio.sleep(GATEWAY_S / 6)
            await until(lambda: len(asked) >= 3, PATIENCE_S, "tries at the gateway")
        for n in range(6, 12):
            await scene.citizen.says(f"citoyen {n:03}")
            await asyncio.sleep(DOWN_S / 6)
    assert len(asked) <= 60, "expected pauses between the tries"
    for n in range(6, 12):
        await scene.officer.say(scene.room, f"agent {n:03}")
    await all_arrived(scene, 12, 12)
    assert await scene.house.stop() == 0


async def test_a_house_that_starts_before_its_homeserver_serves_citizens_and_waits(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, synapse: LocalSynapse
) -> None:
    """Citizens are served at once; the room opens when the homeserver is there."""
    officer = await new_officer()
    house = await new_house(officer.account)
    async with without_sync(officer), away(synapse):
        await house.start(*TALKING)
        await house.logs("matrix.not_open")
        await file_a_report(Citizen(telegram, 4242))
    await until(lambda: case_room(officer), PATIENCE_S, "the case card")
    assert await house.stop() == 0


async def test_a_revoked_token_stops_the_officers_side_loudly_and_alone(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, synapse: LocalSynapse
) -> None:
    """The role says that it stopped; citizens are still served and what officers should read is kept."""
    bot = synapse.fresh("guichet")
    scene = await meeting(telegram, new_house, new_officer, bot=bot)
    _log_out_everywhere(synapse, bot)
    stopped = await scene.house.logs("role.stopped", role="matrix")
    assert (stopped["level"], stopped["error"]) == ("error", "RoleStopped")
    await scene.citizen.says("La voiture est revenue hier.")
    second = Citizen(telegram, 4343, "Canari")
    await file_a_report(second)
    assert not scene.house.has_ended
    await until(lambda: _waiting_letters(scene.house) >= 2, PATIENCE_S, "letters kept for both rooms")
    assert await scene.house.stop() == 0


def _log_out_everywhere(synapse: LocalSynapse, account: Account) -> None:
    root = f"{synapse.url}/_matrix/client/v3"
    who = {"type": "m.id.user", "user": account.user_id}
    body = {"type": "m.login.password", "identifier": who, "password": account.password}
    token = call("POST", f"{root}/login", body)[1]["access_token"]
    assert call("POST", f"{root}/logout/all", {}, token)[0] == 200


def _waiting_letters(house: HouseProcess) -> int:
    """How many conversations have letters waiting for their room."""
    with contextlib.closing(sqlite3.connect(house.data / "guichet.db")) as database:
        query = "SELECT count(DISTINCT conversation) FROM delivery WHERE target = 'room' AND state = 'queued'"
        return int(database.execute(query).fetchone()[0])


# --- Telegram ---------------------------------------------------------------------------------------


async def test_a_pause_for_one_chat_stops_no_other(telegram: TelegramServer, new_house: HouseMaker) -> None:
    """A 429 holds back one citizen's answer; another one is answered meanwhile; then the first one is too."""
    house = await new_house()
    await house.start("telegram", "worker")
    slow, quick = Citizen(telegram, 4242), Citizen(telegram, 4343)
    await telegram.plan(flood_wait(6, method="sendMessage", chat_id=slow.chat_id))
    await slow.starts()
    await telegram.until_called("sendMessage", chat_id=slow.chat_id, timeout_s=PATIENCE_S)
    await quick.starts()
    await quick.hears("robot", PATIENCE_S)
    assert await heard(slow) == []
    await slow.hears("robot", PATIENCE_S)
    assert len([text for text in await heard(slow) if "17 ou le 112" in text]) == 1
    assert await house.stop() == 0


async def test_a_citizen_who_blocks_the_counter_is_told_to_officers(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """A notice at once, the block mark on what officers write then; unblocking opens the door again."""
    scene = await meeting(telegram, new_house, new_officer)
    await scene.citizen.blocks_bot()
    await scene.room_reads("La personne a bloqué le guichet. Vos messages ne partent plus.")
    unsent = await scene.officer.say(scene.room, "Êtes-vous toujours là ?")
    await scene.marked(unsent, "🚫")
    await scene.room_reads("Votre message n'est pas parti")
    await scene.citizen.unblocks_bot()
    await scene.room_reads("La personne peut de nouveau recevoir vos messages.")
    sent = await scene.officer.say(scene.room, "Bon retour.")
    await scene.citizen_hears("Bon retour")
    await scene.marked(sent, "✅")
    assert not any("toujours là" in text for text in await heard(scene.citizen))
    assert await scene.house.stop() == 0


async def test_a_door_found_closed_by_the_postman_is_told_too(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """A 403 without any word from Telegram before: mark and notice; the citizen's next word opens the door."""
    scene = await meeting(telegram, new_house, new_officer)
    closed = refusal(403, "Forbidden: bot was blocked by the user", method="sendMessage", chat_id=scene.citizen.chat_id)
    await telegram.plan(closed)
    unsent = await scene.officer.say(scene.room, "Êtes-vous toujours là ?")
    await scene.marked(unsent, "🚫")
    await scene.room_reads("La personne a bloqué le guichet. Vos messages ne partent plus.")
    await scene.citizen.says("me revoilà, désolé")
    await scene.room_reads("me revoilà")
    await scene.officer.say(scene.room, "Bon retour.")
    await scene.citizen_hears("Bon retour")
    assert await scene.house.stop() == 0


async def test_an_officers_words_are_sent_again_with_a_mark_when_the_answer_was_lost(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """Once more, marked; the officer sees it accepted. What the robot says by itself is not sent again."""
    scene = await meeting(telegram, new_house, new_officer)
    await telegram.plan(Fault(Kind.LOST, method="sendMessage", chat_id=scene.citizen.chat_id))
    sent = await scene.officer.say(scene.room, "La voiture était-elle garée ?")
    await scene.citizen_hears("peut-être déjà reçu")
    await scene.marked(sent, "✅")
    copies = [text for text in await heard(scene.citizen) if "garée" in text]
    assert ["déjà reçu" in text for text in copies] == [False, True]
    newcomer = Citizen(telegram, 4343)
    await telegram.plan(Fault(Kind.LOST, method="sendMessage", chat_id=newcomer.chat_id))
    await newcomer.starts()
    await newcomer.hears("robot", PATIENCE_S)
    await newcomer.says("merci")
    await newcomer.hears(timeout_s=PATIENCE_S)
    assert len([text for text in await heard(newcomer) if "17 ou le 112" in text]) == 1
    assert await scene.house.stop() == 0


async def test_a_second_poller_stops_the_citizens_side_loudly_and_alone(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """409: the role says that it stopped; officers are still answered; the next start serves citizens again."""
    scene = await meeting(telegram, new_house, new_officer)
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    await telegram.plan(refusal(409, conflict, method="getUpdates"))
    await scene.citizen.says("une dernière chose")
    stopped = await scene.house.logs("role.stopped", role="telegram")
    assert (stopped["level"], stopped["error"]) == ("error", "RoleStopped")
    await scene.officer.say(scene.room, "!statut")
    await scene.room_reads("avec un agent", times=2)
    await scene.officer.say(scene.room, "Je garde ce dossier.")
    assert await scene.house.stop() == 0
    await scene.house.start(*TALKING)
    await scene.citizen_hears("Je garde ce dossier")
    await scene.room_reads("une dernière chose")
    assert await scene.house.stop() == 0


# --- the store, the process -------------------------------------------------------------------------


@contextlib.contextmanager
def write_lock(file: Path) -> Iterator[None]:
    """Another program holds the database."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


async def test_a_locked_database_confirms_nothing_and_loses_nothing(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """While nothing can be written down, Telegram keeps the updates and Matrix the position; then all arrives."""
    scene = await meeting(telegram, new_house, new_officer)
    with write_lock(scene.house.data / "guichet.db"):
        await talk(scene, 0)
        await scene.house.logs("telegram.poll_failed", error="StorageGone")
        await scene.house.logs("matrix.sync_failed", error="StorageGone")
        assert len(await telegram.pending()) == 4
        assert not any("agent 0" in text for text in await heard(scene.citizen))
    await all_arrived(scene, 4, 4)
    await telegram.until_confirmed(PATIENCE_S)
    assert await scene.house.stop() == 0


async def test_a_second_process_on_the_same_roles_is_refused(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """It ends with a clear message for every role, touches nothing, and the first one goes on."""
    scene = await meeting(telegram, new_house, new_officer)
    again = HouseProcess(scene.house.folder, scene.house.settings.read_text(encoding="utf-8"))
    again.log = scene.house.folder / "again.log"
    await again.start(*TALKING)
    assert await again.ends() == 1
    for role in TALKING:
        [refused] = again.lines("role.stopped", role=role)
        assert refused["error"] == "LeaseHeld"
        assert re.search(rf"{role} is already served by another process .*: stop it first", refused["reason"])
    assert "every role has stopped" in again.log.read_text(encoding="utf-8")
    assert not again.lines("matrix.session_open"), "the crypto store has one owner"
    await talk(scene, 0, 2)
    await all_arrived(scene, 2, 2)
    assert await scene.house.stop() == 0


async def test_a_bad_configuration_is_refused_with_every_fault_at_once(new_house: HouseMaker) -> None:
    """One message, one line a fault, no trace, and nothing started."""
    house = await new_house()
    settings = house.settings.read_text(encoding="utf-8")
    settings = settings.replace("grace_s = 0.2", "grace_s = 900\nlangages = 'fr'").replace("port = 0", "port = 'huit'")
    house.settings.write_text(settings, encoding="utf-8")
    await house.start()
    assert await house.ends() == 1
    told = house.log.read_text(encoding="utf-8")
    assert "3 to correct" in told
    for fault in ("grace_s", "langages", "web.port"):
        assert len([line for line in told.splitlines() if line.startswith("- ") and fault in line]) == 1
    assert "Traceback" not in told
    assert not house.data.exists()


async def test_wrong_places_are_told_together_too(new_house: HouseMaker, tmp_path: Path) -> None:
    """What the settings point to is looked at as a whole: an unknown default cell and a broken protocol."""
    house = await new_house()
    settings = house.settings.read_text(encoding="utf-8")
    house.settings.write_text(settings.replace('default = "essai"', 'default = "nulle-part"'), encoding="utf-8")
    protocol = house.folder / "cells" / "autre.toml"
    protocol.write_text('name = "Autre"\nquestionnaire = "aucun"\nretentoin = 3\n', encoding="utf-8")
    await house.start()
    assert await house.ends() == 1
    told = house.log.read_text(encoding="utf-8")
    assert "autre.toml" in told
    assert "nulle-part" in told
    assert "Traceback" not in told


async def test_a_stop_finishes_what_is_in_hand(telegram: TelegramServer, new_house: HouseMaker) -> None:
    """SIGTERM while Telegram is slow to answer: the letter is accepted, written down, and never sent again."""
    house = await new_house()
    await house.start("telegram", "worker")
    citizen = Citizen(telegram, 4242)
    await telegram.plan(Fault(Kind.LATE, method="sendMessage", chat_id=citizen.chat_id, delay_s=3.0))
    await citizen.starts()
    await citizen.hears("robot", PATIENCE_S)
    assert await house.stop(wait_s=PATIENCE_S) == 0
    assert [state for _, state in _letters(house)] == ["sent"] * len(_letters(house))
    await house.start("telegram", "worker")
    await citizen.says("Un dealer vend du shit place Pie à Avignon")
    await citizen.hears(timeout_s=PATIENCE_S)
    assert len([text for text in await heard(citizen) if "17 ou le 112" in text]) == 1
    assert await house.stop() == 0


def _letters(house: HouseProcess) -> list[tuple[int, str]]:
    with contextlib.closing(sqlite3.connect(house.data / "guichet.db")) as database:
        return database.execute("SELECT id, state FROM delivery").fetchall()

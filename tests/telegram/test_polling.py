"""The getUpdates loop against the strict server: nothing is confirmed before it is written down."""

import asyncio
import io
import logging
from collections.abc import Iterable

import pytest
from PIL import ExifTags, Image

from bots.telegram.backoff import Backoff
from bots.telegram.citizen_bot import TelegramCitizens
from domain.errors import PlatformError, RoleStopped
from domain.messages import Button as OurButton
from domain.messages import Edited, Photographed, RefusedKind, Said, SentRefused, Tapped, ToCitizen
from tests.telegram.conftest import Opener
from tests.telegram.fakes import HandClock, RecordingIntake
from tests.telegram_server import FOREVER, Citizen, Fault, Kind, TelegramServer, flood_wait, refusal


def photo(color: str = "red") -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "CANARI-auteur"
    out = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(out, "JPEG", exif=exif)
    return out.getvalue()


def numbers(updates: Iterable[dict[str, int]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_a_text_arrives_and_is_answered(
    running: TelegramCitizens, intake: RecordingIntake, camille: Citizen
) -> None:
    """From the telephone to the intake and back, with buttons and a tap."""
    await camille.says("Bonjour, ça deale au square")
    (arrival,) = await intake.until(1)
    assert intake.contents == [Said("Bonjour, ça deale au square")]
    letter = ToCitizen("Où est-ce ?", (OurButton("Je ne sais pas", "t1"), OurButton("Terminer", "t2")))
    assert arrival.contact is not None
    refs = await running.channel.send(arrival.contact, letter, None)
    heard = await camille.hears("Où est-ce ?")
    assert [str(heard.message_id)] == list(refs)
    await camille.taps("Terminer")
    await intake.until(2)
    assert intake.contents[1] == Tapped("t2")


async def test_arrivals_and_cursor_are_handed_in_together(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen, dominique: Citizen
) -> None:
    for text in ("un", "deux"):
        await camille.says(text)
    await dominique.says("trois")
    last = numbers(await server.pending())[-1]
    async with opened() as edge:
        await edge.start()
        await intake.until(3)
    ((arrivals, cursor),) = intake.calls
    assert [a.message.content for a in arrivals] == [Said("un"), Said("deux"), Said("trois")]  # type: ignore[union-attr]  # citizens only
    assert cursor == ("telegram", str(last))


async def test_nothing_is_confirmed_before_it_is_written_down(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    """Stopped between the answer of Telegram and the commit: the next process gets it again."""
    intake.before_commit = asyncio.Event()
    await camille.says("Ça recommence ce soir")
    async with opened() as edge:
        await edge.start()
        await intake.until_attempts(1)
        assert len(await server.pending()) == 1
    assert intake.arrivals == []
    assert len(await server.pending()) == 1
    intake.before_commit.set()
    async with opened() as edge:
        await edge.start()
        await intake.until(1)
    assert intake.contents == [Said("Ça recommence ce soir")]


async def test_what_was_accepted_but_not_confirmed_is_not_handed_in_twice(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    await camille.says("un")
    await server.plan(Fault(Kind.DROPPED, method="getUpdates", skip=1, times=FOREVER))
    async with opened() as edge:
        await edge.start()
        await intake.until(1)
    await server.clear_faults()
    assert len(await server.pending()) == 1
    await camille.says("deux")
    async with opened() as edge:
        await edge.start()
        await intake.until(2)
    handed_in = [arrival.remote_id for arrivals, _ in intake.calls for arrival in arrivals]
    assert len(handed_in) == len(set(handed_in)) == 2


async def test_a_cursor_above_the_new_numbers_hides_nothing(
    opened: Opener, intake: RecordingIntake, camille: Citizen
) -> None:
    """After a week of silence Telegram numbers updates anew, at random, possibly below."""
    intake.cursors["telegram"] = "900000000"
    await camille.says("Après les vacances")
    async with opened() as edge:
        await edge.start()
        await intake.until(1)
        await camille.says("Encore")
        await intake.until(2)
    assert intake.contents == [Said("Après les vacances"), Said("Encore")]


async def test_numbers_that_begin_anew_while_we_listen_hide_nothing(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    server.api.updates.next_id = 900_000_000
    async with opened(poll_timeout_s=0) as edge:
        await camille.says("Avant")
        await edge.start()
        await intake.until(1)
        await asking(server, 4)
        server.api.updates.next_id = 500
        await camille.says("Après")
        await intake.until(2)
    assert intake.contents == [Said("Avant"), Said("Après")]


async def test_a_store_that_fails_delays_and_loses_nothing(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    intake.failures = 3
    for text in ("un", "deux", "trois"):
        await camille.says(text)
    async with opened() as edge:
        await edge.start()
        await intake.until(3)
    assert intake.contents == [Said("un"), Said("deux"), Said("trois")]
    assert intake.attempts == 4


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Kind.GATEWAY, method="getUpdates"),
        Fault(Kind.DROPPED, method="getUpdates"),
        Fault(Kind.LOST, method="getUpdates"),
        Fault(Kind.GARBLED, method="getUpdates"),
        Fault(Kind.REFUSED, method="getUpdates", code=500),
        flood_wait(0, method="getUpdates"),
        refusal(400, "Bad Request: strange", method="getUpdates"),
        Fault(Kind.DROPPED, method="getMe"),
        Fault(Kind.GATEWAY, method="deleteWebhook"),
    ],
    ids=lambda fault: f"{fault.kind.value} {fault.method}",
)
async def test_faults_on_the_way_are_waited_out(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen, fault: Fault
) -> None:
    await server.plan(fault, fault)
    await camille.says("un")
    async with opened() as edge:
        await edge.start()
        await intake.until(1)
        await camille.says("deux")
        await intake.until(2)
    assert intake.contents == [Said("un"), Said("deux")]


async def test_an_outage_is_waited_out(
    running: TelegramCitizens, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    await camille.says("un")
    await intake.until(1)
    async with server.outage():
        pass
    await camille.says("deux")
    await intake.until(2)
    assert intake.contents == [Said("un"), Said("deux")]


async def test_a_second_poller_stops_the_first_loudly(opened: Opener, server: TelegramServer) -> None:
    async with opened() as first, opened() as second:
        await first.start()
        await asking(server, 1)
        await second.start()
        with pytest.raises(RoleStopped):
            await first.wait()
        assert first.health.stopped == "RoleStopped"
        assert not first.health.is_ready(first.health.last_good_at)  # type: ignore[arg-type]  # it did start


async def asking(server: TelegramServer, polls: int) -> None:
    """Returns once that many polls have reached the server."""
    async with asyncio.timeout(20):
        while len(await server.calls("getUpdates")) < polls:  # noqa: ASYNC110  # the server rings no bell for calls
            await asyncio.sleep(0)


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_refused_token_stops_the_role(opened: Opener, server: TelegramServer, method: str) -> None:
    await server.plan(refusal(401, "Unauthorized", method=method))
    async with opened() as edge:
        await edge.start()
        with pytest.raises(RoleStopped) as caught:
            await edge.wait()
    assert server.token not in repr(caught.value)


async def test_a_webhook_left_behind_is_taken_away(
    opened: Opener, server: TelegramServer, intake: RecordingIntake, camille: Citizen
) -> None:
    async with opened() as edge:
        await edge._bot.set_webhook("http://127.0.0.1:9/left")
        await camille.says("Toujours là ?")
        await edge.start()
        await intake.until(1)


async def test_an_edit_and_refused_things_arrive_in_order(
    running: TelegramCitizens, intake: RecordingIntake, camille: Citizen
) -> None:
    first = await camille.says("C'était lundi")
    await camille.edits(first, "C'était mardi")
    await camille.sends_voice()
    await camille.sends_document(b"%PDF", "CANARI.pdf", "application/pdf")
    await intake.until(4)
    refused = [SentRefused(RefusedKind.VOICE), SentRefused(RefusedKind.DOCUMENT)]
    assert intake.contents == [Said("C'était lundi"), Edited("C'était mardi"), *refused]
    refs = [a.message.ref for a in intake.arrivals[:2]]
    assert refs[0] == refs[1] == str(first.message_id)


async def test_a_shared_contact_is_refused_and_taken_out_of_the_chat(
    opened: Opener, intake: RecordingIntake, camille: Citizen
) -> None:
    async with opened() as edge:
        await edge.start()
        await camille.says("Bonjour")
        await camille.sends_contact()
        await camille.sends_location(43.9, 4.8, live_s=900)
        await intake.until(3)
        await edge.stop()
    kinds = [RefusedKind.CONTACT, RefusedKind.LIVE_LOCATION]
    assert intake.contents[1:] == [SentRefused(kind) for kind in kinds]
    assert [m.text for m in await camille.screen()] == ["Bonjour"]


async def test_a_tap_is_answered_after_it_was_written_down(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    async with opened() as edge:
        await edge.start()
        await camille.says("Bonjour")
        (arrival,) = await intake.until(1)
        assert arrival.contact is not None
        await edge.channel.send(arrival.contact, ToCitizen("Oui ?", (OurButton("Oui", "y1"),)), None)
        intake.before_commit = asyncio.Event()
        await camille.taps("Oui")
        await intake.until_attempts(2)
        assert not await server.calls("answerCallbackQuery")
        intake.before_commit.set()
        await intake.until(2)
        await edge.stop()
    assert [call["code"] for call in await server.calls("answerCallbackQuery")] == [200]


async def test_a_photo_comes_clean_and_with_its_words(
    running: TelegramCitizens, intake: RecordingIntake, camille: Citizen
) -> None:
    await camille.sends_photo(photo(), "Devant le hall")
    (arrival,) = await intake.until(1)
    content = intake.contents[0]
    assert isinstance(content, Photographed)
    assert (content.caption, content.album) == ("Devant le hall", None)
    data, media_type = arrival.files[content.file]
    assert media_type == "image/jpeg"
    assert b"CANARI" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (64, 48)


async def test_an_album_is_one_thing_in_several_arrivals(
    running: TelegramCitizens, intake: RecordingIntake, camille: Citizen
) -> None:
    await camille.sends_album([photo("red"), photo("blue")], "Le hall")
    await intake.until(2)
    first, second = intake.contents
    assert isinstance(first, Photographed)
    assert isinstance(second, Photographed)
    assert first.album == second.album is not None
    assert first.file != second.file
    assert (first.caption, second.caption) == ("Le hall", "")


async def test_where_photos_are_not_taken_none_is_fetched(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    await camille.sends_photo(photo(), "Le hall")
    async with opened(photos=False) as edge:
        await edge.start()
        await intake.until(1)
    assert intake.contents == [SentRefused(RefusedKind.OTHER)]
    assert not await server.calls("getFile")


@pytest.mark.parametrize("kind", [Kind.GATEWAY, Kind.DROPPED])
async def test_a_photo_is_asked_for_again_when_the_way_fails(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen, kind: Kind
) -> None:
    await server.plan(Fault(kind, method="getFile", times=4))
    await camille.sends_photo(photo())
    async with opened() as edge:
        await edge.start()
        await intake.until(1)
    assert isinstance(intake.contents[0], Photographed)


async def test_a_photo_that_cannot_be_had_is_refused_aloud(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    await server.plan(refusal(401, "Unauthorized", method="getFile"))
    await camille.sends_photo(photo())
    await camille.says("Vous l'avez ?")
    async with opened() as edge:
        await edge.start()
        await intake.until(2)
    assert intake.contents == [SentRefused(RefusedKind.BAD_PHOTO), Said("Vous l'avez ?")]


async def test_nobody_waits_for_somebody_elses_photo(
    opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen, dominique: Citizen
) -> None:
    """Dominique's text is handed in while Camille's photo is still on its way; order holds within each chat."""
    await server.plan(Fault(Kind.SLOW, method="getFile", delay_s=0.3))
    await camille.sends_photo(photo())
    await camille.says("après la photo")
    await dominique.says("moi d'abord")
    async with opened() as edge:
        await edge.start()
        await intake.until(3)
    assert intake.contents[0] == Said("moi d'abord")
    assert isinstance(intake.contents[1], Photographed)
    assert intake.contents[2] == Said("après la photo")
    assert [cursor is not None for _, cursor in intake.calls] == [False, True]


async def test_an_update_that_cannot_be_read_holds_up_nobody(
    opened: Opener, intake: RecordingIntake, camille: Citizen, capsys: pytest.CaptureFixture[str]
) -> None:
    await camille.posts({"text": "CANARI", "entities": [{"shape": "unheard of"}]})
    await camille.says("Bonjour")
    async with opened() as edge:
        await edge.start()
        await intake.until(2)
        assert edge.health.unreadable == 1
    assert intake.contents == [SentRefused(RefusedKind.OTHER), Said("Bonjour")]
    assert "CANARI" not in capsys.readouterr().out


async def test_health_knows_the_last_good_answer(
    running: TelegramCitizens, intake: RecordingIntake, clock: HandClock, camille: Citizen
) -> None:
    assert not running.health.is_ready(clock.now())
    await camille.says("Bonjour")
    await intake.until(1)
    assert running.health.is_ready(clock.now())
    clock.advance(61)
    assert not running.health.is_ready(clock.now())


async def test_a_full_batch_asks_how_many_still_wait(
    opened: Opener, intake: RecordingIntake, camille: Citizen, server: TelegramServer
) -> None:
    for number in range(130):
        await camille.says(str(number))
    async with opened() as edge:
        await edge.start()
        await intake.until(130)
    assert intake.contents == [Said(str(number)) for number in range(130)]
    assert len(await server.calls("getWebhookInfo")) == 1


def test_waits_grow_to_a_limit_and_begin_anew() -> None:
    backoff = Backoff(1.0, 30.0)
    waits = [backoff.next_s() for _ in range(60)]
    assert all(0 < wait <= 30 for wait in waits)
    assert 0.5 <= waits[0] <= 1.5
    assert min(waits[10:]) >= 15
    backoff.well()
    assert backoff.next_s() <= 1.5


async def test_neither_token_nor_words_reach_the_log(
    opened: Opener,
    intake: RecordingIntake,
    server: TelegramServer,
    camille: Citizen,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Through a conversation and every fault, at the level where httpx and the library would talk."""
    caplog.set_level(logging.INFO)
    kinds = (Kind.LOST, Kind.GARBLED, Kind.GATEWAY, Kind.RESET)
    await server.plan(*(Fault(kind, method=method) for kind in kinds for method in ("getUpdates", "sendMessage")))
    await server.plan(refusal(403, "Forbidden: CANARI", method="sendChatAction"), Fault(Kind.GARBLED, method="getFile"))
    await camille.says("CANARI-texte")
    await camille.sends_photo(photo(), "CANARI-légende")
    async with opened() as edge:
        await edge.start()
        (arrival, _) = await intake.until(2)
        assert arrival.contact is not None
        await edge.channel.typing(arrival.contact)
        for _ in kinds:
            with pytest.raises(PlatformError):
                await edge.channel.send(arrival.contact, ToCitizen("CANARI-réponse"), None)
    written = caplog.text + "".join(capsys.readouterr())
    assert "telegram.poll_failed" in written
    assert not [secret for secret in ("CANARI", server.token, server.token[10:], "700001") if secret in written]

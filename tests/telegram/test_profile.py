"""What people see of the bot before they write."""

from dataclasses import replace

import pytest

from bots.telegram.citizen_bot import TelegramCitizens
from bots.telegram.profile import Profile, Profiles, introduce
from bots.telegram.settings import TelegramSettings
from domain.errors import OperatorError
from domain.messages import Command
from tests.telegram.fakes import HandClock, PlainLive, RecordingIntake
from tests.telegram_server import Citizen, TelegramServer, flood_wait

FRENCH = Profile({Command.AIDE: "Comment ça marche", Command.STOP: "Arrêter"}, "Bonjour, je suis un robot.", "Robot")
ENGLISH = Profile({Command.AIDE: "How it works"}, "Hello, I am a bot.", "Bot")


async def test_commands_and_texts_are_set_in_every_language(
    settings: TelegramSettings,
    server: TelegramServer,
    camille: Citizen,
    intake: RecordingIntake,
    live: PlainLive,
    clock: HandClock,
) -> None:
    profiles = Profiles({"fr": FRENCH, "en": ENGLISH})
    edge = TelegramCitizens(settings, intake, live, clock, profiles)
    try:
        assert await edge.check() == "guichet_bot"
        await camille.says("Bonjour")
        await edge.start()
        await intake.until(1)
    finally:
        await edge.stop()
    known = await server.profile()
    by_language = {
        place.rpartition("/")[2]: [c["command"] for c in known["commands"][place]] for place in known["commands"]
    }
    assert by_language == {"fr": ["aide", "stop"], "": ["aide", "stop"], "en": ["aide"]}
    assert known["texts"]["description/"] == known["texts"]["description/fr"] == FRENCH.description
    assert known["texts"]["short_description/en"] == "Bot"


async def test_nothing_is_set_twice(edge: TelegramCitizens, server: TelegramServer) -> None:
    profiles = Profiles({"fr": FRENCH, "en": ENGLISH})
    assert await introduce(edge._bot, profiles) == 9
    assert await introduce(edge._bot, profiles) == 0
    assert await introduce(edge._bot, Profiles({"fr": FRENCH, "en": replace(ENGLISH, short="A bot")})) == 1
    assert len(await server.calls("setMyDescription")) == 3


async def test_a_profile_that_cannot_be_set_delays_nobody(
    settings: TelegramSettings,
    server: TelegramServer,
    camille: Citizen,
    intake: RecordingIntake,
    live: PlainLive,
    clock: HandClock,
) -> None:
    await server.plan(flood_wait(80_000, method="setMyDescription"))
    edge = TelegramCitizens(settings, intake, live, clock, Profiles({"fr": FRENCH}))
    try:
        await camille.says("Bonjour")
        await edge.start()
        await intake.until(1)
    finally:
        await edge.stop()


@pytest.mark.parametrize(
    ("description", "short", "aide"), [("x" * 513, "x", "x"), ("x", "x" * 121, "x"), ("x", "x", ""), ("", "x", "x")]
)
def test_texts_that_telegram_would_refuse_are_refused_at_start(description: str, short: str, aide: str) -> None:
    with pytest.raises(OperatorError, match="expected"):
        Profile({Command.AIDE: aide}, description, short)

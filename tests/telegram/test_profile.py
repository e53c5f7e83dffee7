"""What people see of the bot before they write."""

import pytest

from bots.telegram.citizen_bot import TelegramCitizens
from bots.telegram.profile import Profile, Profiles
from bots.telegram.settings import TelegramSettings
from domain.errors import OperatorError
from domain.messages import Command
from tests.telegram.fakes import HandClock, PlainLive, RecordingIntake
from tests.telegram_server import Citizen, TelegramServer

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


@pytest.mark.parametrize(
    ("description", "short", "aide"), [("x" * 513, "x", "x"), ("x", "x" * 121, "x"), ("x", "x", ""), ("", "x", "x")]
)
def test_texts_that_telegram_would_refuse_are_refused_at_start(description: str, short: str, aide: str) -> None:
    with pytest.raises(OperatorError, match="expected"):
        Profile({Command.AIDE: aide}, description, short)

"""The getUpdates loop against the strict server: nothing is confirmed before it is written down."""

from bots.telegram.citizen_bot import TelegramCitizens
from domain.messages import Button as OurButton
from domain.messages import Said, Tapped, ToCitizen
from tests.telegram.fakes import RecordingIntake
from tests.telegram_server import Citizen


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

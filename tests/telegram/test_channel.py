"""Letters on the citizen's screen, and what each fault of the platform becomes."""

import json

import pytest

from bots.telegram.channel import TelegramChannel, chat_of
from bots.telegram.citizen_bot import TelegramCitizens
from domain.errors import Blocked, NotSent, PlatformError, Refused, RoleStopped, RuleBroken, SlowDown, Uncertain
from domain.ids import Contact, MessageRef
from domain.messages import Button, EraseChat, ToCitizen
from tests.telegram.conftest import Opener
from tests.telegram.fakes import HandClock
from tests.telegram.test_polling import photo
from tests.telegram_server import Citizen, Fault, Kind, TelegramServer, flood_wait, refusal

CAMILLE = Contact("telegram:700001")
DOMINIQUE = Contact("telegram:700002")
LETTER = ToCitizen("Merci. Où est-ce ?")


@pytest.fixture
async def channel(edge: TelegramCitizens, camille: Citizen, dominique: Citizen) -> TelegramChannel:
    """Both citizens have spoken, so that the bot may write to them."""
    await camille.says("Bonjour")
    await dominique.says("Bonjour")
    return edge.channel


async def test_a_letter_with_all_its_trimmings(channel: TelegramChannel, camille: Citizen) -> None:
    question = (await camille.screen())[0]
    labels = ("Oui", "Non", "Je ne sais pas du tout où c'est", "Terminer")
    buttons = tuple(Button(label, f"t{n}") for n, label in enumerate(labels))
    reply = MessageRef(str(question.message_id))
    letter = ToCitizen("Voir https://example.org", buttons, protect=True, reply_to=reply)
    refs = await channel.send(CAMILLE, letter, None)
    shown = await camille.hears("Voir")
    assert refs == (MessageRef(str(shown.message_id)),)
    assert [[b.label for b in row] for row in shown.rows] == [["Oui", "Non"], [labels[2]], ["Terminer"]]
    assert shown.buttons[0].data == "t0"
    assert shown.is_protected
    assert shown.reply_to == question.message_id
    assert shown.raw["link_preview_options"] == {"is_disabled": True}


async def test_a_plain_letter_is_not_protected_and_answers_nothing(channel: TelegramChannel, camille: Citizen) -> None:
    await channel.send(CAMILLE, LETTER, None)
    shown = await camille.hears("Merci")
    assert (shown.is_protected, shown.reply_to, shown.rows) == (False, None, ())


async def test_the_answer_to_a_vanished_message_is_sent_all_the_same(
    channel: TelegramChannel, camille: Citizen
) -> None:
    await channel.send(CAMILLE, ToCitizen("Bien reçu", reply_to=MessageRef("999999")), None)
    assert (await camille.hears("Bien reçu")).reply_to is None


async def test_a_long_letter_comes_in_parts_with_buttons_on_the_last(
    channel: TelegramChannel, camille: Citizen
) -> None:
    text = "Une phrase de taille moyenne, répétée. 😀 " * 250
    refs = await channel.send(CAMILLE, ToCitizen(text, (Button("Oui", "t1"),)), None)
    parts = await camille.hears_several(len(refs))
    assert len(refs) == 3
    assert [bool(part.buttons) for part in parts] == [False, False, True]
    assert " ".join(part.text for part in parts) == text.strip()


async def test_a_long_letter_goes_on_where_it_was_stopped(
    channel: TelegramChannel, camille: Citizen, clock: HandClock, server: TelegramServer
) -> None:
    """Telegram asks for a pause between two parts: what is on the screen is not sent again."""
    text = "Une phrase de taille moyenne, répétée. " * 250
    await server.plan(flood_wait(3, method="sendMessage", skip=1))
    with pytest.raises(SlowDown):
        await channel.send(CAMILLE, ToCitizen(text), None)
    clock.advance(3)
    refs = await channel.send(CAMILLE, ToCitizen(text), None)
    parts = await camille.hears_several(3)
    assert [str(part.message_id) for part in parts] == list(refs)
    assert " ".join(part.text for part in parts) == text.strip()
    assert not await camille.unheard()


async def test_a_picture_goes_as_a_photo_and_a_document_under_a_neutral_name(
    channel: TelegramChannel, camille: Citizen, server: TelegramServer
) -> None:
    picture = photo()
    await channel.send(
        CAMILLE, ToCitizen("Est-ce ici ?", (Button("Oui", "t1"),), protect=True), (picture, "image/jpeg")
    )
    shown = await camille.hears("Est-ce ici ?")
    assert await server.file(shown.raw["photo"][-1]["file_id"]) == picture
    assert shown.is_protected
    assert shown.labels == ["Oui"]
    await channel.send(CAMILLE, ToCitizen(""), (b"%PDF-1.7", "application/pdf"))
    sent = (await camille.hears()).raw["document"]
    assert sent["file_name"] == "document.pdf"
    assert await server.file(sent["file_id"]) == b"%PDF-1.7"


async def test_a_file_with_many_words_comes_first_and_the_words_follow(
    channel: TelegramChannel, camille: Citizen
) -> None:
    text = "Un mot après l'autre. " * 60
    refs = await channel.send(CAMILLE, ToCitizen(text), (photo(), "image/jpeg"))
    first, second = await camille.hears_several(2)
    assert len(refs) == 2
    assert ("photo" in first.raw, first.text) == (True, "")
    assert second.text == text.strip()


@pytest.mark.parametrize(
    ("letter", "file", "reason"),
    [
        (ToCitizen("?", (Button("Oui", "t" * 65),)), None, "bad_button"),
        (ToCitizen("?", (Button("Oui", ""),)), None, "bad_button"),
        (ToCitizen("  "), None, "empty"),
        (ToCitizen("x"), (b"\0" * ((50 << 20) + 1), "application/pdf"), "too_big"),
    ],
)
async def test_what_telegram_would_refuse_is_refused_before_it_leaves(
    channel: TelegramChannel, server: TelegramServer, letter: ToCitizen, file: tuple[bytes, str] | None, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        await channel.send(CAMILLE, letter, file)
    assert caught.value.reason == reason
    assert not await server.calls("sendMessage")


FAULTS: list[tuple[Fault, type[PlatformError], bool]] = [
    (refusal(403, "Forbidden: bot was blocked by the user"), Blocked, False),
    (refusal(403, "Forbidden: user is deactivated"), Blocked, False),
    (refusal(400, "Bad Request: chat not found"), Blocked, False),
    (refusal(400, "Bad Request: message is too long"), Refused, False),
    (refusal(401, "Unauthorized"), RoleStopped, False),
    (refusal(409, "Conflict: terminated"), RoleStopped, False),
    (refusal(413, "Request Entity Too Large"), Refused, False),
    (refusal(500, "Internal Server Error"), Uncertain, False),
    (flood_wait(9), SlowDown, False),
    (Fault(Kind.GATEWAY), NotSent, False),
    (Fault(Kind.DROPPED), Uncertain, False),
    (Fault(Kind.LOST), Uncertain, True),
    (Fault(Kind.RESET), Uncertain, True),
    (Fault(Kind.GARBLED), Uncertain, True),
    (Fault(Kind.LATE, delay_s=5), Uncertain, True),
]


@pytest.mark.parametrize(
    ("fault", "meaning", "is_there"), FAULTS, ids=[f"{f.kind.value} {f.code} {n}" for n, (f, _, _) in enumerate(FAULTS)]
)
async def test_each_fault_has_its_meaning_and_says_nothing_of_the_token(
    opened: Opener, server: TelegramServer, camille: Citizen, fault: Fault, meaning: type[PlatformError], is_there: bool
) -> None:
    await camille.says("Bonjour")
    await server.plan(fault)
    async with opened(answer_timeout_s=0.3) as edge:
        with pytest.raises(PlatformError) as caught:
            await edge.channel.send(CAMILLE, LETTER, None)
    assert type(caught.value) is meaning
    assert bool(await camille.messages()) is is_there
    assert caught.value.__cause__ is None
    said = f"{caught.value!r} {caught.value}"
    assert server.token not in said
    assert LETTER.text not in said


async def test_nobody_there_means_not_sent(channel: TelegramChannel, server: TelegramServer, camille: Citizen) -> None:
    async with server.outage():
        with pytest.raises(NotSent):
            await channel.send(CAMILLE, LETTER, None)
    await channel.send(CAMILLE, LETTER, None)
    assert len(await camille.messages()) == 1


async def test_a_real_block_and_a_deleted_account_close_the_door(
    channel: TelegramChannel, camille: Citizen, dominique: Citizen
) -> None:
    await camille.blocks_bot()
    await dominique.deletes_account()
    for contact in (CAMILLE, DOMINIQUE, Contact("telegram:5")):
        with pytest.raises(Blocked):
            await channel.send(contact, LETTER, None)


async def test_a_pause_for_one_chat_stops_no_other(
    channel: TelegramChannel, server: TelegramServer, clock: HandClock, camille: Citizen, dominique: Citizen
) -> None:
    await server.plan(flood_wait(5, method="sendMessage", chat_id=camille.chat_id))
    with pytest.raises(SlowDown) as caught:
        await channel.send(CAMILLE, LETTER, None)
    assert (caught.value.retry_after_s, caught.value.everyone) == (5, False)
    await channel.send(DOMINIQUE, LETTER, None)
    with pytest.raises(SlowDown):
        await channel.send(CAMILLE, LETTER, None)
    assert len(await server.calls("sendMessage", chat_id=camille.chat_id)) == 1
    clock.advance(5)
    await channel.send(CAMILLE, LETTER, None)
    assert len(await camille.messages()) == len(await dominique.messages()) == 1


async def test_typing_is_shown_and_its_failures_are_swallowed(
    channel: TelegramChannel, server: TelegramServer, clock: HandClock, camille: Citizen
) -> None:
    await channel.typing(CAMILLE)
    await channel.typing(CAMILLE)
    assert [call["params"]["action"] for call in await server.calls("sendChatAction")] == ["typing"]
    clock.advance(5)
    await server.plan(refusal(403, "Forbidden: bot was blocked by the user", method="sendChatAction"))
    await channel.typing(CAMILLE)
    assert len(await server.calls("sendChatAction")) == 2


async def test_both_sides_of_the_chat_are_erased(
    channel: TelegramChannel, camille: Citizen, server: TelegramServer, clock: HandClock
) -> None:
    for number in range(120):
        await camille.says(str(number))
    await channel.send(CAMILLE, LETTER, None)
    refs = tuple(MessageRef(str(message.message_id)) for message in await camille.screen())
    assert await channel.erase(CAMILLE, EraseChat(refs)) == 122
    assert await camille.screen() == []
    sizes = [len(json.loads(call["params"]["message_ids"])) for call in await server.calls("deleteMessages")]
    assert sizes == [100, 22]


async def test_what_is_too_old_stays_and_is_not_counted(
    channel: TelegramChannel, camille: Citizen, server: TelegramServer
) -> None:
    await server.advance(49 * 3600)
    await camille.says("Effacez tout")
    old, new = await camille.screen()
    refs = tuple(MessageRef(str(message.message_id)) for message in (old, new))
    assert await channel.erase(CAMILLE, EraseChat((*refs, MessageRef("not-a-number")))) == 1
    assert [message.text for message in await camille.screen()] == ["Bonjour"]


async def test_a_deletion_whose_answer_was_lost_is_to_be_tried_again(
    channel: TelegramChannel, camille: Citizen, server: TelegramServer
) -> None:
    refs = tuple(MessageRef(str(message.message_id)) for message in await camille.screen())
    await server.plan(Fault(Kind.LOST, method="deleteMessages"))
    with pytest.raises(NotSent):
        await channel.erase(CAMILLE, EraseChat(refs))
    await channel.erase(CAMILLE, EraseChat(refs))
    assert await camille.screen() == []


async def test_nothing_to_erase_asks_nothing(channel: TelegramChannel, server: TelegramServer) -> None:
    assert await channel.erase(CAMILLE, EraseChat(())) == 0
    assert not await server.calls("deleteMessages")


@pytest.mark.parametrize("contact", ["terminal:0", "telegram:", "telegram:abc", "700001"])
def test_an_address_of_another_kind_is_our_own_mistake(contact: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        chat_of(Contact(contact))
    assert not {"abc", "700001"} & set(str(caught.value).split())

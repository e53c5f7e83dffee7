"""What people do on the Telegram server reaches a real Bot as real updates."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.edges.telegram_bot import bot_for, png, unknown_fields
from tests.telegram_server import ChatMessage, Citizen, NotHeard, Refused, TelegramServer

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="o")]])


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with bot_for(server) as ready:
        yield ready


@pytest.fixture
def camille(server: TelegramServer) -> Citizen:
    return Citizen(server, 700_001, "Camille", "D.", "camille_ex", is_premium=True, phone="+33600000001")


async def everything(camille: Citizen, bot: Bot) -> None:
    """One of each thing that a person can do."""
    said = await camille.says("voir #deal https://a.fr @marchand_x a@b.fr +33612345678 /aide")
    await camille.starts("cellule59")
    await camille.says("réponse", reply_to=said)
    await camille.edits(said, "corrigé")
    await camille.sends_photo(png(), "devant")
    await camille.sends_album([png(), png(5, 5)], "deux vues")
    await camille.sends_document(b"%PDF", "relevé.pdf", "application/pdf", "pièce")
    await camille.sends_voice()
    await camille.sends_audio()
    await camille.sends_video(caption="film")
    await camille.sends_video_note()
    await camille.sends_sticker()
    await camille.moves(await camille.sends_location(48.8, 2.3, live_s=900), 48.9, 2.4)
    await camille.sends_location(48.85, 2.35)
    await camille.sends_venue("Gare", "1 place X", 50.6, 3.07)
    await camille.sends_contact()
    await camille.sends_contact("+33700000000", "Dédé")
    await camille.sends_poll("Où ?", ["ici", "là"])
    await camille.sends_dice()
    await camille.forwards("lu ailleurs", "Un ami")
    await camille.forwards("lu ailleurs", {"id": 5, "is_bot": False, "first_name": "Ami"})
    await bot.send_message(camille.chat_id, "?", reply_markup=YES)
    await camille.taps("Oui")
    await camille.reacts(said)
    await camille.blocks_bot()
    await camille.unblocks_bot()


async def test_every_act_is_an_update_with_only_fields_the_library_knows(bot: Bot, camille: Citizen) -> None:
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    await everything(camille, bot)
    updates = await bot.get_updates()
    assert [unknown_fields(update) for update in updates] == [[]] * 27
    assert [u.update_id for u in updates] == list(range(updates[0].update_id, updates[0].update_id + 27))
    kinds = {name for u in updates for name in Update.ALL_TYPES if getattr(u, name) is not None}
    assert kinds == {"message", "edited_message", "callback_query", "message_reaction", "my_chat_member"}


async def test_messages_carry_the_person_and_the_private_chat(bot: Bot, camille: Citizen) -> None:
    await camille.says("bonjour")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.from_user
    sender, chat = update.message.from_user, update.message.chat
    assert (sender.first_name, sender.last_name, sender.username) == ("Camille", "D.", "camille_ex")
    assert (sender.language_code, sender.is_premium, sender.is_bot) == ("fr", True, False)
    assert (chat.id, chat.type, chat.first_name) == (700_001, "private", "Camille")


async def test_media_look_as_telegram_shows_them(bot: Bot, camille: Citizen) -> None:
    await everything(camille, bot)
    messages = [u.message for u in await bot.get_updates() if u.message]
    (contact, other) = [m.contact for m in messages if m.contact]
    assert (contact.user_id, contact.phone_number, other.user_id) == (700_001, "+33600000001", None)
    album = [m for m in messages if m.media_group_id]
    assert len({m.media_group_id for m in album}) == 1
    assert [m.caption for m in album] == ["deux vues", None]
    kinds = [str(e.type) for e in messages[0].entities]
    assert kinds == ["hashtag", "url", "mention", "email", "phone_number", "bot_command"]
    (document,) = [m.document for m in messages if m.document]
    assert bytes(await (await document.get_file()).download_as_bytearray()) == b"%PDF"


async def test_live_location_moves_by_edits(bot: Bot, camille: Citizen) -> None:
    await camille.moves(await camille.sends_location(48.8, 2.3, live_s=900), 48.9, 2.4)
    first, second = await bot.get_updates()
    assert first.message
    assert second.edited_message
    assert first.message.location
    assert second.edited_message.location
    assert first.to_dict()["message"]["location"]["live_period"] == 900
    assert second.edited_message.location.latitude == 48.9


async def test_people_can_only_do_what_a_telephone_can(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    with pytest.raises(NotHeard, match="no button"):
        await camille.taps("Oui")
    sent = await bot.send_message(camille.chat_id, "?", reply_markup=YES)
    with pytest.raises(Refused, match="no such button among"):
        await camille.taps("Non")
    await bot.edit_message_text("!", camille.chat_id, sent.message_id)
    shown = (await camille.messages())[0]
    with pytest.raises(Refused, match="no such button among"):
        await camille.taps("Oui", shown)
    await camille.taps("Oui", shown, stale=True)
    with pytest.raises(Refused, match="their own messages only"):
        await camille.edits(shown, "x")
    await camille.blocks_bot()
    with pytest.raises(Refused, match="blocked"):
        await camille.says("x")


async def test_citizen_hears_in_order_and_says_what_was_missing(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    for text in ("un", "deux", "trois", "quatre"):
        await bot.send_message(camille.chat_id, text)
    assert (await camille.hears()).text == "un"
    assert (await camille.hears("tr")).text == "trois"

    def is_four(message: ChatMessage) -> bool:
        return message.text == "quatre"

    assert (await camille.hears(is_four)).text == "quatre"
    assert await camille.unheard() == []
    await bot.send_message(camille.chat_id, "cinq")
    with pytest.raises(NotHeard, match=r"waited 0.01 s for 'six'; heard \['cinq'\]"):
        await camille.hears("six", timeout_s=0.01)


async def test_chats_are_apart(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    other = Citizen(server, 700_002, "Dominique")
    await camille.starts()
    await other.starts()
    await bot.send_message(other.chat_id, "pour Dominique")
    assert await camille.unheard() == []
    assert [m.text for m in await other.unheard()] == ["pour Dominique"]
    own = (await camille.screen())[0]
    await camille.erases(own)
    assert [m.text for m in await camille.screen()] == []


async def test_long_texts_arrive_in_pieces(bot: Bot, camille: Citizen) -> None:
    with pytest.raises(Refused, match="several messages"):
        await camille.says("x" * 4097)
    assert [len(m.text) for m in await camille.says_at_length("x" * 5000)] == [4096, 904]
    assert len(await bot.get_updates()) == 2

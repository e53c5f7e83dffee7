"""The Telegram server answers a real python-telegram-bot Bot as the Bot API would: receiving and speaking."""

import asyncio
import inspect
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from tests.edges.telegram_bot import bot_for, png, unknown_fields
from tests.telegram_server import Citizen, TelegramServer, flood_wait
from tests.telegram_server.catalogue import METHODS as CATALOGUE
from tests.telegram_server.keyboards import _BUTTON_ELSEWHERE, _BUTTON_FIELDS
from tests.telegram_server.methods import METHODS
from tests.telegram_server.sending import _ACTIONS
from tests.telegram_server.updates import UPDATE_KINDS
from tests.telegram_server.wire import Listener, Reply, Request

PTB_OWN = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "filename"}
PTB_OWN |= {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview"}
PTB_OWN |= {"location", "venue", "contact"}
PTB_OWN_ALBUM = {"caption", "parse_mode", "caption_entities"}


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
    return Citizen(server, 700_001, "Camille", username="camille_ex", is_premium=True)


def refused(why: str, kind: type[TelegramError] = BadRequest) -> pytest.RaisesExc[TelegramError]:
    """The library drops the prefix of a description and changes its capitals."""
    return pytest.raises(kind, match="(?i)" + re.escape(why))


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows])


# -- the tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", CATALOGUE)
def test_parameters_are_those_of_the_library(method: str) -> None:
    signature = inspect.signature(getattr(Bot, re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), method)))
    expected = set(signature.parameters) - PTB_OWN
    if method == "sendMediaGroup":
        expected -= PTB_OWN_ALBUM
    ours = CATALOGUE[method]
    assert set(ours.required) | set(ours.optional) == expected
    assert all(name in expected for name in ours.required)


def test_every_method_of_the_catalogue_is_answered() -> None:
    assert set(METHODS) == set(CATALOGUE)


def test_kinds_of_updates_actions_and_buttons_are_those_of_the_library() -> None:
    assert set(UPDATE_KINDS) == set(Update.ALL_TYPES)
    assert {str(a.value) for a in ChatAction} == _ACTIONS
    buttons = set(inspect.signature(InlineKeyboardButton).parameters) - {"api_kwargs"}
    assert buttons == _BUTTON_FIELDS | _BUTTON_ELSEWHERE


# -- getUpdates ------------------------------------------------------------------------------------


async def test_bot_introduces_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username, me.id) == (True, "guichet_bot", 123456789)


async def test_updates_stay_until_the_offset_passes_them(bot: Bot, camille: Citizen) -> None:
    for text in ("un", "deux", "trois"):
        await camille.says(text)
    first = await bot.get_updates()
    assert [u.message.text for u in first if u.message] == ["un", "deux", "trois"]
    assert await bot.get_updates() == first
    assert await bot.get_updates(offset=first[1].update_id) == first[1:]
    assert await bot.get_updates() == first[1:]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()


async def test_limit_and_negative_offset(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    for number in range(5):
        await camille.says(str(number))
    assert len(await bot.get_updates(limit=2)) == 2
    last = await bot.get_updates(offset=-2)
    assert [u.message.text for u in last if u.message] == ["3", "4"]
    assert len(await server.pending()) == 2


async def test_long_poll_wakes_when_someone_speaks(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until_polling()
    await camille.says("bonjour")
    assert [u.message.text for u in await waiting if u.message] == ["bonjour"]


async def test_long_poll_ends_empty(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_second_poller_ends_the_first_with_a_conflict(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until_polling()
    async with bot_for(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await camille.says("bonjour")
        assert len(await second) == 1


async def test_killed_poller_leaves_its_updates(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until_polling()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await camille.says("encore là ?")
    assert len(await bot.get_updates()) == 1


async def test_allowed_updates_last_and_filter_what_comes(bot: Bot, camille: Citizen) -> None:
    said = await camille.says("avant")
    await camille.edits(said, "avant, corrigé")
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    await camille.edits(said, "encore corrigé")
    await camille.reacts(said)
    kinds = [
        ("edited_message" if u.edited_message else "reaction" if u.message_reaction else "message")
        for u in await bot.get_updates()
    ]
    assert kinds == ["message", "edited_message", "reaction"]
    await bot.get_updates(allowed_updates=[])
    await camille.reacts(said)
    assert len(await bot.get_updates()) == 3


async def test_updates_are_kept_24_hours(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await camille.says("hier")
    await server.advance(23 * 3600)
    await camille.says("aujourd'hui")
    await server.advance(2 * 3600)
    assert [u.message.text for u in await bot.get_updates() if u.message] == ["aujourd'hui"]


# -- webhook ---------------------------------------------------------------------------------------


class Hook:
    """The bot's own address: keeps what is pushed, answers with the statuses given, then 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.pushed: list[Request] = []
        self.got = asyncio.Semaphore(0)

    def __call__(self, request: Request) -> Reply:
        self.pushed.append(request)
        self.got.release()
        return Reply(self.statuses.pop(0) if self.statuses else 200, b"ok", "text/plain")

    def texts(self) -> list[str]:
        return [json.loads(r.body)["message"]["text"] for r in self.pushed]


async def test_webhook_is_pushed_until_it_accepts(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    hook = Hook(500, 503)
    listener = Listener(hook, "127.0.0.1", 0)
    await listener.start()
    await bot.set_webhook(f"http://127.0.0.1:{listener.port}/tg", secret_token="s3cret_-")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await camille.says("un")
    await camille.says("deux")
    for _ in range(4):
        await asyncio.wait_for(hook.got.acquire(), 10)
    assert hook.texts() == ["un", "un", "un", "deux"]
    assert {r.headers["x-telegram-bot-api-secret-token"] for r in hook.pushed} == {"s3cret_-"}
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.url.endswith("/tg")
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    await listener.stop()


async def test_updates_wait_while_the_webhook_is_deaf(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await bot.set_webhook("http://127.0.0.1:9/", allowed_updates=["message"])
    await camille.says("un")
    await server.until_push_failed()
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    assert info.allowed_updates == ("message",)
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert await bot.get_updates() == ()


async def test_webhook_interrupts_a_poll(server: TelegramServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until_polling()
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting


async def test_webhook_refuses_bad_secrets_and_addresses(server: TelegramServer, bot: Bot) -> None:
    with refused("unallowed characters"):
        await bot.set_webhook("http://127.0.0.1/", secret_token="é")
    await server.configure(insists_on_https=True)
    with refused("HTTPS URL"):
        await bot.set_webhook("http://127.0.0.1/")
    with refused("only on ports"):
        await bot.set_webhook("https://127.0.0.1:8080/")


# -- strictness ------------------------------------------------------------------------------------


async def test_unknown_parameters_methods_and_tokens_are_refused(
    server: TelegramServer, bot: Bot, camille: Citizen
) -> None:
    await camille.starts()
    with refused("unknown parameter 'colour'"):
        await bot.send_message(camille.chat_id, "x", api_kwargs={"colour": "red"})
    with refused("does not model the parameter message_thread_id"):
        await bot.send_message(camille.chat_id, "x", message_thread_id=4)
    with refused("does not model the method"):
        await bot.send_poll(camille.chat_id, "?", ["a", "b"])
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendPigeon")
    for token, status, words in (("123456789:" + "A" * 35, 401, "Unauthorized"), ("nonsense", 404, "Not Found")):
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{server.base_url}{token}/getMe")
        assert (answer.status_code, answer.json()["description"]) == (status, words)


async def raw(server: TelegramServer, method: str, **request: Any) -> tuple[int, Any]:  # Any: httpx arguments, JSON
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.request(
            request.pop("verb", "POST"), f"{server.base_url}{server.token}/{method}", **request
        )
        return answer.status_code, answer.json()


async def test_envelope_is_exact(server: TelegramServer, camille: Citizen) -> None:
    await camille.starts()
    assert await raw(server, "SENDchatACTION", json={"chat_id": camille.chat_id, "action": "typing"}) == (
        200,
        {"ok": True, "result": True},
    )
    status, body = await raw(server, "sendMessage", data={"chat_id": "42", "text": "x"})
    assert (status, body) == (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})
    await server.plan(flood_wait(7))
    status, body = await raw(server, "getMe", verb="GET")
    assert (status, body["description"]) == (429, "Too Many Requests: retry after 7")
    assert body["parameters"] == {"retry_after": 7}


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        ({"json": {"chat_id": 1, "text": "x", "protect_content": "perhaps"}}, "'protect_content' must be a Boolean"),
        ({"json": {"chat_id": 1, "text": 5}}, "'text' must be a String"),
        ({"json": {"text": "x"}}, "chat_id is empty"),
        ({"data": {"chat_id": "1", "text": "x", "reply_markup": "{"}}, "can't parse reply markup JSON object"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, "can't parse request body as JSON"),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, "unsupported content type"),
        ({"content": b"text=%ff", "headers": {"content-type": "application/x-www-form-urlencoded"}}, "UTF-8"),
        ({"params": {"chat_id": "1", "text": "x", "color": "y"}}, "unknown parameter 'color'"),
    ],
)
async def test_badly_formed_calls_are_refused(server: TelegramServer, request_: dict[str, Any], why: str) -> None:
    status, body = await raw(server, "sendMessage", **request_)
    assert (status, body["error_code"]) == (400, 400)
    assert why in body["description"]


async def test_body_may_come_in_chunks(server: TelegramServer, camille: Citizen) -> None:
    await camille.starts()

    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b'{"chat_id":', b"700001", b',"text":"morceaux"}'):
            yield piece

    status, body = await raw(server, "sendMessage", content=pieces(), headers={"content-type": "application/json"})
    assert (status, body["result"]["text"]) == (200, "morceaux")


# -- speaking --------------------------------------------------------------------------------------


async def test_text_has_1_to_4096_characters_after_parsing(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    await bot.send_message(camille.chat_id, "é" * 4096)
    await bot.send_message(camille.chat_id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    for text, why in (("x" * 4097, "message is too long"), (" \n ", "message text is empty"), ("", "text is empty")):
        with refused(why):
            await bot.send_message(camille.chat_id, text)


@pytest.mark.parametrize(
    ("mode", "raw", "text", "entities"),
    [
        ("HTML", "<b>Où</b> &lt;ici&gt;", "Où <ici>", [("bold", 0, 2)]),
        ("HTML", "😀 <i>là</i>", "😀 là", [("italic", 3, 2)]),
        ("HTML", '<a href="https://a.fr">a</a>', "a", [("text_link", 0, 1)]),
        ("MarkdownV2", r"*Où* _ici_ a\.b", "Où ici a.b", [("bold", 0, 2), ("italic", 3, 3)]),
        ("MarkdownV2", "`a_b` [x](https://a.fr)", "a_b x", [("code", 0, 3), ("text_link", 4, 1)]),
        (None, "  voir /aide ou https://a.fr ", "voir /aide ou https://a.fr", [("bot_command", 5, 5), ("url", 14, 12)]),
    ],
)
async def test_markup_becomes_entities(
    bot: Bot, camille: Citizen, mode: str | None, raw: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    await camille.starts()
    sent = await bot.send_message(camille.chat_id, raw, parse_mode=mode)
    assert sent.text == text
    assert [(str(e.type), e.offset, e.length) for e in sent.entities] == entities


@pytest.mark.parametrize(
    ("mode", "raw", "why"),
    [
        ("HTML", "a < b", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "<b>a</i>", "Unmatched end tag"),
        ("MarkdownV2", "fin.", "Character '.' is reserved"),
        ("MarkdownV2", "*a", "Can't find end of the entity"),
        ("Markdown", "*a*", "does not model"),
        ("Rtf", "a", "unsupported parse_mode"),
    ],
)
async def test_bad_markup_is_refused(bot: Bot, camille: Citizen, mode: str, raw: str, why: str) -> None:
    await camille.starts()
    with refused(why):
        await bot.send_message(camille.chat_id, raw, parse_mode=mode)


async def test_entities_may_be_given_apart_from_the_text(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    sent = await bot.send_message(camille.chat_id, "  Où ?", entities=[MessageEntity("bold", 2, 2)])
    assert [(str(e.type), e.offset, e.length) for e in sent.entities] == [("bold", 0, 2)]
    for entity, why in ((MessageEntity("bold", 3, 9), "outside of the text"), (MessageEntity("gras", 0, 1), "type")):
        with refused(why):
            await bot.send_message(camille.chat_id, "Où ?", entities=[entity])


async def test_album_is_several_messages_of_one_group(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    first, second = await bot.send_media_group(camille.chat_id, [InputMediaPhoto(png()), InputMediaPhoto(png(5, 5))])
    assert first.media_group_id == second.media_group_id
    assert (first.photo[0].width, second.photo[0].width) == (4, 5)
    assert len(await camille.messages()) == 2
    with refused("from 2 to 10 media"):
        await bot.send_media_group(camille.chat_id, [InputMediaPhoto(png())])


async def test_bot_can_not_write_first_nor_to_whom_blocked_it(bot: Bot, camille: Citizen) -> None:
    with refused("chat not found"):
        await bot.send_message(camille.chat_id, "bonjour")
    await camille.exists()
    with refused("chat not found"):
        await bot.send_message(camille.chat_id, "bonjour")
    await camille.starts()
    await camille.blocks_bot()
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(camille.chat_id, "bonjour")
    await camille.unblocks_bot()
    await bot.send_message(camille.chat_id, "bonjour")
    await camille.deletes_account()
    with refused("user is deactivated", Forbidden):
        await bot.send_message(camille.chat_id, "bonjour")
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    assert [c.new_chat_member.status for c in changes] == ["kicked", "member"]


async def test_reply_needs_its_message(bot: Bot, camille: Citizen) -> None:
    said = await camille.says("au coin de la rue")
    sent = await bot.send_message(
        camille.chat_id, "noté", reply_parameters=ReplyParameters(said.message_id, quote="coin"), protect_content=True
    )
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "au coin de la rue"
    assert sent.quote
    assert (sent.quote.position, sent.has_protected_content) == (3, True)
    again = await bot.send_message(camille.chat_id, "?", reply_parameters=ReplyParameters(sent.message_id))
    assert again.reply_to_message
    assert (again.reply_to_message.text, again.reply_to_message.reply_to_message) == ("noté", None)
    with refused("message to be replied not found"):
        await bot.send_message(camille.chat_id, "?", reply_parameters=ReplyParameters(999))
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    alone = await bot.send_message(camille.chat_id, "!", reply_parameters=lenient)
    assert alone.reply_to_message is None


async def test_callback_data_has_1_to_64_bytes(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    sent = await bot.send_message(camille.chat_id, "?", reply_markup=keyboard([("Oui", "é" * 32)], [("Non", "n")]))
    assert sent.reply_markup
    assert (await camille.hears("?")).labels == ["Oui", "Non"]
    with refused("BUTTON_DATA_INVALID"):
        await bot.send_message(camille.chat_id, "?", reply_markup=keyboard([("Oui", "é" * 33)]))
    with refused("Text buttons are unallowed"):
        await bot.send_message(camille.chat_id, "?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Oui")]]))
    with refused("does not model inline keyboard buttons with pay"):
        await bot.send_message(
            camille.chat_id, "?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Oui", pay=True)]])
        )


async def test_keys_under_the_text_field_are_not_part_of_the_message(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    keys = ReplyKeyboardMarkup([["Ici", KeyboardButton("Ma position", request_location=True)]], resize_keyboard=True)
    sent = await bot.send_message(camille.chat_id, "Où ?", reply_markup=keys)
    assert sent.reply_markup is None
    assert (await camille.journal())[-1]["keys"]["keyboard"][0][0] == {"text": "Ici"}


async def test_other_things_a_bot_sends(bot: Bot, camille: Citizen) -> None:
    said = await camille.starts()
    assert (await bot.send_location(camille.chat_id, 48.85, 2.35)).location
    assert (await bot.send_venue(camille.chat_id, 48.85, 2.35, "Mairie", "1 place X")).venue
    assert (await bot.send_contact(camille.chat_id, "17", "Police")).contact
    assert (await bot.send_dice(camille.chat_id)).dice
    assert await bot.send_chat_action(camille.chat_id, ChatAction.TYPING)
    with refused("wrong parameter action"):
        await bot.send_chat_action(camille.chat_id, "sleeping")
    forwarded = await bot.forward_message(camille.chat_id, camille.chat_id, said.message_id)
    assert forwarded.forward_origin
    copied = await bot.copy_message(camille.chat_id, camille.chat_id, said.message_id)
    assert copied.message_id == forwarded.message_id + 1
    chat = await bot.get_chat(camille.chat_id)
    assert chat.username == "camille_ex"


async def test_every_answer_has_only_fields_the_library_knows(bot: Bot, camille: Citizen) -> None:
    said = await camille.says("ici")
    chat = camille.chat_id
    reply = ReplyParameters(said.message_id, quote="ici")
    markup = keyboard([("Oui", "o")])
    sent: list[Message] = [
        await bot.send_message(chat, "<b>a</b>", parse_mode="HTML", reply_parameters=reply, reply_markup=markup),
        await bot.send_photo(chat, png(), caption="a", has_spoiler=True),
        await bot.send_document(chat, b"x", filename="a.txt"),
        await bot.send_voice(chat, b"x", duration=3),
        await bot.send_audio(chat, b"x", title="a"),
        await bot.send_video(chat, b"x", width=4, height=3),
        await bot.send_animation(chat, b"x"),
        await bot.send_video_note(chat, b"x", length=24),
        await bot.forward_message(chat, chat, said.message_id),
        *await bot.send_media_group(chat, [InputMediaPhoto(png()), InputMediaPhoto(png(), caption="b")]),
    ]
    assert [unknown_fields(message) for message in sent] == [[]] * 11
    assert unknown_fields(await bot.get_me()) + unknown_fields(await bot.get_chat(chat)) == []


# -- editing, deleting, answering taps -------------------------------------------------------------


async def test_edit_changes_text_and_keyboard_or_says_not_modified(bot: Bot, camille: Citizen) -> None:
    said = await camille.starts()
    sent = await bot.send_message(camille.chat_id, "Où ?", reply_markup=keyboard([("Ici", "i")]))
    where: dict[str, Any] = {"chat_id": camille.chat_id, "message_id": sent.message_id}  # Any: ** arguments
    edited = await bot.edit_message_text("Quand ?", **where)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("Quand ?", None, True)
    with refused("message is not modified: specified new message content"):
        await bot.edit_message_text("Quand ?", **where)
    await bot.edit_message_reply_markup(**where, reply_markup=keyboard([("Hier", "h")]))
    with refused("message is not modified"):
        await bot.edit_message_reply_markup(**where, reply_markup=keyboard([("Hier", "h")]))
    for message_id, why in ((999, "message to edit not found"), (said.message_id, "message can't be edited")):
        with refused(why):
            await bot.edit_message_text("x", camille.chat_id, message_id)
    heard = await camille.hears_several(3)
    assert [(m.text, m.labels) for m in heard] == [("Où ?", ["Ici"]), ("Quand ?", []), ("Quand ?", ["Hier"])]


async def test_captions_are_edited_apart_from_texts(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    photo = await bot.send_photo(camille.chat_id, png(), caption="avant")
    edited = await bot.edit_message_caption(camille.chat_id, photo.message_id, caption="après")
    assert isinstance(edited, Message)
    assert (edited.caption, len(edited.photo)) == ("après", 1)
    with refused("there is no text in the message to edit"):
        await bot.edit_message_text("x", camille.chat_id, photo.message_id)


async def test_both_sides_messages_are_deleted_within_48_hours(
    server: TelegramServer, bot: Bot, camille: Citizen
) -> None:
    old = await camille.says("vieux")
    await server.advance(47 * 3600)
    said, sent = await camille.says("récent"), await bot.send_message(camille.chat_id, "bien")
    await server.advance(2 * 3600)
    assert await bot.delete_messages(camille.chat_id, [said.message_id, sent.message_id, 999])
    assert [m.text for m in await camille.screen()] == ["vieux"]
    with refused("message can't be deleted for everyone"):
        await bot.delete_message(camille.chat_id, old.message_id)
    with refused("message to delete not found"):
        await bot.delete_message(camille.chat_id, said.message_id)
    with refused("too many message identifiers"):
        await bot.delete_messages(camille.chat_id, list(range(1, 102)))


async def tapped(bot: Bot) -> CallbackQuery:
    updates = await bot.get_updates(allowed_updates=[])
    (query,) = [u.callback_query for u in updates if u.callback_query]
    await bot.get_updates(offset=updates[-1].update_id + 1)
    return query


async def test_tap_is_answered_once_and_in_time(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    await bot.send_message(camille.chat_id, "?", reply_markup=keyboard([("Oui", "o"), ("Non", "n")]))
    await camille.taps("Non")
    query = await tapped(bot)
    assert (query.data, query.from_user.first_name) == ("n", "Camille")
    assert isinstance(query.message, Message)
    assert await query.answer("Noté")
    assert (await camille.journal())[-1]["text"] == "Noté"
    for seconds in (0, 61):
        await camille.taps("o")
        late = await tapped(bot)
        await server.advance(seconds)
        if seconds == 0:
            await late.answer()
        with refused("query is too old and response timeout expired"):
            await late.answer()


async def test_old_button_is_tapped_on_a_stale_screen(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    sent = await bot.send_message(camille.chat_id, "?", reply_markup=keyboard([("Oui", "o")]))
    shown = await camille.hears("?")
    await bot.delete_message(camille.chat_id, sent.message_id)
    await camille.taps("Oui", shown, stale=True)
    query = await tapped(bot)
    assert query.message
    assert (query.data, query.message.is_accessible) == ("o", False)


async def test_reactions_and_pins_are_noted(bot: Bot, camille: Citizen) -> None:
    said = await camille.says("là")
    await bot.set_message_reaction(camille.chat_id, said.message_id, "👍")
    await bot.pin_chat_message(camille.chat_id, said.message_id)
    await bot.unpin_all_chat_messages(camille.chat_id)
    assert [line["kind"] for line in await camille.journal()] == ["said", "reaction", "pinned", "unpinned"]


# -- files and profile -----------------------------------------------------------------------------


async def test_files_go_and_come_back(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    sent = await bot.send_document(camille.chat_id, "é".encode() * 1000, filename="relevé.txt", caption="voici")
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("relevé.txt", 2000)
    file = await bot.get_file(sent.document)
    assert bytes(await file.download_as_bytearray()) == "é".encode() * 1000
    await server.advance(3601)
    with pytest.raises(InvalidToken):  # the library's word for a 404
        await file.download_as_bytearray()
    again = await bot.send_document(camille.chat_id, sent.document.file_id)
    assert again.document
    assert again.document.file_unique_id == sent.document.file_unique_id
    with refused("can't use file of type document as photo"):
        await bot.send_photo(camille.chat_id, sent.document.file_id)
    with refused("wrong file identifier"):
        await bot.send_document(camille.chat_id, "nothing")
    with refused("invalid file_id"):
        await bot.get_file("nothing")


async def test_photo_must_be_a_picture_with_a_short_caption(bot: Bot, camille: Citizen) -> None:
    await camille.starts()
    sent = await bot.send_photo(camille.chat_id, png(40, 30), caption="c" * 1024)
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 30)
    for picture, caption, why in ((b"GIF89a", "", "IMAGE_PROCESS_FAILED"), (png(), "c" * 1025, "caption is too long")):
        with refused(why):
            await bot.send_photo(camille.chat_id, picture, caption=caption)


async def test_files_above_20_megabytes_are_not_downloaded(bot: Bot, camille: Citizen) -> None:
    said = await camille.sends_document(bytes((20 << 20) + 1), "grand.bin", "application/octet-stream")
    with refused("file is too big"):
        await bot.get_file(said.raw["document"]["file_id"])


async def test_profile_is_kept_and_checked(server: TelegramServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
    assert [c.command for c in await bot.get_my_commands(language_code="fr")] == ["aide"]
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("d" * 512)
    await bot.set_my_short_description("Un robot.", language_code="fr")
    assert (await bot.get_my_short_description("fr")).short_description == "Un robot."
    assert (await bot.get_my_short_description("en")).short_description == ""
    await bot.set_my_name("Guichet")
    assert (await bot.get_my_name()).name == "Guichet"
    await bot.set_chat_menu_button()
    assert (await bot.get_chat_menu_button()).type == "default"
    assert (await server.profile())["texts"]["description/"] == "d" * 512
    with refused("too long"):
        await bot.set_my_description("d" * 513)
    with refused("BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Aide", "Aide")])

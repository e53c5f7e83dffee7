"""What is left of an update, kind by kind, and that nothing of the person is."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message, Update

from bots.telegram import kinds
from bots.telegram.updates import (
    Albums,
    AnswerTap,
    DeleteMessage,
    Glimpse,
    LeaveChat,
    glimpse_of,
    glimpse_of_unreadable,
)
from domain.ids import Contact, MessageRef
from domain.messages import (
    ClosedDoor,
    Command,
    Commanded,
    Edited,
    FromCitizen,
    Pinned,
    RefusedKind,
    Said,
    SentRefused,
    Tapped,
)
from tests.telegram.fakes import NOON

Json = dict[str, Any]  # Any: as on the wire

CHAT = 770_077_077
USER: Json = {
    "id": CHAT,
    "is_bot": False,
    "first_name": "CANARI-prénom",
    "last_name": "CANARI-nom",
    "username": "CANARI_compte",
    "language_code": "fr-BE",
    "is_premium": True,
}
PRIVATE: Json = {"id": CHAT, "type": "private", "first_name": "CANARI-prénom", "username": "CANARI_compte"}
GROUP: Json = {"id": -100_123, "type": "supergroup", "title": "CANARI-groupe"}
OTHER: Json = {"id": 660_066, "is_bot": False, "first_name": "CANARI-tiers", "username": "CANARI_tiers"}
FILE: Json = {"file_id": "CANARI-file", "file_unique_id": "CANARI-unique", "file_size": 1200}
NAMED: Json = {**FILE, "file_name": "CANARI-nom-de-fichier.pdf", "mime_type": "application/pdf"}
FRAME: Json = {"width": 90, "height": 60}
SPOKEN: Json = {**NAMED, "duration": 3}
FORWARDS: list[Json] = [
    {"type": "user", "sender_user": OTHER, "date": 1_700_000_000},
    {"type": "hidden_user", "sender_user_name": "CANARI-caché", "date": 1_700_000_000},
    {"type": "channel", "chat": {**GROUP, "type": "channel"}, "message_id": 4, "date": 1_700_000_000},
]
AT = 1_777_880_000
CANARIES = ("CANARI", str(CHAT), "660066", "33612345678")


def message(content: Json, chat: Json = PRIVATE) -> Json:
    return {"message_id": 41, "from": USER, "chat": chat, "date": AT, **content}


def glimpse(raw: Json) -> Glimpse:
    update = Update.de_json({"update_id": 9_001, **raw}, None)
    return glimpse_of(update, Albums("key"), NOON)


def said_in(found: Glimpse) -> FromCitizen:
    assert found.arrival is not None
    assert isinstance(found.arrival.message, FromCitizen)
    return found.arrival.message


REFUSED_CONTENTS: list[tuple[str, Json, RefusedKind]] = [
    ("contact", {"phone_number": "+33612345678", "first_name": "CANARI", "vcard": "CANARI"}, RefusedKind.CONTACT),
    ("document", NAMED, RefusedKind.DOCUMENT),
    ("voice", SPOKEN, RefusedKind.VOICE),
    ("audio", {**SPOKEN, "performer": "CANARI"}, RefusedKind.VOICE),
    ("video", {**SPOKEN, **FRAME}, RefusedKind.VIDEO),
    ("video_note", {**FILE, "length": 240, "duration": 2}, RefusedKind.VIDEO),
    ("animation", {**SPOKEN, **FRAME}, RefusedKind.VIDEO),
    ("dice", {"emoji": "🎲", "value": 3}, RefusedKind.STICKER),
    ("story", {"chat": PRIVATE, "id": 5}, RefusedKind.OTHER),
    ("location", {"latitude": 43.9, "longitude": 4.8, "live_period": 900}, RefusedKind.LIVE_LOCATION),
    (
        "sticker",
        {**FILE, **FRAME, "type": "regular", "is_animated": False, "is_video": False, "set_name": "CANARI"},
        RefusedKind.STICKER,
    ),
    (
        "poll",
        {
            "id": "7",
            "question": "CANARI ?",
            "options": [{"persistent_id": "1", "text": "CANARI", "voter_count": 0}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        },
        RefusedKind.POLL,
    ),
    (
        "invoice",
        {"title": "CANARI", "description": "x", "start_parameter": "x", "currency": "EUR", "total_amount": 1},
        RefusedKind.OTHER,
    ),
    (
        "users_shared",
        {"request_id": 1, "users": [{"user_id": 660066, "first_name": "CANARI", "username": "CANARI"}]},
        RefusedKind.CONTACT,
    ),
]


@pytest.mark.parametrize(("field", "content", "kind"), REFUSED_CONTENTS, ids=[row[0] for row in REFUSED_CONTENTS])
def test_what_the_counter_does_not_take_leaves_its_kind_only(field: str, content: Json, kind: RefusedKind) -> None:
    found = glimpse(
        {"message": message({field: content, "caption": "CANARI"} if field == "document" else {field: content})}
    )
    assert said_in(found).content == SentRefused(kind)
    assert_nothing_personal(found)


def test_an_animation_is_not_taken_for_the_document_beside_it() -> None:
    both = {"animation": {**SPOKEN, **FRAME}, "document": NAMED}
    assert said_in(glimpse({"message": message(both)})).content == SentRefused(RefusedKind.VIDEO)


COMMANDS: list[tuple[str, object]] = [
    ("/start", Commanded(Command.START)),
    ("/start vaucluse", Commanded(Command.START, "vaucluse")),
    ("/START vaucluse", Commanded(Command.START, "vaucluse")),
    ("/start@guichet_bot vaucluse", Commanded(Command.START, "vaucluse")),
    ("/start " + "a" * 64, Commanded(Command.START, "a" * 64)),
    ("/start " + "a" * 65, Said("a" * 65)),
    ("/start ça deale rue Pasteur", Said("ça deale rue Pasteur")),
    ("/aide", Commanded(Command.AIDE)),
    ("/Aide@GUICHET_bot", Commanded(Command.AIDE)),
    ("/help", Commanded(Command.AIDE)),
    ("/stop", Commanded(Command.STOP)),
    ("/effacer tout", Commanded(Command.EFFACER, "tout")),
    ("/confidentialite", Commanded(Command.CONFIDENTIALITE)),
    ("/privacy", Commanded(Command.CONFIDENTIALITE)),
    ("/langue en", Commanded(Command.LANGUE, "en")),
    ("  /statut  K7P2-9XQM ", Commanded(Command.STATUT, "K7P2-9XQM")),
    ("/statut\nK7P2", Commanded(Command.STATUT, "K7P2")),
    ("/inconnue", Said("/inconnue")),
    ("/", Said("/")),
    ("Bonjour /aide", Said("Bonjour /aide")),
    ("a" * 4096, Said("a" * 4096)),
    ("a" * 4097, SentRefused(RefusedKind.TOO_LONG)),
    ("😀" * 4096, Said("😀" * 4096)),
]


@pytest.mark.parametrize(("text", "content"), COMMANDS, ids=range(len(COMMANDS)))
def test_words_and_commands(text: str, content: object) -> None:
    assert said_in(glimpse({"message": message({"text": text})})).content == content


def test_a_text_keeps_time_ref_and_language_and_drops_the_rest() -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 3, "user": OTHER}
    reply = {"reply_to_message": message({"text": "CANARI"}), "quote": {"text": "CANARI", "position": 0}}
    found = glimpse({"message": message({"text": "Ils sont deux", "entities": [mention], **reply, "via_bot": OTHER})})
    at = datetime.fromtimestamp(AT, UTC)
    assert said_in(found) == FromCitizen(Said("Ils sont deux"), at, MessageRef("41"), "fr")
    assert found.arrival is not None
    assert (found.arrival.source, found.arrival.remote_id) == ("telegram", "9001")
    assert found.arrival.contact == Contact(f"telegram:{CHAT}")
    assert_nothing_personal(found)


@pytest.mark.parametrize("origin", FORWARDS, ids=["user", "hidden", "channel"])
def test_a_forward_keeps_its_text_and_not_where_it_came_from(origin: Json) -> None:
    found = glimpse({"message": message({"text": "Vu ce soir", "forward_origin": origin})})
    assert said_in(found).content == Said("Vu ce soir")
    assert_nothing_personal(found)


def test_a_pin_is_a_place_and_a_venue_is_a_pin() -> None:
    place = {"latitude": 43.95, "longitude": 4.81, "horizontal_accuracy": 12.0}
    venue = {"title": "CANARI-bar", "address": "CANARI", "location": place, "foursquare_id": "CANARI"}
    for content in ({"location": place}, {"venue": venue, "location": place}):
        found = glimpse({"message": message(content)})
        assert said_in(found).content == Pinned(43.95, 4.81)
        assert_nothing_personal(found)


def test_the_largest_photo_that_may_be_fetched_is_wanted() -> None:
    sizes = [
        {**FILE, "file_id": "small", "width": 90, "height": 60},
        {**FILE, "file_id": "large", "width": 1280, "height": 900},
        {**FILE, "file_id": "huge", "width": 9000, "height": 9000, "file_size": 11 << 20},
    ]
    content = {"photo": sizes, "caption": "La cage d'escalier", "media_group_id": "1234567"}
    found = glimpse({"message": message(content)})
    assert found.photo is not None
    assert (found.photo.file_id, found.photo.caption) == ("large", "La cage d'escalier")
    assert found.photo.album is not None
    assert "1234567" not in found.photo.album
    assert said_in(found).content == SentRefused(RefusedKind.BAD_PHOTO)
    assert_nothing_personal(found)


def test_a_photo_with_an_endless_caption_is_refused_as_too_long() -> None:
    found = glimpse({"message": message({"photo": [{**FILE, **FRAME}], "caption": "a" * 4097})})
    assert found.photo is None
    assert said_in(found).content == SentRefused(RefusedKind.TOO_LONG)


def test_album_names_are_the_same_in_every_process_of_one_bot_only() -> None:
    one, again, other = Albums("key"), Albums("key"), Albums("another")
    assert one.name("77") == again.name("77") != one.name("78")
    assert one.name("77") != other.name("77")
    assert one.name(None) is None


def test_an_edit_bears_the_ref_of_what_it_corrects() -> None:
    found = glimpse({"edited_message": message({"text": "C'était mardi", "edit_date": AT + 60})})
    at = datetime.fromtimestamp(AT + 60, UTC)
    assert said_in(found) == FromCitizen(Edited("C'était mardi"), at, MessageRef("41"), "fr")
    captioned = glimpse({"edited_message": message({"photo": [{**FILE, **FRAME}], "caption": "Le hall"})})
    assert said_in(captioned).content == Edited("Le hall")
    assert glimpse({"edited_message": message({"photo": [{**FILE, **FRAME}]})}) == Glimpse()


def test_a_live_position_that_moves_is_deleted_and_not_answered_again() -> None:
    place = {"latitude": 43.9, "longitude": 4.8, "live_period": 900}
    assert glimpse({"edited_message": message({"location": place})}) == Glimpse(chore=DeleteMessage(CHAT, 41))


def test_contact_and_live_position_are_deleted_on_the_citizens_side() -> None:
    for field, content, kind in REFUSED_CONTENTS:
        expected = kind in (RefusedKind.CONTACT, RefusedKind.LIVE_LOCATION)
        chore = glimpse({"message": message({field: content})}).chore
        assert chore == (DeleteMessage(CHAT, 41) if expected else None)


def test_a_tap_is_its_token_and_is_answered() -> None:
    query = {"id": "55", "from": USER, "chat_instance": "CANARI", "data": "k3Jq", "message": message({"text": "?"})}
    found = glimpse({"callback_query": query})
    assert said_in(found) == FromCitizen(Tapped("k3Jq"), NOON, None, "fr")
    assert found.chore == AnswerTap("55")
    assert_nothing_personal(found)


def test_a_tap_on_a_vanished_message_counts_as_well() -> None:
    gone = {"chat": PRIVATE, "message_id": 12, "date": 0}
    query = {"id": "55", "from": USER, "chat_instance": "1", "data": "k3Jq", "message": gone}
    assert said_in(glimpse({"callback_query": query})).content == Tapped("k3Jq")


def test_a_tap_without_data_is_answered_and_dropped() -> None:
    query = {"id": "55", "from": USER, "chat_instance": "1", "message": message({"text": "?"})}
    assert glimpse({"callback_query": query}) == Glimpse(chore=AnswerTap("55"))


def door(chat: Json, before: str, after: str) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "Guichet"}
    members = [{"user": bot, "status": status, "until_date": 0} for status in (before, after)]
    old, new = ({k: v for k, v in m.items() if m["status"] == "kicked" or k != "until_date"} for m in members)
    change = {"chat": chat, "from": USER, "date": AT, "old_chat_member": old, "new_chat_member": new}
    return {"my_chat_member": change}


@pytest.mark.parametrize(
    ("before", "after", "content"),
    [("member", "kicked", ClosedDoor()), ("kicked", "member", ClosedDoor(open=True)), ("member", "member", None)],
)
def test_the_door_closes_and_opens(before: str, after: str, content: ClosedDoor | None) -> None:
    found = glimpse(door(PRIVATE, before, after))
    if content is None:
        assert found == Glimpse()
    else:
        assert said_in(found).content == content
        assert_nothing_personal(found)


def test_groups_are_left_without_a_word() -> None:
    leave = Glimpse(chore=LeaveChat(GROUP["id"]))
    assert glimpse(door(GROUP, "left", "member")) == leave
    assert glimpse(door(GROUP, "member", "left")) == Glimpse()
    assert glimpse({"message": message({"text": "Bonjour"}, GROUP)}) == leave
    assert glimpse({"edited_message": message({"text": "Bonjour"}, GROUP)}) == leave


NOTICES: list[Json] = [
    {"pinned_message": message({"text": "CANARI"})},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"write_access_allowed": {}},
]


@pytest.mark.parametrize("content", NOTICES)
def test_telegrams_own_notices_are_not_answered(content: Json) -> None:
    assert glimpse({"message": message(content)}) == Glimpse()


def test_a_message_of_a_kind_yet_unknown_gets_one_clear_sentence() -> None:
    found = glimpse({"message": message({"hologram": {"file_id": "CANARI"}})})
    assert said_in(found).content == SentRefused(RefusedKind.OTHER)
    assert_nothing_personal(found)


@pytest.mark.parametrize("kind", ["channel_post", "message_reaction", "poll", "hologram"])
def test_updates_that_were_not_asked_for_are_dropped(kind: str) -> None:
    contents: Json = {
        "channel_post": {"message_id": 1, "chat": {**GROUP, "type": "channel"}, "date": AT, "text": "x"},
        "message_reaction": {"chat": PRIVATE, "message_id": 1, "date": AT, "old_reaction": [], "new_reaction": []},
        "poll": REFUSED_CONTENTS[11][1],
        "hologram": {"text": "CANARI"},
    }
    assert glimpse({kind: contents[kind]}) == Glimpse()


def test_what_cannot_be_decoded_is_refused_aloud_in_private_and_dropped_elsewhere() -> None:
    found = glimpse_of_unreadable({"update_id": 3, "message": message({"text": 5})}, NOON)
    assert said_in(found).content == SentRefused(RefusedKind.OTHER)
    assert_nothing_personal(found)
    for raw in ({"update_id": 3}, {"update_id": 3, "message": "x"}, {"update_id": 3, "message": message({}, GROUP)}):
        assert glimpse_of_unreadable(raw, NOON) == Glimpse()


def test_every_field_of_a_message_has_its_place() -> None:
    """When the library grows a field, somebody must decide what the counter makes of it."""
    tables = [kinds.READ, frozenset(kinds.REFUSED), kinds.SILENT, kinds.ENVELOPE]
    assert frozenset().union(*tables) == set(Message.__slots__)
    assert sum(map(len, tables)) == len(Message.__slots__), "a field stands in two tables"


def assert_nothing_personal(found: Glimpse) -> None:
    """No canary in the arrival but the address, which is the vault's."""
    assert found.arrival is not None
    shown = repr(replace(found.arrival, contact=None))
    assert not [canary for canary in CANARIES if canary in shown]

"""What an officer's event means, as a table; and the promise that internal words never become words for the citizen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.matrix.seen import SeenEvent
from bots.matrix.translate import Later, NeedsFile, NeedsOriginal, meaning, meaning_of_edit
from domain.ids import MessageRef, RoomId
from domain.messages import Noted, Ordered, Told, Unreadable, Withdrew

AGENT = "@a.martin:cell.example"
PILL = '<a href="https://matrix.to/#/@b.durand:cell.example">Bénédicte Durand</a>'


def event(content: dict[str, Any], kind: str = "m.room.message", **more: Any) -> SeenEvent:
    return SeenEvent(RoomId("!r"), "$e", AGENT, 0, kind, content, **{"sender_key": "curve", **more})


def text(body: str, html: str | None = None, **more: Any) -> dict[str, Any]:
    formatted = {"format": "org.matrix.custom.html", "formatted_body": html} if html else {}
    return {"msgtype": "m.text", "body": body, **formatted, **more}


THREAD = {"m.relates_to": {"rel_type": "m.thread", "event_id": "$root", "m.in_reply_to": {"event_id": "$last"}}}
REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$before"}}}

TEXTS = [
    (text("  Bonjour.  "), Told("Bonjour.")),
    (text("Ligne 1\nLigne 2"), Told("Ligne 1\nLigne 2")),
    (text("// à voir avec le chef"), Noted("à voir avec le chef")),
    (text("   //collé"), Noted("collé")),
    (text("https://service-public.fr //"), Told("https://service-public.fr //")),
    (text("// **note**", "<b>note</b>"), Noted("note")),
    (text("note", "<p>// note</p>"), Noted("note")),
    (text("entre nous", **THREAD), Noted("entre nous")),
    (text("!clore exploitable", **THREAD), Noted("!clore exploitable")),
    (text("!Prendre"), Ordered("prendre")),
    (text("!demander  horaire"), Ordered("demander", "horaire")),
    (text("!note il a\nl'air pressé"), Ordered("note", "il a\nl'air pressé")),
    (text("!!! attention"), Told("!!! attention")),
    (text("! attention"), Told("! attention")),
    (text("> <@x:y> la question\n> suite\n\nla réponse", **REPLY), Told("la réponse")),
    (text("> une citation voulue"), Told("> une citation voulue")),
    (text("x", "<mx-reply><blockquote>secret</blockquote></mx-reply>la réponse", **REPLY), Told("la réponse")),
    (text("x", "c'est <b>urgent</b> &amp; <del>faux</del> vrai"), Told("c'est urgent & faux vrai")),
    (text("x", "un<br>deux<p>trois</p>"), Told("un\ndeux\ntrois")),
    (text("x", "<ul><li>nom</li><li>lieu</li></ul>"), Told("- nom\n- lieu")),
    (text("x", '<a href="https://service-public.fr">le site</a>'), Told("le site (https://service-public.fr)")),
    (text("x", '<a href="https://a.fr">https://a.fr</a>'), Told("https://a.fr")),
    (text("x", f"{PILL}: tu confirmes ?"), Told("tu confirmes ?")),
    (text("x", f"vu avec {PILL} hier"), Told("vu avec hier")),
    (text("voir https://matrix.to/#/@b.durand:cell.example?via=x fin"), Told("voir fin")),
    (text("voir [Bénédicte](https://matrix.to/#/@b.durand:cell.example) fin"), Told("voir fin")),
    (text("@b.durand:cell.example regarde"), Told("regarde")),
    (text("écrivez à contact@police.fr"), Told("écrivez à contact@police.fr")),
    (text(PILL, PILL), None),
    (text(""), None),
    ({"msgtype": "m.text"}, None),
    ({"msgtype": "m.text", "body": 3}, None),
    ({"msgtype": "m.notice", "body": "robot"}, None),
    ({"msgtype": "m.emote", "body": "soupire"}, Noted("soupire")),
    ({"msgtype": "m.location", "body": "ici", "geo_uri": "geo:1,2"}, None),
    ({"msgtype": "m.key.verification.request", "body": "x"}, None),
    ({"msgtype": "m.file", "body": "plan.pdf", "file": {}}, NeedsFile("")),
    ({"msgtype": "m.image", "body": "la porte", "filename": "IMG.jpg", "file": {}}, NeedsFile("la porte")),
    ({"msgtype": "m.image", "body": "// la porte", "filename": "IMG.jpg", "file": {}}, Noted("la porte")),
    ({"msgtype": "m.file", "body": "pv.pdf", "file": {}, **THREAD}, Noted("")),
    (text("* x", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$o"}}), NeedsOriginal(MessageRef("$o"))),
    (text("* x", **{"m.relates_to": {"rel_type": "m.replace", "event_id": 3}}), None),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), TEXTS)
def test_meaning(content: dict[str, Any], expected: object) -> None:
    assert meaning(event(content)) == expected


def test_clear_words_do_not_count() -> None:
    """A message that was not encrypted could be anybody's."""
    assert meaning(event(text("Bonjour."), sender_key=None)) == Unreadable()


def test_other_events() -> None:
    """Redactions take back, sealed ones wait, state and the unknown mean nothing."""
    assert meaning(event({}, "m.room.redaction", redacts="$x")) == Withdrew()
    assert meaning(event({}, "m.room.redaction")) is None
    assert meaning(event({}, "m.room.encrypted", sender_key=None)) is Later.SEALED
    assert meaning(event(text("x"), state_key="")) is None
    assert meaning(event(text("x"), "m.sticker")) is None


EDITS = [
    (text("avant"), "après", Told("après", MessageRef("$o"))),
    (text("avant"), "// après", Noted("après")),
    (text("// avant"), "après", Noted("après")),
    (text("avant", **THREAD), "après", Noted("après")),
    ({"msgtype": "m.notice", "body": "avant"}, "après", Noted("après")),
    (text("!clroe exploitable"), "!clore exploitable", Ordered("clore", "exploitable")),
    (text("!note pour nous"), "pour nous", Noted("pour nous")),
    (text("// avant"), "!clore exploitable", Noted("!clore exploitable")),
    (text("avant"), "!clore exploitable", Ordered("clore", "exploitable")),
    ({}, "après", Noted("après")),
    ({"msgtype": "m.image", "body": "avant", "filename": "x.jpg", "file": {}}, "après", Noted("après")),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), EDITS)
def test_edits_are_judged_with_what_they_edit(before: dict[str, Any], after: str, expected: object) -> None:
    original = SeenEvent(RoomId("!r"), "$o", AGENT, 0, "m.room.message", before, sender_key="curve")
    relation = {"rel_type": "m.replace", "event_id": "$o"}
    edit = event({**text(f"* {after}"), "m.new_content": text(after), "m.relates_to": relation})
    assert meaning_of_edit(edit, original) == expected


def test_only_the_author_edits() -> None:
    """A colleague's edit of one's words does not count."""
    original = SeenEvent(RoomId("!r"), "$o", "@b:c", 0, "m.room.message", text("avant"), sender_key="curve")
    edit = event({**text("* après"), "m.new_content": text("après")})
    assert meaning_of_edit(edit, original) is None


NAMES = st.sampled_from([
    "msgtype", "body", "formatted_body", "m.relates_to", "rel_type", "event_id", "m.new_content", "file", "filename",
    "info", "m.in_reply_to", "redacts",
])  # fmt: skip
VALUES = (
    st.none() | st.integers() | st.text(max_size=9) | st.sampled_from(["m.text", "m.file", "m.replace", "m.thread"])
)
ANYTHING = st.dictionaries(
    NAMES, st.recursive(VALUES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=4))
)  # fmt: skip


@given(ANYTHING, ANYTHING, st.sampled_from(["m.room.message", "m.room.redaction", "m.room.encrypted", "x"]))
def test_any_content_has_a_meaning(content: dict[str, Any], other: dict[str, Any], kind: str) -> None:
    """Whatever JSON a client sends, it is judged without an error, as a message and as an edit."""
    meaning(event(content, kind))
    meaning_of_edit(event(content), event(other))


@given(st.text(max_size=80), st.none() | st.text(max_size=80))
def test_notes_never_become_words(body: str, html: str | None) -> None:
    """Whatever follows `//`, and whatever stands in a thread, is never told to the citizen."""
    assert not isinstance(meaning(event(text(f"//{body}", html))), Told)
    assert not isinstance(meaning(event(text(body, html, **THREAD))), Told)


@given(st.text(alphabet="@:/#<>ab.\"' =\n[]()!", max_size=60))
def test_no_account_name_leaves(noise: str) -> None:
    """An account's address never leaves, wherever it stands and however it is written."""
    for content in (text(f"{noise} @b.durand:cell.example {noise}"), text("x", f"{noise} {PILL} {noise}")):
        found = meaning(event(content))
        if isinstance(found, Told):
            assert "@b.durand:cell.example" not in found.text
            assert "matrix.to/#/@b" not in found.text

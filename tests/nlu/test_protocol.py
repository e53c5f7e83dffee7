"""The line protocol of `guichet parse`."""

import json

import pytest

from nlu.protocol import parse_line
from nlu.rules import RulesReader

LINE = {"text": "ça vend du shit tous les soirs au square", "at": "2026-03-18T20:15:00"}


def test_answers_a_json_line() -> None:
    answer = parse_line(json.dumps(LINE), RulesReader())
    assert set(answer) == {"text", "lang", "intent", "intent_confidence", "entities", "faits", "ms"}
    assert (answer["text"], answer["lang"], answer["intent"]) == (LINE["text"], "fr", "signaler")
    assert [(e["type"], e["text"]) for e in answer["entities"]] == [
        ("produit", "shit"),
        ("horaire", "tous les soirs"),
        ("lieu", "square"),
    ]
    json.dumps(answer)


def test_a_time_is_written_as_the_schedule_parser_writes_it() -> None:
    answer = parse_line(json.dumps(LINE), RulesReader())
    (value,) = [e["value"] for e in answer["entities"] if e["type"] == "horaire"]
    assert value["kind"] == "recurrent"
    assert value["opening_hours"] == "Mo-Su 18:00-23:00"


def test_answers_plain_text() -> None:
    assert parse_line("bonjour\n", RulesReader())["intent"] == "saluer"


def test_keeps_what_was_asked() -> None:
    answer = parse_line(json.dumps({"text": "blanche", "asked": "produit"}), RulesReader())
    assert [e["type"] for e in answer["entities"]] == ["produit"]


def test_a_broken_object_is_plain_text() -> None:
    assert parse_line('{"text": ', RulesReader())["text"] == '{"text": '


@pytest.mark.parametrize("line", ["{}", '{"text": 3}', '{"text": "a", "at": "hier"}'])
def test_refuses_an_object_it_cannot_read(line: str) -> None:
    with pytest.raises(ValueError, match=r"expected|Invalid"):
        parse_line(line, RulesReader())

"""What other programs are told of a conversation."""

import json

from domain import events as e
from domain.events import Notice, Origin
from domain.ids import Alias
from domain.questionnaire import Fact
from domain.reading import Fait, Place
from domain.schedule import Schedule
from handlers.knowledge import facts, known
from tests.wording.counters import CELLS, conversation

QUESTIONNAIRE = CELLS.questionnaire(CELLS.default())
MORNINGS = Schedule(
    "en semaine vers 7h20", "recurrent", days=("mo", "tu", "we", "th", "fr"), clock=("07:05", "07:35"),
    opening_hours="Mo-Fr 07:05-07:35", approx_minutes=15,
)  # fmt: skip
WELCOME = e.NoticeGiven(Notice.WELCOME)


def test_each_fact_has_its_words_its_value_and_its_state() -> None:
    told = conversation(
        WELCOME,
        e.FactLearned(
            Fact.LIEU, "40 rue Carnot à Dole", Place("40 rue Carnot à Dole", number="40", street="rue Carnot")
        ),
        e.FactLearned(Fact.COMPORTEMENT, "ils guettent"),
        e.FaitsNoted((Fait.GUET, Fait.POINT_DE_DEAL)),
        e.FactLearned(Fact.PRODUIT, "du cannabis", "cannabis", Origin.BUTTON),
        e.FactUnknown(Fact.PERSONNE),
        e.FactAbsent(Fact.VEHICULE, "non, à pied"),
    )
    assert facts(told) == {
        "lieu": {
            "text": "40 rue Carnot à Dole",
            "value": {"text": "40 rue Carnot à Dole", "number": "40", "street": "rue Carnot", "precise": False},
            "state": "said",
        },
        "comportement": {"text": "ils guettent", "value": ["guet", "point_de_deal"], "state": "said"},
        "produit": {"text": "du cannabis", "value": "cannabis", "state": "button"},
        "personne": {"text": "", "value": None, "state": "unknown"},
        "vehicule": {"text": "non, à pied", "value": None, "state": "absent"},
    }


def test_a_schedule_is_told_as_the_horaire_protocol_tells_it() -> None:
    told = facts(conversation(WELCOME, e.FactLearned(Fact.HORAIRE, MORNINGS.text, MORNINGS)))
    entry = told["horaire"]
    assert isinstance(entry, dict)
    assert entry["value"] == {
        "text": "en semaine vers 7h20", "words": "", "kind": "recurrent", "from": "07:05", "to": "07:35", "grain": "",
        "opening_hours": "Mo-Fr 07:05-07:35", "approx_minutes": 15, "frequency": None, "certain": True,
    }  # fmt: skip


def test_several_mentions_keep_every_value_the_last_first() -> None:
    first = Schedule("tous les après-midi", "recurrent", opening_hours="Mo-Su 12:00-18:00")
    second = Schedule("vers 16h", "point", clock=("16:00", ""))
    told = conversation(
        WELCOME, e.FactLearned(Fact.HORAIRE, first.text, first), e.FactLearned(Fact.HORAIRE, second.text, second)
    )
    entry = facts(told)["horaire"]
    assert isinstance(entry, dict)
    assert entry["text"] == "tous les après-midi, vers 16h"
    assert entry["value"]["from"] == "16:00"  # type: ignore[index, call-overload]  # JSON
    assert [one["opening_hours"] for one in entry["value"]["values"]] == ["Mo-Su 12:00-18:00"]  # type: ignore[index, call-overload, union-attr]  # JSON


def test_where_the_conversation_stands_is_plain_json() -> None:
    start = conversation(WELCOME, e.FactLearned(Fact.LIEU, "Dole"), e.QuestionAsked(Fact.HORAIRE))
    told = known(start, QUESTIONNAIRE)
    assert {key: told[key] for key in ("phase", "case", "missing")} == {
        "phase": "questions", "case": None, "missing": ["horaire", "comportement"],
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == told


def test_the_case_is_named_once_there_is_one() -> None:
    filed = conversation(WELCOME, e.SummaryShown(), e.ReportFiled(Alias("S-0001")))
    assert known(filed, QUESTIONNAIRE)["case"] == "S-0001"

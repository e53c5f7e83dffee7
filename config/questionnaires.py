"""Questionnaires: `questionnaires/<name>.toml`, read into domain.questionnaire and checked at start."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field

from config.reading import Strict, read_record
from domain.errors import OperatorError
from domain.questionnaire import Fact, Question, Questionnaire

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
FIXED_BUTTONS = 2
""" "I don't know" and "finish", which every question carries."""


class _Question(Strict):
    fact: Fact
    required: bool = False
    max_asks: int = Field(default=1, ge=1, le=2)
    answers: dict[str, str] = Field(default_factory=dict)


class _Questionnaire(Strict):
    name: str = Field(min_length=1)
    max_questions: int = Field(default=8, ge=1, le=8)
    max_buttons: int = Field(default=6, ge=3, le=6)
    floor: float = Field(default=0.5, ge=0.0, le=1.0)
    asks_anything_else: bool = True
    questions: list[_Question] = Field(min_length=1)


def load_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire of one file. Raises OperatorError with every fault found in it."""
    record = read_record(path, _Questionnaire)
    if faults := list(_faults(record, path)):
        raise OperatorError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return Questionnaire(
        record.name,
        tuple(_question(one) for one in record.questions),
        max_questions=record.max_questions,
        max_buttons=record.max_buttons,
        floor=record.floor,
        asks_anything_else=record.asks_anything_else,
    )


def load_questionnaires(folder: Path = QUESTIONNAIRES) -> Mapping[str, Questionnaire]:
    """Every questionnaire of the folder by name. Raises OperatorError with the faults of all files."""
    found, faults = dict[str, Questionnaire](), list[str]()
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = load_questionnaire(path)
        except OperatorError as error:
            faults.append(str(error))
    if not found and not faults:
        faults.append(f"{folder}: at least one questionnaire (.toml) is expected, none found; add one")
    if faults:
        raise OperatorError("\n".join(faults))
    return found


def needed_labels(questionnaires: Iterable[Questionnaire]) -> list[str]:
    """The catalogue keys that the questionnaires speak of."""
    return [key for one in questionnaires for question in one.questions for key in _keys(question)]


def _keys(question: Question) -> list[str]:
    fact = question.fact
    labels = [f"answer-label-{fact}-{key}" for key in question.answers]
    return [f"ask-{fact}", f"ask-{fact}-again", f"why-{fact}", f"fact-{fact}", f"fact-{fact}-in-text", *labels]


def _question(record: _Question) -> Question:
    return Question(record.fact, record.required, record.max_asks, tuple(record.answers), dict(record.answers))


def _faults(record: _Questionnaire, path: Path) -> Iterable[str]:
    facts = [one.fact for one in record.questions]
    if record.name != path.stem:
        yield f"name: {path.stem!r} expected as the file is called, {record.name!r} came; rename one of them"
    for fact in dict.fromkeys(fact for fact in facts if facts.count(fact) > 1):
        yield f"questions: {fact} is asked for {facts.count(fact)} times; keep one"
    if not any(one.required for one in record.questions):
        yield "questions: at least one required fact expected; set required = true"
    room = record.max_buttons - FIXED_BUTTONS
    for one in record.questions:
        if len(one.answers) > room:
            yield f"questions.{one.fact}: at most {room} answers fit, {len(one.answers)} came; remove some"

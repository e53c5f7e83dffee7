"""Checkpoints of somebody else: their labels become ours, and what they cannot tell is the rules'."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from domain.reading import EntityType, Intent, Reading
from nlu.blend import blended
from nlu.loading import ModelChoice, ModelReader, open_model
from nlu.model.foreign import ForeignSpans
from nlu.model.integrity import ModelRejected
from nlu.reader import GuichetReader
from nlu.rules import RulesReader

from ..conftest import AT
from .test_trained import HOSTILE
from .tiny import make_classifier, make_tagger

RULES = RulesReader()
WIKINER = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-MISC")
WORDS = {"wolxheim": "B-LOC", "plage": "I-LOC", "zyx": "B-PER", "bidule": "B-MISC"}


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> ForeignSpans:
    return ForeignSpans(make_tagger(tmp_path_factory.mktemp("tagger"), WIKINER, WORDS), {})


def said(text: str, asked: str | None = None) -> Reading:
    return RULES.read(text, asked=asked, at=AT)


def read(model: ModelReader, text: str, asked: str | None = None) -> list[tuple[str, str]]:
    """The spans of the whole reading, rules and checkpoint."""
    reading = blended(text, asked, said(text, asked), model(text, asked, said(text, asked)), AT)
    return [(entity.type.value, entity.text) for entity in reading.entities]


def spans(model: ModelReader, text: str) -> list[tuple[str, str]]:
    """The spans when the rules have none of their own."""
    return [(e.type.value, e.text) for e in model(text, None, Reading(Intent.SIGNALER)).entities]


# --- spans and labels ------------------------------------------------------------------------------


def test_foreign_labels_become_ours(tagger: ForeignSpans) -> None:
    assert spans(tagger, "zyx va souvent à Wolxheim plage, zyx aussi") == [
        ("personne", "zyx"), ("lieu", "Wolxheim plage"), ("personne", "zyx"),
    ]  # fmt: skip


def test_a_place_that_the_rules_do_not_know_reaches_the_reading(tagger: ForeignSpans) -> None:
    text = "ils deal wolxheim"
    assert ("lieu", "wolxheim") not in [(e.type.value, e.text) for e in said(text).entities]
    assert ("lieu", "wolxheim") in read(tagger, text)


def test_what_the_checkpoint_cannot_tell_is_the_rules(tagger: ForeignSpans) -> None:
    text = "Un homme vend de la cocaïne tous les soirs, plaque AB-123-CD, zyx"
    rules = said(text)
    proposal = tagger(text, None, rules)
    assert (proposal.intent, proposal.faits) == (rules.intent, rules.faits)
    assert proposal.faits
    kept = {EntityType.PRODUIT, EntityType.HORAIRE, EntityType.VEHICULE}
    assert kept <= {entity.type for entity in proposal.entities}


def test_a_guessed_translation_does_not_touch_the_rules_spans(tagger: ForeignSpans) -> None:
    """Our own guess of what LOC means fills gaps; where the rules read, they stand."""
    text = "ça vend à la gare de Wolxheim plage"
    (place,) = [entity for entity in said(text).entities if entity.type is EntityType.LIEU]
    assert ("lieu", place.text) in read(tagger, text)


@pytest.mark.parametrize(("labels", "label_map"), [(("O", "B-LOC"), {"loc": "lieu"}), (("O", "B-lieu"), {})])
def test_a_vouched_translation_judges(tmp_path: Path, labels: tuple[str, ...], label_map: dict[str, str]) -> None:
    """An operator's own line, or our own word in the checkpoint: it is believed as the packaged model is."""
    model = ForeignSpans(make_tagger(tmp_path, labels, {"wolxheim": labels[1]}), label_map)
    assert spans(model, "à Wolxheim") == [("lieu", "Wolxheim")]
    text = "ça vend à la gare de Wolxheim"
    assert [e.text for e in model(text, None, said(text)).entities if e.type is EntityType.LIEU] == ["Wolxheim"]


@pytest.mark.parametrize(
    ("labels", "expects"),
    [
        (("O", "B-LOC", "I-LOC"), ["un deux", "un"]),
        (("O", "S-LOC", "E-LOC"), ["un deux", "un"]),
        (("O", "LOC", "GPE"), ["un deux un"]),
        (("O", "I-LOC", "I-GPE"), ["un deux un"]),
    ],
)
def test_every_way_of_marking_spans_is_read(tmp_path: Path, labels: tuple[str, ...], expects: list[str]) -> None:
    model = ForeignSpans(make_tagger(tmp_path, labels, {"un": labels[1], "deux": labels[2]}), {})
    assert [text for _, text in spans(model, "un deux un")] == expects


def test_unknown_labels_are_dropped_with_one_warning(tmp_path: Path) -> None:
    folder = make_tagger(tmp_path / "wikiner", WIKINER, WORDS)
    with capture_logs() as lines:
        model = ForeignSpans(folder, {})
        assert spans(model, "bidule") == []
    (line,) = lines
    assert (line["event"], line["reason"], line["count"]) == ("reader.labels_dropped", "MISC", 1)


def test_a_label_dropped_on_purpose_is_not_warned_about(tmp_path: Path) -> None:
    with capture_logs() as lines:
        model = ForeignSpans(make_tagger(tmp_path, WIKINER, WORDS), {"MISC": "", "PER": ""})
    assert lines == []
    assert spans(model, "zyx à Wolxheim") == [("lieu", "Wolxheim")]


def test_a_checkpoint_of_which_nothing_is_understood_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelRejected, match=r"LABEL_1 came; set nlu\.label_map"):
        ForeignSpans(make_tagger(tmp_path, ("LABEL_0", "LABEL_1"), {}), {})


def test_a_span_never_cuts_a_word(tagger: ForeignSpans) -> None:
    """The table knows `plage`, not `plages`, and marks are words of their own."""
    assert spans(tagger, "wolxheim, wolxheims (wolxheim)") == [("lieu", "wolxheim"), ("lieu", "wolxheim")]


def test_a_mark_alone_is_no_span(tmp_path: Path) -> None:
    model = ForeignSpans(make_tagger(tmp_path, ("O", "LOC"), {",": "LOC", "un": "LOC"}), {})
    assert spans(model, "hier, deux, un") == [("lieu", ", un")]
    assert spans(model, "hier, deux, trois") == []


def test_a_long_message_is_read_to_its_end(tagger: ForeignSpans) -> None:
    text = "je ne sais pas trop mais voilà. " * 120 + "c'est à Wolxheim"
    assert len(tagger._head.pieces(text)) > 10
    assert spans(tagger, text) == [("lieu", "Wolxheim")]


def test_the_writer_is_masked_whatever_a_checkpoint_says(tagger: ForeignSpans) -> None:
    text = "je m'appelle Zyx Arquembourg"
    assert [kind for kind, _ in read(tagger, text)] == ["identite_declarant"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_stops_it(tagger: ForeignSpans, text: str) -> None:
    read(tagger, text)


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(st.sampled_from([*WORDS, "vend", "hier", "12", ",", "'", "é", "\ud83d", "à la gare"])).map(" ".join)
)
def test_spans_are_in_order_and_never_overlap(tagger: ForeignSpans, text: str) -> None:
    end = 0
    for entity in tagger(text, None, said(text)).entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end
        end = entity.end


def test_many_threads_read_at_once(tagger: ForeignSpans) -> None:
    texts = ["zyx à Wolxheim plage " * (1 + n % 30) for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: spans(tagger, text), texts))
    assert together == [spans(tagger, text) for text in texts]


async def test_the_counter_reads_with_it(tagger: ForeignSpans) -> None:
    reading = await GuichetReader(tagger, limit_s=30).read("ils deal wolxheim", None, AT)
    assert "wolxheim" in [entity.text for entity in reading.of(EntityType.LIEU)]


# --- intents ---------------------------------------------------------------------------------------

INTENTS = ("autre", "report", "noise")
MAP = {"report": "signaler", "noise": "nuisance", "autre": ""}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> ModelReader:
    made = tmp_path_factory.mktemp("made")
    tagger = make_tagger(made / "tagger", WIKINER, WORDS)
    words = {"machin": "report", "bidule": "noise", "pistolet": "noise"}
    intents = make_classifier(made / "intents", INTENTS, words)
    return open_model(ModelChoice(str(tagger), intent_checkpoint=str(intents), label_map=MAP))


def test_a_second_checkpoint_says_what_a_message_does(judge: ModelReader) -> None:
    proposal = judge("bidule", None, Reading(Intent.HORS_SUJET))
    assert proposal.intent is Intent.NUISANCE
    assert proposal.intent_confidence > 0.5


def test_it_stands_beside_the_packaged_model_too(tmp_path: Path) -> None:
    intents = make_classifier(tmp_path, INTENTS, {"machin": "report"})
    both = open_model(ModelChoice(intent_checkpoint=str(intents), label_map=MAP))
    proposal = both("machin derrière la gare de Dole", None, said("machin derrière la gare de Dole"))
    assert [entity.text for entity in proposal.entities if entity.type is EntityType.LIEU]


@pytest.mark.parametrize("text", ["", "hier soir", "autre chose"])
def test_what_it_does_not_know_is_the_rules(judge: ModelReader, text: str) -> None:
    assert judge(text, None, said(text)).intent is said(text).intent


def test_an_answer_is_judged_by_who_knows_the_question(judge: ModelReader) -> None:
    rules = said("non, bidule", "confirmation")
    assert judge("non, bidule", "confirmation", rules).intent is rules.intent


def test_danger_stands_whatever_it_says(judge: ModelReader) -> None:
    text = "au secours il a un pistolet"
    rules = said(text)
    assert blended(text, None, rules, judge(text, None, rules), AT).intent is Intent.URGENCE

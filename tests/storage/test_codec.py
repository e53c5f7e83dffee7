"""Events, messages and letters keep their shape on disk."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import messages as m
from domain.errors import StorageError
from domain.events import CitizenSpoke, Event, FactLearned
from domain.messages import FromCitizen, FromOfficer, Letter, ToCitizen
from domain.questionnaire import Fact
from domain.schedule import DAYS, Schedule
from storage import codec

SAMPLES = Path(__file__).parent / "samples.json"
"""One stored value for every version of every shape: {"FactLearned/1": {...}}. See `test_every_version_is_pinned`."""

st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(
    Schedule,
    st.builds(
        Schedule,
        days=st.lists(st.sampled_from(DAYS), unique=True).map(tuple),
        clock=st.none() | st.tuples(st.text(max_size=5), st.text(max_size=5)),
    ),
)

READERS = {
    **dict.fromkeys(get_args(Event), codec.decode_event),
    **dict.fromkeys((FromCitizen, FromOfficer), codec.decode_message),
    **dict.fromkeys(get_args(Letter), codec.decode_letter),
}


@pytest.mark.parametrize("shape", READERS, ids=lambda shape: shape.__name__)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_everything_comes_back_as_it_was(shape: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(shape).filter(_has_no_nan))
    again = READERS[shape](codec.encode(value))
    assert again == value
    assert type(again) is shape
    for one in fields(shape):
        assert type(getattr(again, one.name)) is type(getattr(value, one.name))


def _has_no_nan(value: object) -> bool:
    return "nan" not in repr(value)


def test_the_unions_hold_every_kind_of_content() -> None:
    names = set(codec.shapes())
    for union in (Event, Letter, m.CitizenContent, m.OfficerContent):
        assert {one.__name__ for one in get_args(union)} <= names


# --- what is stored stays readable ---------------------------------------------------------------------


def samples() -> dict[str, Any]:
    return dict(json.loads(SAMPLES.read_text("utf-8")))


def test_every_version_is_pinned() -> None:
    """A new event, or a changed one (raise VERSIONS and write an upcaster), needs its sample here.

    `python -m tests.storage.test_codec` adds the missing ones and never changes one that is there.
    """
    present = {f"{name}/{codec.version_of(name)}" for name in codec.shapes()}
    assert present <= samples().keys()


@pytest.mark.parametrize("tag", sorted(samples()))
def test_what_was_stored_can_still_be_read(tag: str) -> None:
    stored = samples()[tag]
    value = codec.decode_any(json.dumps(stored).encode())
    name, _, version = tag.partition("/")
    assert type(value).__name__ == name
    if int(version) == codec.version_of(name):
        assert json.loads(codec.encode_any(value)) == stored, "the shape changed: give it a new version and an upcaster"


def test_an_unknown_name_is_refused() -> None:
    for stored in (b'{"_":"FactGuessed/1"}', b"{}", b'{"_":"FactUnknown","fact":"lieu"}', b'{"_":"os.system/1"}'):
        with pytest.raises(StorageError):
            codec.decode_event(stored)


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(StorageError, match="newer version"):
        codec.decode_event(b'{"_":"FactUnknown/99","fact":"lieu"}')


def test_strange_fields_are_refused() -> None:
    for stored in (b'{"_":"FactUnknown/1"}', b'{"_":"FactUnknown/1","fact":"lieu","who":"x"}'):
        with pytest.raises(StorageError, match="fields"):
            codec.decode_event(stored)


def test_a_letter_is_not_an_event() -> None:
    with pytest.raises(StorageError):
        codec.decode_event(codec.encode(ToCitizen("bonjour")))
    with pytest.raises(StorageError):
        codec.decode_letter(codec.encode(CitizenSpoke("bonjour")))


def test_what_is_not_ours_is_not_stored() -> None:
    class Stranger:
        """Not a shape of the domain."""

    with pytest.raises(StorageError, match="Stranger"):
        codec.encode(Stranger())  # type: ignore[arg-type]  # what is tested


def test_an_old_shape_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two steps: version 1 called the fact `what`, version 2 had no words."""
    upcasters = {
        ("FactAbsent", 1): lambda old: {"fact": old["what"]},
        ("FactAbsent", 2): lambda old: {**old, "text": "non"},
    }
    monkeypatch.setattr(codec, "VERSIONS", {"FactAbsent": 3})
    monkeypatch.setattr(codec, "UPCASTERS", upcasters)
    found = codec.decode_event(b'{"_":"FactAbsent/1","what":"vehicule"}')
    assert (type(found).__name__, found) == ("FactAbsent", codec.shapes()["FactAbsent"](Fact.VEHICULE, "non"))


def test_every_old_version_has_its_upcaster() -> None:
    for name, version in codec.VERSIONS.items():
        assert all((name, old) in codec.UPCASTERS for old in range(1, version))


def test_values_of_a_fact_are_told_apart() -> None:
    for value in (None, "mardi", Schedule("mardi", "recurrent", days=("tu",), clock=("18:00", ""))):
        learned = FactLearned(Fact.HORAIRE, "mardi", value)
        assert codec.decode_event(codec.encode(learned)) == learned


def _write_missing_samples() -> None:
    """Add a sample for every present version that has none."""
    known = samples() if SAMPLES.exists() else {}
    for name, shape in codec.shapes().items():
        tag = f"{name}/{codec.version_of(name)}"
        if tag not in known:
            known[tag] = json.loads(codec.encode_any(_example(shape)))
    SAMPLES.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _example(shape: type) -> object:
    from hypothesis import find

    return find(st.from_type(shape), lambda value: True)


if __name__ == "__main__":
    _write_missing_samples()

"""Events, messages and letters as JSON, with a version on every shape.

Each dataclass is written as an object whose "_" names the class and the version of its shape, e.g. "FactLearned/1".
A shape that changes gets a higher number in VERSIONS and an upcaster from the old one; a stored sample of every version
is kept under tests/storage/samples, so a change without an upcaster fails there. Unknown names are refused.
"""

import json
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from domain.errors import StorageError
from domain.events import Event
from domain.messages import FromCitizen, FromOfficer, Letter

Json = Any  # Any: what json.loads gives; checked on the way to a dataclass.
Encode = Callable[[Any], Json]  # Any: each encoder takes its own class, which the key of its table guarantees.
Decode = Callable[[Json], Any]  # Any: as above.
Upcast = Callable[[dict[str, Json]], dict[str, Json]]

TAG = "_"

VERSIONS: Mapping[str, int] = MappingProxyType({})
"""The version of a shape's present form, by class name; 1 when not named here."""

UPCASTERS: Mapping[tuple[str, int], Upcast] = MappingProxyType({})
"""From (class name, old version) to the fields of the next version."""


def encode(value: Event | FromCitizen | FromOfficer | Letter) -> bytes:
    """The value as UTF-8 JSON, with the version of its shape. Raises StorageError for a class that is not ours."""
    return encode_any(value)


def encode_any(value: object) -> bytes:
    """As encode, for any shape that the codec knows (a part of an event too)."""
    return json.dumps(_encode_tagged(value), ensure_ascii=False, separators=(",", ":")).encode()


def decode_any(stored: bytes) -> object:
    """As decode_event, for any shape that the codec knows."""
    return _decode_tagged(json.loads(stored))


def decode_event(stored: bytes) -> Event:
    """The event as it was. Raises StorageError for a shape that this version does not know."""
    return cast("Event", _decode_root(stored, _EVENTS))


def decode_message(stored: bytes) -> FromCitizen | FromOfficer:
    """The message as it was. Raises StorageError as decode_event does."""
    return cast("FromCitizen | FromOfficer", _decode_root(stored, _MESSAGES))


def decode_letter(stored: bytes) -> Letter:
    """The letter as it was. Raises StorageError as decode_event does."""
    return cast("Letter", _decode_root(stored, _LETTERS))


def shapes() -> Mapping[str, type]:
    """Every class that the codec knows, by name."""
    return MappingProxyType(_SHAPES)


def version_of(name: str) -> int:
    """The version of this class's present shape."""
    return VERSIONS.get(name, 1)


# --- reading -------------------------------------------------------------------------------------


def _decode_root(stored: bytes, allowed: frozenset[str]) -> object:
    found = json.loads(stored)
    name = _tag_of(found)[0]
    if name not in allowed:
        raise StorageError(f"one of {len(allowed)} known shapes expected, got {name!r}")
    return _decode_tagged(found)


def _tag_of(found: Json) -> tuple[str, int]:
    name, _, version = str(found.get(TAG, "")).partition("/")
    if name not in _SHAPES or not version.isdecimal():
        raise StorageError(f"a stored value has the unknown shape {name!r}: was it written by a newer version?")
    return name, int(version)


def _decode_tagged(found: Json) -> object:
    name, version = _tag_of(found)
    values = {key: value for key, value in found.items() if key != TAG}
    for old in range(version, version_of(name)):
        values = UPCASTERS[name, old](values)
    if version > version_of(name):
        raise StorageError(f"{name} of version {version} was written by a newer version of guichet")
    return _DECODERS[name](values)


def _decoder(shape: type) -> Decode:
    plan = {one.name: (_decode_as(hint), _is_optional(one)) for one, hint in _hinted(shape)}
    required = frozenset(name for name, (_, optional) in plan.items() if not optional)
    decoders = {name: decode for name, (decode, _) in plan.items()}

    def decode(values: Json) -> object:
        if not (required <= values.keys() <= decoders.keys()):
            raise StorageError(f"{shape.__name__}: fields {sorted(decoders)} expected, got {sorted(values)}")
        return shape(**{name: decoders[name](value) for name, value in values.items()})

    return decode


def _decode_as(hint: object) -> Decode:
    """How to read one field of this type."""
    if isinstance(hint, type):
        return _decode_class(hint)
    if get_origin(hint) is tuple:
        return _decode_tuple(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return _decode_union(get_args(hint))
    raise StorageError(f"the codec has no rule for fields of type {hint}")


def _decode_class(hint: type) -> Decode:
    if is_dataclass(hint):
        return _decode_tagged
    if issubclass(hint, Enum):
        return hint
    return _PLAIN_DECODERS[hint]


def _decode_tuple(args: tuple[object, ...]) -> Decode:
    if len(args) == 2 and args[1] is Ellipsis:
        each = _decode_as(args[0])
        return lambda items: tuple(each(item) for item in items)
    parts = tuple(_decode_as(arg) for arg in args)
    return lambda items: tuple(part(item) for part, item in zip(parts, items, strict=True))


def _decode_union(args: tuple[object, ...]) -> Decode:
    """None, at most one plain type, any number of dataclasses: told apart by what they look like in JSON."""
    plain = [arg for arg in args if arg is not types.NoneType and not is_dataclass(arg)]
    if len(plain) > 1:
        raise StorageError(f"the codec cannot tell apart {plain}")
    other = _decode_as(plain[0]) if plain else _decode_tagged

    def decode(value: Json) -> object:
        if value is None:
            return None
        return _decode_tagged(value) if isinstance(value, dict) else other(value)

    return decode


_PLAIN_DECODERS: Mapping[type, Decode] = MappingProxyType({
    str: str, int: int, bool: bool, float: float, datetime: datetime.fromisoformat,
})  # fmt: skip


# --- writing -------------------------------------------------------------------------------------


def _encode_tagged(value: object) -> Json:
    encode = _ENCODERS.get(type(value).__name__)
    if encode is None or _SHAPES[type(value).__name__] is not type(value):
        raise StorageError(f"{type(value).__name__} is not one of the shapes that are stored")
    return encode(value)


def _encoder(shape: type) -> Encode:
    tag = f"{shape.__name__}/{version_of(shape.__name__)}"
    plan = tuple((one.name, _encode_as(hint)) for one, hint in _hinted(shape))

    def encode(value: object) -> Json:
        return {TAG: tag} | {name: how(getattr(value, name)) for name, how in plan}

    return encode


def _encode_as(hint: object) -> Encode:
    """How to write one field of this type: as it is, unless something inside needs care."""
    if isinstance(hint, type):
        return _encode_class(hint)
    if get_origin(hint) is tuple:
        return _encode_items if any(_needs_care(arg) for arg in get_args(hint)) else list
    return _encode_any if any(_needs_care(arg) for arg in get_args(hint)) else _as_is


def _encode_class(hint: type) -> Encode:
    if is_dataclass(hint):
        return _encode_tagged
    return _encode_any if _needs_care(hint) else _as_is


def _needs_care(hint: object) -> bool:
    if isinstance(hint, type):
        return is_dataclass(hint) or issubclass(hint, (Enum, datetime, tuple))
    return hint is not Ellipsis


def _encode_any(value: Any) -> Json:  # Any: a field's value, whatever its type
    if value is None or type(value) in _JSON_TYPES:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    return _encode_items(value) if isinstance(value, tuple) else _encode_tagged(value)


def _encode_items(items: tuple[object, ...]) -> Json:
    return [_encode_any(item) for item in items]


def _as_is(value: Any) -> Json:  # Any: already JSON
    return value


_JSON_TYPES = (str, int, float, bool)


# --- the tables of shapes, made once ---------------------------------------------------------------


def _hinted(shape: type) -> Iterator[tuple[Field[Any], object]]:  # Any: of whatever the field holds
    hints = get_type_hints(shape)
    for one in fields(shape):
        yield one, _bare(hints[one.name])


def _bare(hint: object) -> object:
    """A NewType as the type it renames."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    args = tuple(_bare(arg) for arg in get_args(hint))
    if not args:
        return hint
    return tuple.__class_getitem__(args) if get_origin(hint) is tuple else Union[args]  # noqa: UP007 (made at run time)


def _is_optional(one: Field[Any]) -> bool:  # Any: of whatever the field holds
    return one.default is not MISSING or one.default_factory is not MISSING


def _members(union: object) -> tuple[type, ...]:
    return tuple(arg for arg in get_args(union) if isinstance(arg, type)) or (cast("type", union),)


def _reach(shape: type, found: dict[str, type]) -> None:
    """Add this dataclass and every dataclass that its fields may hold."""
    if found.setdefault(shape.__name__, shape) is not shape:
        raise StorageError(f"two stored classes are named {shape.__name__}")
    for _, hint in _hinted(shape):
        for inner in _dataclasses_in(hint):
            if inner.__name__ not in found:
                _reach(inner, found)


def _dataclasses_in(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for arg in get_args(hint):
        yield from _dataclasses_in(arg)


_ROOTS = (Event, FromCitizen, FromOfficer, Letter)
_EVENTS = frozenset(one.__name__ for one in _members(Event))
_MESSAGES = frozenset({FromCitizen.__name__, FromOfficer.__name__})
_LETTERS = frozenset(one.__name__ for one in _members(Letter))
_SHAPES: dict[str, type] = {}
for _root in _ROOTS:
    for _shape in _members(_root):
        _reach(_shape, _SHAPES)
_ENCODERS: Mapping[str, Encode] = {name: _encoder(shape) for name, shape in _SHAPES.items()}
_DECODERS: Mapping[str, Decode] = {name: _decoder(shape) for name, shape in _SHAPES.items()}

"""What identifies the writer is taken out of a message before anything is kept or shown."""

from dataclasses import replace

from domain.reading import Entity, EntityType, Place, Reading, Value
from domain.schedule import Schedule

MASK = "[masqué]"


def mask_identity(text: str, reading: Reading) -> tuple[str, Reading, int]:
    """The text without what identifies its writer, the reading moved onto it, and how many passages were masked.

    No entity that remains overlaps a masked passage: offsets are those of the returned text.
    """
    hidden = reading.of(EntityType.IDENTITE_DECLARANT)
    if not hidden:
        return text, reading, 0
    pieces, cursor, moves = [], 0, []
    for entity in hidden:
        pieces += [text[cursor : entity.start], MASK]
        moves.append((entity.start, entity.end, len(MASK) - (entity.end - entity.start)))
        cursor = entity.end
    masked = "".join([*pieces, text[cursor:]])
    kept = (entity for entity in reading.entities if entity.type is not EntityType.IDENTITE_DECLARANT)
    moved = tuple(_moved(entity, moves, masked) for entity in kept if not _touches(entity.start, entity.end, moves))
    conduct = tuple(_moved_span(start, end, moves) for start, end in reading.conduct)
    return masked, replace(reading, entities=moved, conduct=conduct), len(hidden)


_Moves = list[tuple[int, int, int]]


def _touches(start: int, end: int, moves: _Moves) -> bool:
    return any(start < hidden_end and hidden_start < end for hidden_start, hidden_end, _ in moves)


def _moved_span(start: int, end: int, moves: _Moves) -> tuple[int, int]:
    """Where a span lies once the masks are in; a mask inside the span stays inside."""
    return (
        start + sum(shift for _, hidden_end, shift in moves if hidden_end <= start),
        end + sum(shift for _, hidden_end, shift in moves if hidden_end <= end),
    )


def _moved(entity: Entity, moves: _Moves, masked: str) -> Entity:
    start, end = _moved_span(entity.start, entity.end, moves)
    return replace(entity, start=start, end=end, text=masked[start:end], value=_value(entity.value))


def _value(value: Value) -> Value:
    """A resolved value was made from the unmasked text; only place and schedule fields are kept as they are."""
    return value if isinstance(value, Place | Schedule) else None

"""The protocols of the joint cells: `cells/<id>.toml`, read into domain.case.Cell and checked at start (port Cells)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from config.reading import Strict, read_record
from domain.case import Cell, Officer
from domain.errors import OperatorError
from domain.ids import CellId, OfficerId
from domain.questionnaire import Questionnaire

CELLS = Path(__file__).parent / "cells"


class _Officer(Strict):
    id: str = Field(pattern=r"^@[^:@\s]+:[^\s@]+$")
    service: str = Field(min_length=1)
    animateur: bool = False


class _Cell(Strict):
    name: str = Field(min_length=1)
    territory: str = Field(min_length=1)
    departements: list[str] = Field(default_factory=list)
    country: Literal["FR", "BE"] = "FR"
    questionnaire: str
    state: Literal["open", "suspended", "closed"] = "open"
    hours: str = ""
    retention_days: int = Field(default=90, ge=1, le=3650)
    alias_prefix: str = Field(default="S", pattern=r"^[A-Z]{1,4}$")
    officers: list[_Officer] = Field(min_length=1)


class CellBook:
    """The cells this house serves, the first one the default unless another is named."""

    def __init__(
        self, cells: Sequence[Cell], questionnaires: Mapping[str, Questionnaire], default: str | None = None
    ) -> None:
        if faults := list(_faults(cells, questionnaires, default)):
            raise OperatorError("\n".join(faults))
        self._cells = {cell.id: cell for cell in cells}
        self._questionnaires = questionnaires
        self._default = CellId(default) if default else cells[0].id

    def get(self, cell: CellId) -> Cell | None:
        """The cell of this id, None when this house does not serve it."""
        return self._cells.get(cell)

    def default(self) -> Cell:
        """The cell of those who come without a cell code."""
        return self._cells[self._default]

    def all(self) -> Sequence[Cell]:
        """Every cell, in the order of their files."""
        return tuple(self._cells.values())

    def questionnaire(self, cell: Cell) -> Questionnaire:
        """What this cell asks."""
        return self._questionnaires[cell.questionnaire]


def load_cell(path: Path) -> Cell:
    """The cell of one file. Raises OperatorError with every fault found in it."""
    record = read_record(path, _Cell)
    officers = tuple(Officer(OfficerId(one.id), one.service, one.animateur) for one in record.officers)
    return Cell(
        CellId(path.stem),
        record.name,
        record.territory,
        officers,
        record.questionnaire,
        state=record.state,
        hours=record.hours,
        departements=tuple(record.departements),
        country=record.country,
        retention_days=record.retention_days,
        alias_prefix=record.alias_prefix,
    )


def load_cells(
    questionnaires: Mapping[str, Questionnaire], folder: Path = CELLS, default: str | None = None
) -> CellBook:
    """Every cell of the folder. Raises OperatorError with the faults of all files."""
    paths = sorted(folder.glob("*.toml"))
    cells, faults = list[Cell](), list[str]()
    for path in paths:
        try:
            cells.append(load_cell(path))
        except OperatorError as error:
            faults.append(str(error))
    if not cells and not faults:
        faults.append(f"{folder}: at least one cell (.toml) is expected, none found; add one")
    if faults:
        raise OperatorError("\n".join([*faults, *_default_faults([path.stem for path in paths], default)]))
    return CellBook(cells, questionnaires, default)


def _faults(cells: Sequence[Cell], questionnaires: Mapping[str, Questionnaire], default: str | None) -> Iterator[str]:
    yield from _default_faults([str(cell.id) for cell in cells], default)
    for cell in cells:
        if cell.questionnaire not in questionnaires:
            yield (
                f"cells/{cell.id}.toml: questionnaire: one of {sorted(questionnaires)} expected, "
                f"{cell.questionnaire!r} came; correct it"
            )
        yield from _double_officers(cell)


def _default_faults(ids: Sequence[str], default: str | None) -> Iterator[str]:
    if default is not None and default not in ids:
        yield f"default cell: one of {ids} expected, {default!r} came; correct it or add cells/{default}.toml"


def _double_officers(cell: Cell) -> Iterator[str]:
    ids = [officer.id for officer in cell.officers]
    for one in dict.fromkeys(one for one in ids if ids.count(one) > 1):
        yield f"cells/{cell.id}.toml: officers: {one} is named {ids.count(one)} times; keep one"

"""The protocols of cells as operators write them."""

from pathlib import Path

import pytest

from config.cells import load_cell, load_cells
from config.questionnaires import load_questionnaires
from domain.errors import OperatorError
from domain.ids import CellId

QUESTIONNAIRES = load_questionnaires()
GOOD = """
name = "Cellule"
territory = "Ici"
questionnaire = "stupefiants"
[[officers]]
id = "@a:example"
service = "police"
"""


def test_the_example_cell_joins_three_services_at_accounts_that_do_not_exist() -> None:
    cell = load_cells(QUESTIONNAIRES).default()
    assert (cell.id, cell.country, cell.alias_prefix) == ("vaucluse", "FR", "S")
    assert {officer.service for officer in cell.officers} == {"police", "gendarmerie", "douanes"}
    assert all(officer.id.endswith(":example") for officer in cell.officers)
    assert sum(officer.is_animateur for officer in cell.officers) == 1


def test_the_default_cell_is_the_one_named(tmp_path: Path) -> None:
    for name in ("ain", "doubs"):
        (tmp_path / f"{name}.toml").write_text(GOOD, encoding="utf-8")
    book = load_cells(QUESTIONNAIRES, tmp_path, "doubs")
    assert book.default().id == "doubs"
    assert [cell.id for cell in book.all()] == ["ain", "doubs"]
    assert book.get(CellId("nulle-part")) is None
    assert book.questionnaire(book.default()).name == "stupefiants"


def test_what_is_not_said_has_a_careful_value(tmp_path: Path) -> None:
    (tmp_path / "ain.toml").write_text(GOOD, encoding="utf-8")
    cell = load_cell(tmp_path / "ain.toml")
    assert (cell.state, cell.retention_days, cell.country) == ("open", 90, "FR")


def test_every_fault_of_every_file_is_in_one_message(tmp_path: Path) -> None:
    wrong = GOOD.replace("@a:example", "a.martin").replace('"Ici"', '""') + "\n[mystere]\nx = 1\n"
    (tmp_path / "ain.toml").write_text(wrong, encoding="utf-8")
    (tmp_path / "doubs.toml").write_text(
        'country = "CH"\nretention_days = 0\nstate = "fermé"\n' + GOOD.replace('name = "Cellule"', ""), encoding="utf-8"
    )
    with pytest.raises(OperatorError) as caught:
        load_cells(QUESTIONNAIRES, tmp_path)
    for expected in ("ain.toml: officers.0.id", "ain.toml: territory", "ain.toml: mystere: unknown key",
                     "doubs.toml: country", "doubs.toml: retention_days", "doubs.toml: state",
                     "doubs.toml: name: a value is expected, none came"):  # fmt: skip
        assert expected in str(caught.value)


def test_unknown_questionnaires_double_officers_and_strange_defaults_are_named(tmp_path: Path) -> None:
    doubled = GOOD.replace("stupefiants", "armes") + '[[officers]]\nid = "@a:example"\nservice = "douanes"\n'
    (tmp_path / "ain.toml").write_text(doubled, encoding="utf-8")
    with pytest.raises(OperatorError) as caught:
        load_cells(QUESTIONNAIRES, tmp_path, "jura")
    for expected in (
        "default cell: one of ['ain'] expected, 'jura' came",
        "cells/ain.toml: questionnaire: one of ['stupefiants'] expected, 'armes' came",
        "cells/ain.toml: officers: @a:example is named 2 times; keep one",
    ):
        assert expected in str(caught.value)


def test_a_house_without_cells_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="at least one cell"):
        load_cells(QUESTIONNAIRES, tmp_path)

"""What programs that speak to us by lines see when a line is wrong."""

import pytest
from click.testing import CliRunner

from app.cli import main

WRONG = [
    (["parse"], '{"words": "canari"}'),
    (["parse"], '{"text": "canari", "at": "hier"}'),
    (["horaire"], '{"words": "canari"}'),
    (["horaire"], '{"text": "canari", "reference": "hier"}'),
    (["horaire"], "{canari"),
    (["chat", "--json"], '{"location": ["canari"]}'),
]


@pytest.mark.parametrize(("command", "line"), WRONG)
def test_a_wrong_line_ends_with_one_sentence_that_repeats_nothing(command: list[str], line: str) -> None:
    ended = CliRunner().invoke(main, command, input=f"{line}\n")
    assert ended.exit_code == 1
    assert isinstance(ended.exception, SystemExit)
    assert "docs/protocols.md" in ended.output
    assert "canari" not in ended.output


@pytest.mark.parametrize("command", ["parse", "horaire"])
def test_lines_are_answered_one_for_one(command: str) -> None:
    ended = CliRunner().invoke(main, [command], input="le matin\n\nle soir\n")
    assert ended.exit_code == 0
    assert len([line for line in ended.output.splitlines() if line.startswith("{")]) == 2

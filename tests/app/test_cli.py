"""What a command brings into its process, and how an unknown one is answered."""

import subprocess
import sys

from click.testing import CliRunner

from app.cli import main


def test_a_line_protocol_does_not_bring_the_whole_house() -> None:
    """Databases and platforms are 90 MB and 1.7 s, which `guichet parse` has no use for."""
    code = (
        "import sys; from app.cli import main; main(['parse'], standalone_mode=False);"
        "sys.exit(any(m in sys.modules for m in ('nio', 'sqlalchemy', 'telegram', 'starlette', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, check=False).returncode == 0


def test_operators_commands_are_there_when_asked_for() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    assert all(name in listed for name in ("parse", "keys", "supervisor", "matrix", "retention"))
    assert CliRunner().invoke(main, ["supervisor", "add", "--help"]).exit_code == 0


def test_an_unknown_command_is_refused() -> None:
    answer = CliRunner().invoke(main, ["supervisr"])
    assert answer.exit_code == 2
    assert "supervisr" in answer.output

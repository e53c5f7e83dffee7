"""Documents say what the house is: drawn pages are fresh, links lead somewhere, settings and commands are all there."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel, SecretStr

from app.cli import main
from config.settings import Settings
from domain.events import Event
from domain.messages import Mark
from domain.policy.officer import CHANGING
from tests.house.sources import ROOT, committed, documents, modules, text_of

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
ANSWERED = ("aide", "statut", "resume", "renvoyer")
"""Commands that change nothing; the others are the keys of domain.policy.officer.CHANGING."""
OPERATIONS = Path("docs/operations.md")
DRAWN = {
    "draw_phases": "docs/phases.md",
    "list_events": "docs/events.md",
    "index_decisions": "docs/decisions/README.md",
}


# --- drawn pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("script", DRAWN)
def test_drawn_pages_are_fresh(script: str) -> None:
    """`scripts/<name>.py` writes the page again."""
    assert (ROOT / DRAWN[script]).read_text(encoding="utf-8") == _script(script).page()


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_event_has_a_docstring_of_its_own() -> None:
    """docs/events.md is made of them; a dataclass without one would show its signature."""
    assert [event.__name__ for event in Event.__args__ if (event.__doc__ or "").startswith(f"{event.__name__}(")] == []


# --- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", documents(), ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in _links(page) if not _resolves(page, link)] == []


def _links(page: Path) -> Iterator[str]:
    prose = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    for plain, picture in LINK.findall(prose):
        yield plain or picture


def _resolves(page: Path, link: str) -> bool:
    if link.startswith(("http://", "https://", "mailto:")):
        return True
    target, _, anchor = link.partition("#")
    path = (ROOT / page).parent / target if target else ROOT / page
    return path.exists() and (not anchor or anchor in _anchors(path))


def _anchors(path: Path) -> set[str]:
    """Headings as the usual renderers name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_pages_named_in_the_code_exist() -> None:
    named = {
        (str(path), found.rstrip("."))
        for path in modules()
        for found in re.findall(r"docs/[\w/-]+(?:\.md)?", text_of(path))
    }
    missing = [pair for pair in named if not _is_a_page(pair[1])]
    assert missing == []


def _is_a_page(name: str) -> bool:
    """A page, a folder, or the number of a decision."""
    path = ROOT / name
    return path.exists() or (path.parent.is_dir() and any(path.parent.glob(f"{path.name}*.md")))


def test_pictures_are_light() -> None:
    pictures = [path for path in committed() if path.parts[:2] == ("docs", "img")]
    assert pictures
    assert [str(path) for path in pictures if (ROOT / path).stat().st_size > 300_000] == []


# --- settings --------------------------------------------------------------------------------------


def test_every_setting_is_documented_with_its_default() -> None:
    """docs/operations.md has a row for each, and no other."""
    assert dict(_documented()) == dict(_settings())


def test_every_setting_does_something() -> None:
    """Each is read by the wiring, the checks or a property of the settings."""
    source = "\n".join(
        text_of(path) for path in modules() if path.parts[0] == "app" or path.stem in ("settings", "faults")
    )
    assert [name for name, _ in _settings() if not re.search(rf"\.{name.rpartition('.')[2]}\b", source)] == []


def _documented() -> Iterator[tuple[str, str]]:
    chapter = text_of(OPERATIONS).split("\n## Settings\n")[1].split("\n## ")[0]
    for name, default in re.findall(r"^\| `([\w.]+)` \| (.+?) \|", chapter, re.MULTILINE):
        yield name, default.strip("`")


def _settings() -> Iterator[tuple[str, str]]:
    for name, value in Settings.model_construct():
        if isinstance(value, BaseModel):
            yield from ((f"{name}.{key}", _shown(one)) for key, one in value)
        else:
            yield name, _shown(value)


def _shown(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    assert not isinstance(value, SecretStr)
    return str(value) or "empty"


# --- commands --------------------------------------------------------------------------------------


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that lead to it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


COMMANDS = dict(commands())


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0
    assert COMMANDS[words].help
    assert all(
        option.help for option in COMMANDS[words].params if isinstance(option, click.Option) and option.prompt is None
    )


def test_every_command_is_in_the_operators_guide_and_no_other() -> None:
    chapter = text_of(OPERATIONS).split("\n## Commands\n")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `guichet ([\w -]+)`", chapter, re.MULTILINE))
    assert documented == {" ".join(words) for words in COMMANDS}


# --- dependencies, glossary, deployment --------------------------------------------------------------


def test_every_dependency_says_what_it_spares_us() -> None:
    wanted = tomllib.loads(text_of(Path("pyproject.toml")))["project"]
    named = [
        *wanted["dependencies"],
        *wanted["optional-dependencies"]["dev"],
        *wanted["optional-dependencies"]["torch"],
        *wanted["optional-dependencies"]["train"],
    ]
    page = text_of(Path("docs/dependencies.md"))
    rows = re.findall(r"^\| ([\w., -]+?) \|", page, re.MULTILINE)
    told = {name.strip() for row in rows for name in row.split(",")}
    assert sorted({re.split(r"[\[<>=~!]", name)[0] for name in named} - told) == []


def test_the_glossary_has_each_word_once() -> None:
    words = re.findall(r"^\| ([^|]+?) \|", text_of(Path("docs/glossary.md")), re.MULTILINE)[2:]
    assert len(words) > 50
    assert sorted(words) == sorted(set(words))


def test_alerts_and_guide_name_only_metrics_that_exist() -> None:
    code = "\n".join(text_of(path) for path in modules() if path.parts[0] == "web")
    known = set(re.findall(r'"(guichet_\w+)"', code))
    counted = re.findall(r'^    "(\w+)": "', code.split("COUNTED:")[1].split("})")[0], re.MULTILINE)
    known |= {f"guichet_{name}_total" for name in counted}
    named = set(re.findall(r"\bguichet_[a-z_]+\b", text_of(Path("deploy/alerts.yml")) + text_of(OPERATIONS)))
    assert known
    assert named <= known


def test_the_officers_guide_lists_every_command_and_mark() -> None:
    page = text_of(Path("docs/officers.md"))
    assert [name for name in (*CHANGING, *ANSWERED) if f"`!{name}" not in page] == []
    assert [mark.value for mark in Mark if f"| {mark.value} |" not in page] == []


def test_every_reason_of_not_being_ready_is_explained() -> None:
    """What /readyz may say stands in the operator's guide."""
    matrix = re.findall(r'^            "(\w+)": ', text_of(Path("bots/matrix/health.py")), re.MULTILINE)
    named = [*matrix, "telegram-silent", "store-gone"]
    assert len(named) > 4
    assert [name for name in named if f"`{name}`" not in text_of(OPERATIONS)] == []

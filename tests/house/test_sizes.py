"""How long functions and modules are: printed at every run (-s shows it), so that a slide is seen the day it starts."""

from pathlib import Path
from statistics import median

from tests.house.sources import functions, modules, text_of

LONGEST_FUNCTION = 60
SHORT_FUNCTION = 30
SHORT_SHARE = 0.9
LONGEST_MODULE = 400

LONGER = {
    "domain/events.py": 480,
    "domain/policy/citizen.py": 700,
    "handlers/ports.py": 550,
    "nlu/identity.py": 460,
    "nlu/intents.py": 450,
    "nlu/persons.py": 560,
    "nlu/places.py": 620,
}
"""Modules above the limit and how far they may grow: lists of small things that belong together, or due to be split."""


def test_functions_stay_small() -> None:
    """None above sixty lines, nine in ten under thirty; migrations are scripts of the tool that writes them."""
    lengths = {
        f"{path}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in modules()
        if "migrations" not in path.parts
        for function in functions(path)
    }
    short = sum(length <= SHORT_FUNCTION for length in lengths.values()) / len(lengths)
    print(f"{len(lengths)} functions, median {median(lengths.values())} lines, {short:.1%} of at most {SHORT_FUNCTION}")
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert short >= SHORT_SHARE


def test_modules_stay_one_noun() -> None:
    lengths = {path: text_of(path).count("\n") for path in modules()}
    print(f"{len(lengths)} modules, median {median(lengths.values())} lines, longest {max(lengths.values())}")
    assert {str(path): length for path, length in lengths.items() if length > limit_of(path)} == {}


def test_the_list_of_longer_modules_is_not_longer_than_needed() -> None:
    """A module that came back under the limit leaves the list."""
    assert [name for name in LONGER if text_of(Path(name)).count("\n") <= LONGEST_MODULE - 50] == []


def limit_of(path: Path) -> int:
    """How long this module may be."""
    return LONGER.get(str(path), LONGEST_MODULE)


def test_every_module_says_what_it_is() -> None:
    silent = [str(path) for path in modules() if text_of(path).strip() and not text_of(path).lstrip().startswith('"""')]
    assert silent == []

"""The words of the reader: text files that an operator or a linguist can edit (syntax: nlu/phrases.py)."""

from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of a lexicon file that are neither blank nor comments, UTF-8."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set: how small closed lists are written in this package."""
    return frozenset(text.split())

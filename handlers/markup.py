"""The safe subset of HTML that rooms read; everything that people wrote is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape

GREY = "#777777"


def words(text: str) -> str:
    """People's words: escaped, lines kept."""
    return escape(text, quote=False).replace("\n", "<br>")


def named(name: str, text: str) -> str:
    """A speaker and what was said."""
    return f"<strong>{words(name)}</strong> : {words(text)}"


def grey(text: str) -> str:
    """A line that stands back."""
    return f'<font color="{GREY}">{words(text)}</font>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table."""
    top = "".join(f"<th>{words(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{words(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"

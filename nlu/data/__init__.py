"""Lists built once by the scripts (see README.md beside this file), and how they are opened."""

import gzip
from functools import cache
from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of a packed UTF-8 list."""
    return gzip.decompress(files(__name__).joinpath(name).read_bytes()).decode().splitlines()


@cache
def ordinary_words() -> frozenset[str]:
    """The folded ordinary words of French: a word outside may be a name, a place or a misspelling."""
    return frozenset(lines("words.txt.gz"))

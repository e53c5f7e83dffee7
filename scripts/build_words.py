"""Writes nlu/data/words.txt.gz: the ordinary words of French, so that a word outside the list may be a name.

    python scripts/build_words.py FOLDER

FOLDER holds fr_debats_an.txt.gz, fr_libretheatre.txt.gz and fr_gutenberg.txt.gz (UTF-8, a sentence a line; Common Voice
text collections: CC0 and public domain). A word is ordinary when it is written in lower case at least 12 times, and
more often than with a capital.
"""

import gzip
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "nlu" / "data" / "words.txt.gz"
SOURCES = ("fr_debats_an.txt.gz", "fr_libretheatre.txt.gz", "fr_gutenberg.txt.gz")
OFTEN = 12


def folded(word: str) -> str:
    """Lower case, without accents."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def ordinary(folder: Path) -> list[str]:
    """The ordinary words, folded and sorted; a capital that opens the sentence does not count."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for source in SOURCES:
        with gzip.open(folder / source, "rt", encoding="utf-8") as lines:
            for line in lines:
                for word in re.findall(r"[^\W\d_]+", line)[1:]:
                    (lower if word.islower() else capital)[folded(word)] += 1
    return sorted(w for w, n in lower.items() if n >= OFTEN and n > capital[w] and len(w) > 1)


def main() -> None:
    """Writes the file, with a fixed time stamp so that the same texts give the same bytes."""
    with gzip.GzipFile(TARGET, "wb", mtime=0) as file:
        file.write(("\n".join(ordinary(Path(sys.argv[1]))) + "\n").encode())


if __name__ == "__main__":
    main()

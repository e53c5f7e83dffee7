"""Names that no list holds: words that are no French, and what is written in one go ("loup.des.mers29")."""

import re

from nlu import data
from nlu.spelling import mended
from nlu.wording import MARKS, MASKED, Wording, spellings

_FELT = re.compile(r"(?:é|ée|és|ées|er|ment|mant|man|ette|eu|euse|eux|ante?|ente?)$")
_JOINTS = frozenset(".-_")


def are_two_strangers(wording: Wording, first: int, end: int) -> bool:
    """ "je suis kylian pouget": two words that are no French, and nothing goes on after them."""
    is_alone = wording.word(end) in ("", *MARKS, MASKED)
    return end - first == 2 and is_alone and not any(_is_french(wording, i) for i in range(first, end))


def _is_french(wording: Wording, index: int) -> bool:
    """Whether a word is one of the dictionary, or ends as a feeling does ("stréssé", "inquiette")."""
    word, typed = wording.words[index], wording.original[wording.starts[index] : wording.ends[index]].lower()
    return word in data.ordinary_words() or word in spellings() or bool(_FELT.search(typed)) or mended(word) != word


def unbroken(wording: Wording, end: int) -> int:
    """Where a name ends that is written in one go: "loup.des.mers29", but not "Marc.Karim vend"."""
    starts, ends, original = wording.starts, wording.ends, wording.original
    while (
        end + 1 < len(wording)
        and starts[end] == ends[end - 1]
        and starts[end + 1] == ends[end]
        and original[starts[end] : ends[end]] in _JOINTS
        and (not wording.capital(end + 1) or len(wording.word(end + 1)) == 1)
    ):
        end += 2
    return end

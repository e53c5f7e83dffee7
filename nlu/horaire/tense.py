"""Whether a testimony speaks of what was or of what will be; it decides what a bare "mardi" means."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"(?<!ca )\b(?:vont|va|vais|allons|allaient|allait|aura|auront|sera|seront|prochaine?s?|demain|bientot|prevue?s?|"
    r"doivent|doit|rendez-vous|rdv|\w{2,}(?:eront|iront|dront|rront))\b"
)


_PAST = re.compile(
    r"\b(?:ont|ete|vue?s?|eu|hier|derni\w+|passee?s?|avons|\w{2,}(?:ait|aient|erent|irent)|"
    r"sont (?:venus|arrives|partis|passes))\b"
)


def speaks_of_past(sentence: str) -> bool:
    """Whether the folded sentence tells what happened."""
    return _PAST.search(sentence) is not None


def speaks_of_future(sentence: str) -> bool:
    """Whether the folded sentence announces something."""
    return _FUTURE.search(sentence) is not None

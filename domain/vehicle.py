"""What is said of a vehicle, put together: a plate that is put right leaves its make and colour as they were."""

import re

_PLATE = re.compile(
    r"(?<![\w-])(?:[a-z]{2}[\s.-]?\d{3}[\s.-]?[a-z]{2}|\d{1,4}\s?[a-z]{2,3}\s?\d{2}|[1-9][\s.-]?[a-z]{3}[\s.-]?\d{3})(?![\w-])",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:(?:c'est|la|plaque|immatricul\w*|est|:)\s*)*", re.IGNORECASE)


def with_plate(held: str, newer: str) -> str:
    """`newer` in the place of `held`; where `newer` is but a plate, `held` with that plate."""
    plate = _PLATE.search(newer)
    if plate is None or _BARE.sub("", newer.replace(plate[0], "")).strip(" ,."):
        return newer
    if _PLATE.search(held):
        return _PLATE.sub(lambda _: plate[0], held)
    return f"{held}, {plate[0]}"

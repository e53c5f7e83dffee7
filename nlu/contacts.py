"""Phones, e-mails, handles, links and plates: found by form, never cut, never left to a model.

Spans are offsets of the original text. Whose they are (the traffickers' or the writer's) is judged in nlu/identity.py.
"""

import re
from dataclasses import dataclass

import phonenumbers

from nlu.data import ordinary_words
from nlu.folding import Folded
from nlu.lexicon import words
from nlu.wording import Wording, spellings

_PHONE = re.compile(
    r"(?<![\w/])(?:(?:\+|00)\s?(?:33|32|352|41|49|31|34)[\s.\-/]?(?:\(0\)[\s.\-]?)?\d(?:[\s.\-/]{0,2}[\dx*]){7,9}"
    r"|0[\s.\-/]{0,2}\d(?:[\s.\-/]{0,2}[\dx*]){6,8})(?![\w])"
)
_MAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9](?:[\w.+-]{0,62}\w)?\s?(?:@|\(at\)|\[at\]|\(a\)|\s(?:arobase|arobas|at)\s)\s?[a-z0-9-]+(?:\.[a-z0-9-]+)+"
)
_SPOKEN_MAIL = re.compile(
    r"(?<!\w)[a-z0-9][\w.-]{0,63}(?: (?:point|tiret|underscore|tiret du bas) [a-z0-9]{1,64}){0,6} "
    r"(?:arobase|arobas) "
    r"[a-z0-9]{1,64}(?: tiret [a-z0-9]{1,64}){0,4} point [a-z]{2,5}"
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?:t\.me|wa\.me|bit\.ly|discord\.gg|instagram\.com|snapchat\.com)/[^\s<>\"]+"
)
_PLATFORMS = (
    r"(?:snapchat|snap|instagram|insta|ig|telegramme|telegram|tele|tg|signal|whatsapp|whatsap|wathsapp|watsapp|watsap|"
    r"whats app|wsp|tiktok|tik tok|potato|threema|wechat|wickr|discord|facebook|fb|messenger|session|viber|twitter|"
    r"element|olvid)"
)
_PLATFORM = re.compile(_PLATFORMS)
_JOIN = r"(?:\s?[:=]\s?|\s+(?:c'est\s+|est\s+|au\s+|sous le nom\s+|le compte\s+|compte\s+|du nom de\s+)?)"
_HANDLE = r"@?[a-z0-9][\w.\-]{2,40}[a-z0-9_]"
_NAMED_HANDLE = re.compile(rf"(?<!\w){_PLATFORMS}{_JOIN}(?P<handle>{_HANDLE})")
_AT_HANDLE = re.compile(r"(?<![\w.])@[a-z0-9_][\w.]{2,40}(?:\s+sur\s+" + _PLATFORMS + r"\b)?")
_LONE_HANDLE = re.compile(
    r"(?<![\w@.'’-])(?:[a-z][a-z0-9.]*_[a-z0-9_.]*[a-z0-9]|[a-z]{2,}\.[a-z]{3,}\d{2,})(?:\s+sur\s+"
    + _PLATFORMS
    + r"\b)?(?![\w])"
)
_PLATFORM_BEFORE = re.compile(rf"(?<!\w){_PLATFORMS}(?:\s?:)?\s+(?:au\s+|le\s+)?$")
_PLATFORM_AFTER = re.compile(r"\s+(?:sur\s+)?(?:whatsapp|whatsap|signal|telegram)\b")
_PLATES = re.compile(
    r"(?<![\w-])(?:"
    r"[a-hj-np-tv-z]{2}[\s.-]?\d{3}[\s.-]?[a-hj-np-tv-z]{2}"  # FR SIV
    r"|\d{1,4}\s?[a-z]{2,3}\s?(?:\d\d|2a|2b)"  # FR FNI
    r"|[1-9][\s.-]?[a-z]{3}[\s.-]?\d{3}|[a-z]{3}[\s.-]\d{3}(?=\D|$)"  # BE
    r"|\d[\s.-]?[a-z*]{3}[\s.-]?[\d*]{3}"
    r")(?![\w-])"
)
_SIV = re.compile(r"[a-z]{2}[\s.-]?\d{3}[\s.-]?[a-z]{2}|[1-9]-[a-z]{3}-\d{3}")
_DIGITS = words(
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente "
    "quarante cinquante soixante septante octante huitante nonante et"
)
_SPOKEN_LEAST = 5


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody: `kind` is phone, mail, handle or link; `value` its plain form."""

    kind: str
    start: int
    end: int
    value: str


def find_contacts(folded: Folded, wording: Wording) -> list[Contact]:
    """Every phone, e-mail, handle and link, in order and not overlapping."""
    found = [*_mails(folded), *_links(folded), *_phones(folded), *_spoken(wording), *_handles(folded)]
    kept: list[Contact] = []
    for contact in found:
        if all(contact.end <= other.start or contact.start >= other.end for other in kept):
            kept.append(contact)
    return sorted(kept, key=lambda contact: contact.start)


def _made(kind: str, folded: Folded, start: int, end: int, value: str) -> Contact:
    return Contact(kind, *folded.span(start, end), value)


def _mails(folded: Folded) -> list[Contact]:
    return [
        _made("mail", folded, *m.span(), m[0].replace(" ", ""))
        for pattern in (_MAIL, _SPOKEN_MAIL)
        for m in pattern.finditer(folded.text)
    ]


def _links(folded: Folded) -> list[Contact]:
    found = []
    for match in _LINK.finditer(folded.text):
        end = match.start() + len(match[0].rstrip(".,;:!?)"))
        before = _PLATFORM_BEFORE.search(folded.text, 0, match.start())
        start = before.start() if before else match.start()
        found.append(_made("link", folded, start, end, match[0]))
    return found


def _phones(folded: Folded) -> list[Contact]:
    found = []
    for match in _PHONE.finditer(folded.text):
        number = _international(match[0])
        if number is None:
            continue
        before = _PLATFORM_BEFORE.search(folded.text, max(0, match.start() - 20), match.start())
        after = _PLATFORM_AFTER.match(folded.text, match.end())
        start = before.start() if before else match.start()
        found.append(_made("phone", folded, start, after.end() if after else match.end(), number))
    return found


def _international(text: str) -> str | None:
    """The number as +33..., with its unknown digits kept; None when it cannot be a number of France or Belgium."""
    digits = re.sub(r"[^\d+x*]", "", text)
    if "x" in digits or "*" in digits:
        return digits if len(digits) >= 9 else None
    for region in ("FR", "BE"):
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _spoken(wording: Wording) -> list[Contact]:
    """ "zero six trente-neuf quatre-vingt-dix-huit zero sept onze"."""
    found, index = [], 0
    while index < len(wording):
        after = index
        if wording.word(index) in ("zero", "06", "07", "o6", "o7"):
            while wording.word(after) in _DIGITS or re.fullmatch(r"\d\d?|,", wording.word(after)):
                after += 1
        while after > index and wording.word(after - 1) in (",", "et"):
            after -= 1
        if after - index >= _SPOKEN_LEAST:
            said = " ".join(wording.words[index:after])
            found.append(Contact("phone", *wording.span(index, after), said))
        index = max(after, index + 1)
    return found


def _handles(folded: Folded) -> list[Contact]:
    found = [
        _made("handle", folded, m.start(), m.end("handle"), m["handle"])
        for m in _NAMED_HANDLE.finditer(folded.text)
        if _is_handle(m["handle"])
    ]
    for pattern in (_AT_HANDLE, _LONE_HANDLE):
        found += [_made("handle", folded, *m.span(), m[0]) for m in pattern.finditer(folded.text)]
    return found


def _is_handle(word: str) -> bool:
    if re.search(r"[\d_@.]", word):
        return not re.fullmatch(r"\d{1,2}[h:]\d{0,2}|\d+|.*\.{2,}.*", word)
    return word not in ordinary_words() and word not in spellings() and not _PLATFORM.fullmatch(word)


def find_plates(folded: Folded, original: str) -> list[tuple[int, int]]:
    """Original spans of whole number plates."""
    return [
        folded.span(*match.span())
        for match in _PLATES.finditer(folded.text)
        if re.search(r"[a-z]", match[0])
        and not re.search(r"\d\s?(?:h|ans|min|eur|fois|kg|km)", match[0])
        and (_SIV.fullmatch(match[0]) or _is_upper(original, *folded.span(*match.span())))
    ]


def _is_upper(original: str, start: int, end: int) -> bool:
    return original[start:end].upper() == original[start:end]

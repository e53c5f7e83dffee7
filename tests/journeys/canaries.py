"""A person who must not be found anywhere, everything that one can do on Telegram, and the search for traces."""

import base64
import hashlib
import io
import json
import secrets
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import ExifTags, Image

from tests.telegram_server import Citizen, Stage

USER_ID, STRANGER_ID = 734_509_182_645_917, 681_273_459_917_203
FIRST, LAST = "Apolline", "Zyxonberg"
PHONE, SPOKEN_PHONE = "+33612987654", "06 12 98 76 54"
EMAIL = "a.zyxonberg77@exemple.fr"
LIVE, HOME, VENUE = (43.949317, 4.805528), (43.957441, 4.829913), (43.931183, 4.851627)
STRANGER = {
    "id": STRANGER_ID, "is_bot": False, "first_name": "Barnabe-Quokka", "last_name": "Wurtzheim",
    "username": "wurtzheim_quokka",
}  # fmt: skip

IDENTITY: Mapping[str, str] = {
    "user id": str(USER_ID), "first name": FIRST, "last name": LAST, "username": "zyxon_apo_77",
    "language code": "fr-ZQ", "biography": "bio-xylophoniste", "phone": "612987654", "spoken phone": SPOKEN_PHONE,
    "e-mail": EMAIL, "start payload": "PAYLOADzyx77", "forwarded user id": str(STRANGER_ID),
    "forwarded first name": "Barnabe-Quokka", "forwarded last name": "Wurtzheim",
    "forwarded username": "wurtzheim_quokka", "hidden author": "Auteur Cacatoes",
    "card first name": "Carte-Perroquet", "card phone": "698123457", "vcard": "ORG:Volière Zyx",
    "document name": "releve-zyxonberg.pdf", "document bytes": "contenu-du-document-zyx",
    "music title": "Ballade de Zyx", "voice bytes": "voix-de-zyx", "video bytes": "film-de-zyx",
    "round video bytes": "rond-de-zyx", "sticker bytes": "vignette-de-zyx",
    "venue title": "Perchoir de Zyx", "venue address": "3 impasse du Zyx", "poll question": "Sondage de Zyx",
    "poll option": "Option Zyx", "photo artist": "ARTISTEZYX", "photo comment": "COMMENTAIREZYX",
    "photo map datum": "DATUMZYX", "photo description": "DESCRIPTIONZYX", "signature": "Signature Zyx",
    "live latitude": str(LIVE[0]), "home latitude": str(HOME[0]), "venue latitude": str(VENUE[0]),
}  # fmt: skip
"""What must be nowhere, sealed or not."""

NUMBERS = {"user id": USER_ID, "forwarded user id": STRANGER_ID}
PLACES = {"live latitude": LIVE[0], "home latitude": HOME[0], "venue latitude": VENUE[0]}


@dataclass(frozen=True)
class Needle:
    """One thing to look for, in every form in which a program might have written it down."""

    what: str
    forms: tuple[bytes, ...]

    def is_in(self, haystack: bytes) -> bool:
        """Whether any form stands there."""
        return any(form in haystack for form in self.forms)


def needle(what: str, text: str) -> Needle:
    """The needle of these words."""
    raw = text.encode()
    forms = {raw, json.dumps(text)[1:-1].encode(), text.encode("utf-16-le"), quote(text).encode()}
    forms |= {raw.hex().encode(), raw.hex().upper().encode(), *_base64(raw)}
    if what in NUMBERS:
        forms |= _of_number(NUMBERS[what])
    if what in PLACES:
        forms |= {struct.pack(order, PLACES[what]) for order in (">d", "<d")}
    return Needle(what, tuple(sorted(forms)))


def _base64(raw: bytes) -> Iterable[bytes]:
    """Base64 of `raw` wherever it begins in a longer text: the characters that hold none of its neighbours."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw)
        yield encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


def _of_number(number: int) -> set[bytes]:
    """As binary numbers (seven bytes hold it), and the hashes that anybody could compute from it."""
    texts = (str(number).encode(), f"telegram:{number}".encode())
    digests = [hashlib.new(kind, text).digest() for kind in ("md5", "sha1", "sha256") for text in texts]
    hexes = [digest.hex().encode() for digest in digests]
    return {number.to_bytes(7, "big"), number.to_bytes(7, "little"), *digests, *hexes}


NOBODY: tuple[Needle, ...] = tuple(needle(what, text) for what, text in IDENTITY.items())


def traces(needles: Iterable[Needle], haystacks: Mapping[str, bytes]) -> list[str]:
    """What was found where; [] when all is well."""
    return [f"{one.what} in {where}" for one in needles for where, content in haystacks.items() if one.is_in(content)]


def files_under(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, as it lies on the disk."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- the person ------------------------------------------------------------------------------------


def nobody(stage: Stage) -> Citizen:
    """The person, with everything that Telegram tells a bot of somebody."""
    citizen = Citizen(stage, USER_ID, FIRST, LAST, "zyxon_apo_77", "fr-ZQ", is_premium=True, phone=PHONE)
    citizen.user["bio"] = "bio-xylophoniste"
    return citizen


def photo() -> bytes:
    """A JPEG that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "ARTISTEZYX"
    exif[ExifTags.Base.ImageDescription] = "DESCRIPTIONZYX"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (43.0, 56.0, 58.0)
    place[ExifTags.GPS.GPSMapDatum] = "DATUMZYX"
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(out, "JPEG", exif=exif, comment=b"COMMENTAIREZYX")
    return out.getvalue()


# --- everything a citizen can do ---------------------------------------------------------------------

Act = Callable[[Citizen, str], Awaitable[object]]
"""Do one kind of thing; the second argument is a word that must be found in no log line."""


async def _says(citizen: Citizen, word: str) -> None:
    await citizen.says(f"Je m'appelle {FIRST} {LAST}, le vendeur est là {word}")
    await citizen.says(f"mon numéro est le {SPOKEN_PHONE} et mon mail {EMAIL}, c'est {word}")


async def _posts(citizen: Citizen, word: str) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 4, "user": STRANGER}
    await citizen.posts({"text": f"Lui, il guette {word}", "entities": [mention], "author_signature": "Signature Zyx"})
    card = {"phone_number": "+33698123457", "first_name": "Carte-Perroquet", "vcard": "ORG:Volière Zyx"}
    await citizen.posts({"contact": card, "caption": word})
    shared = {"user_id": STRANGER_ID, "first_name": "Barnabe-Quokka", "username": "wurtzheim_quokka"}
    await citizen.posts({"users_shared": {"request_id": 7, "users": [shared]}})


async def _edits(citizen: Citizen, word: str) -> None:
    said = await citizen.says(f"La voiture est rouge {word}")
    await citizen.edits(said, f"La voiture est bleue {word}, je m'appelle {FIRST} {LAST}")


async def _forwards(citizen: Citizen, word: str) -> None:
    await citizen.forwards(f"Ils livrent le mardi {word}", STRANGER)
    await citizen.forwards(f"Ils cachent tout dans la cave {word}", "Auteur Cacatoes")


async def _moves(citizen: Citizen, word: str) -> None:
    place = await citizen.sends_location(*LIVE, live_s=900)
    await citizen.moves(place, LIVE[0], LIVE[1] + 0.001)


async def _not_the_place(citizen: Citizen) -> None:
    """A pin is the writer's own until they say that it is the place of the facts."""
    asked = await citizen.hears(lambda message: "Non" in message.labels, 60)
    await citizen.taps("Non", asked)


async def _pins(citizen: Citizen, word: str) -> None:
    await citizen.sends_location(*HOME)
    await _not_the_place(citizen)


async def _names_a_place(citizen: Citizen, word: str) -> None:
    await citizen.sends_venue("Perchoir de Zyx", "3 impasse du Zyx", *VENUE)
    await _not_the_place(citizen)


async def _cards(citizen: Citizen, word: str) -> None:
    await citizen.sends_contact()
    await citizen.sends_contact("+33698123457", "Carte-Perroquet")


async def _reacts(citizen: Citizen, word: str) -> None:
    await citizen.reacts((await citizen.messages())[-1])


async def _erases(citizen: Citizen, word: str) -> None:
    await citizen.erases(await citizen.says(f"Je reviens plus tard {word}"))


async def _taps(citizen: Citizen, word: str) -> None:
    """An old button, from a screen that was not refreshed."""
    asked = next(message for message in await citizen.messages() if message.buttons)
    await citizen.taps(asked.labels[0], asked, stale=True)


ACTS: Mapping[str, Act] = {
    "exists": lambda citizen, word: citizen.exists(),
    "starts": lambda citizen, word: citizen.starts("PAYLOADzyx77"),
    "says": _says,
    "says_at_length": lambda citizen, word: citizen.says_at_length(f"Il vend toujours là {word} " * 200),
    "posts": _posts,
    "edits": _edits,
    "forwards": _forwards,
    "sends_location": _pins,
    "moves": _moves,
    "sends_venue": _names_a_place,
    "sends_contact": _cards,
    "sends_photo": lambda citizen, word: citizen.sends_photo(photo(), f"La voiture {word}"),
    "sends_album": lambda citizen, word: citizen.sends_album([photo(), photo()], f"Deux vues {word}"),
    "sends_document": lambda citizen, word: citizen.sends_document(
        b"contenu-du-document-zyx", "releve-zyxonberg.pdf", "application/pdf", f"Voir {word}"
    ),
    "sends_audio": lambda citizen, word: citizen.sends_audio(title="Ballade de Zyx"),
    "sends_voice": lambda citizen, word: citizen.sends_voice(b"OggS voix-de-zyx"),
    "sends_video": lambda citizen, word: citizen.sends_video(b"ftyp film-de-zyx", f"Le film {word}"),
    "sends_video_note": lambda citizen, word: citizen.sends_video_note(b"ftyp rond-de-zyx"),
    "sends_sticker": lambda citizen, word: citizen.sends_sticker(b"RIFF vignette-de-zyx"),
    "sends_poll": lambda citizen, word: citizen.sends_poll("Sondage de Zyx", ["Option Zyx", f"Autre {word}"]),
    "sends_dice": lambda citizen, word: citizen.sends_dice(),
    "taps": _taps,
    "reacts": _reacts,
    "erases": _erases,
    "blocks_bot": lambda citizen, word: citizen.blocks_bot(),
    "unblocks_bot": lambda citizen, word: citizen.unblocks_bot(),
}  # fmt: skip
"""By the names of Citizen's methods, in an order in which all can be done."""

LISTENING = frozenset({"hears", "hears_several", "journal", "messages", "screen", "unheard"})
LAST_ACT = "deletes_account"


def fresh_word() -> str:
    """A word that stands nowhere yet."""
    return "mot" + secrets.token_hex(6)

"""The language of a message: fr, en, nl or another, from its smallest words."""

import re

from nlu.wording import Wording

_SMALL = {
    "fr": "le la les un une des du de je il elle on nous vous ils est sont pas qui que dans sur avec pour et ou au aux "
    "ca mon ma mes c j l d y a en oui non merci bonjour bonsoir depuis tous toujours chez rue",
    "en": "the a an is are was were i he she they we you of in on with and or for to at my his her their from this "
    "that there selling sells sell someone please help not do does can have has hello thanks every night street",
    "nl": "de het een is zijn ik hij zij wij jij van in op met en of voor naar bij mijn niet dat dit er ze je verkoopt "
    "verkopen iemand elke avond straat goedendag bedankt dank geen ook kan weet hier politie",
    "de": "der die das ein eine ist sind ich er sie wir und oder mit fur auf bei nicht jeden abend weiss leider hier",
    "es": "el los las una es son yo ellos que en con y o por para no hay vende venden todas noches calle esta",
    "it": "il lo gli una e sono io lui loro che in con per non vendono vende sotto casa ogni sera stanno",
    "pt": "o os uma e sao eu ele eles que em com por para nao vende vendem todas noites rua esta alguem bom dia",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _SMALL.items()}
_FOREIGN_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u0fff\u3040-\u9fff\uac00-\ud7af]")
_ENOUGH = 2


def language(wording: Wording) -> str:
    """ "fr", "en", "nl" or "other"; French when nothing speaks for another language."""
    letters = [char for char in wording.original if char.isalpha()]
    foreign = sum(bool(_FOREIGN_SCRIPT.match(char)) for char in letters)
    if letters and foreign > len(letters) / 2:
        return "other"
    counts = {lang: sum(word in small for word in wording.words) for lang, small in _SETS.items()}
    best = max(counts, key=lambda lang: (counts[lang], lang == "fr"))
    if counts[best] < _ENOUGH or counts[best] <= counts["fr"]:
        return "fr"
    return best if best in ("en", "nl") else "other"

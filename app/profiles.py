"""What people see of the bot before they write, from the catalogues."""

from collections.abc import Sequence

from bots.telegram.profile import Profile, Profiles
from domain.messages import Command
from handlers.wording import CounterWording


def profiles_of(wording: CounterWording, languages: Sequence[str]) -> Profiles:
    """The commands and descriptions in every language served."""
    return Profiles({language: _profile(wording, language) for language in languages})


def _profile(wording: CounterWording, language: str) -> Profile:
    commands = {command: wording.command(language, command) for command in Command}
    return Profile(commands, *wording.profile(language))

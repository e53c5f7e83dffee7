"""What people see of the bot before they write: its commands and descriptions, in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from telegram import Bot, BotCommand

from bots.telegram.errors import told
from domain.errors import OperatorError
from domain.messages import Command

MAX_DESCRIPTION = 512
MAX_SHORT = 120
MAX_COMMAND_HELP = 256


@dataclass(frozen=True, slots=True)
class Profile:
    """The texts of one language. description: shown in the empty chat; short: on the bot's page."""

    commands: Mapping[Command, str]
    description: str
    short: str

    def __post_init__(self) -> None:
        limits: Sequence[tuple[str, str, int]] = (
            ("description", self.description, MAX_DESCRIPTION),
            ("short description", self.short, MAX_SHORT),
            *((f"help of /{command}", text, MAX_COMMAND_HELP) for command, text in self.commands.items()),
        )
        for name, text, most in limits:
            if not 1 <= len(text) <= most:
                raise OperatorError(f"expected a {name} of 1 to {most} characters, found {len(text)}")


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profile in every language; `default` is for languages that have none of their own."""

    by_language: Mapping[str, Profile] = field(default_factory=dict)
    default: str = "fr"


async def introduce(bot: Bot, profiles: Profiles) -> int:
    """Telegram shows these texts; how many had to be set. Raises PlatformErrors.

    Only what differs is set: Telegram answers 429, with waits of hours, to bots that describe themselves too often.
    """
    changed = 0
    for language, profile in profiles.by_language.items():
        places = (language, None) if language == profiles.default else (language,)
        for place in places:
            changed += await _introduce_in(bot, profile, place)
    return changed


async def _introduce_in(bot: Bot, profile: Profile, language: str | None) -> int:
    commands = tuple(BotCommand(command.value, text) for command, text in profile.commands.items())
    changed = 0
    if await told(bot.get_my_commands(language_code=language)) != commands:
        changed += await told(bot.set_my_commands(commands, language_code=language))
    if (await told(bot.get_my_description(language))).description != profile.description:
        changed += await told(bot.set_my_description(profile.description, language_code=language))
    if (await told(bot.get_my_short_description(language))).short_description != profile.short:
        changed += await told(bot.set_my_short_description(profile.short, language_code=language))
    return changed

"""A strict local Telegram Bot API server for the tests; production code never imports it.

`TelegramServer` runs in the test's process, `standalone` in another; `Citizen` is the person with
the telephone. What is modelled, and what is only our reading, is in README.md beside this file.
"""

from .citizen import Citizen, NotHeard
from .control import Refused
from .faults import FOREVER, Fault, FloodRule, Kind, flood_wait, refusal
from .screen import Button, ChatMessage
from .server import TOKEN, TelegramServer
from .stage import RemoteServer, Stage
from .standalone import standalone

__all__ = [
    "FOREVER",
    "TOKEN",
    "Button",
    "ChatMessage",
    "Citizen",
    "Fault",
    "FloodRule",
    "Kind",
    "NotHeard",
    "Refused",
    "RemoteServer",
    "Stage",
    "TelegramServer",
    "flood_wait",
    "refusal",
    "standalone",
]

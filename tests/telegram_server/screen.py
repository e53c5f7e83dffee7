"""What a citizen's screen shows: messages and buttons, as values."""

from dataclasses import dataclass

from .shapes import Json


@dataclass(frozen=True)
class Button:
    """A button under a message; `data` is None for a link."""

    label: str
    data: str | None
    url: str | None


@dataclass(frozen=True)
class ChatMessage:
    """A message in the chat; `raw` is the Message object of the Bot API."""

    message_id: int
    text: str
    rows: tuple[tuple[Button, ...], ...]
    reply_to: int | None
    is_protected: bool
    raw: Json

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row after row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.label for button in self.buttons]


def shown(wire: Json) -> ChatMessage:
    """The message as the screen shows it; `text` is the caption of a media message."""
    rows = wire.get("reply_markup", {}).get("inline_keyboard", [])
    replied = wire.get("reply_to_message")
    return ChatMessage(
        message_id=wire["message_id"],
        text=wire["text"] if "text" in wire else wire.get("caption", ""),
        rows=tuple(tuple(_button(b) for b in row) for row in rows),
        reply_to=replied["message_id"] if replied else None,
        is_protected=wire.get("has_protected_content", False),
        raw=wire,
    )


def _button(wire: Json) -> Button:
    return Button(wire["text"], wire.get("callback_data"), wire.get("url"))

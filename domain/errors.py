"""Every error of the house, split by whose fault it is.

GuichetError
|-- RuleBroken                 our own code asked the counter for something it does not do
|   `-- NotAllowedHere         an event that the phase of the conversation does not accept
|-- PlatformError              Telegram or Matrix did not do what was asked
|   |-- NotSent                certainly not delivered: try again later
|   |   `-- SlowDown           the platform named a wait (retry_after_s)
|   |-- Uncertain              the answer was lost: delivered or not, nobody knows
|   |-- Refused                the platform will never accept this letter
|   |-- Blocked                the citizen closed the door: nothing more goes out
|   `-- RoleStopped            token refused, second poller, stray device: this role stops, loudly
|-- ReaderFailed               the reader could not read (missing, slow or corrupt model)
|-- StorageError
|   |-- StorageGone            locked, full or unreachable: confirm nothing upstream
|   |-- SealBroken             a sealed value does not open with our key
|   `-- LeaseHeld              another process holds this role
`-- OperatorError              bad settings or a command that cannot be done: every fault in one message

An error message says what was expected, what came, and what to do. It never holds what a person wrote.
"""


class GuichetError(Exception):
    """Root of every error raised by the house on purpose."""


class RuleBroken(GuichetError):
    """Our own code asked the counter for something it does not do."""


class NotAllowedHere(RuleBroken):
    """The phase of the conversation does not accept this event (see conversation.TRANSITIONS)."""


class PlatformError(GuichetError):
    """Telegram or Matrix did not do what was asked."""


class NotSent(PlatformError):
    """Certainly not delivered: the postman tries again later."""


class SlowDown(NotSent):
    """The platform asks for a pause of `retry_after_s` seconds; `everyone` when it is not about one chat."""

    def __init__(self, message: str, retry_after_s: float, *, everyone: bool = False) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.everyone = everyone


class Uncertain(PlatformError):
    """The answer was lost after the request left: delivered or not, nobody knows."""


class Refused(PlatformError):
    """The platform will never accept this letter; `reason` is a short key, e.g. "too_long"."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class Blocked(PlatformError):
    """The citizen closed the door (blocked the bot, deleted the account)."""


class RoleStopped(PlatformError):
    """This role must stop, loudly: token refused, second poller, unsigned or stray device."""


class ReaderFailed(GuichetError):
    """The reader could not read; the rules reader answers instead."""


class StorageError(GuichetError):
    """What must be kept could not be kept or found."""


class StorageGone(StorageError):
    """Locked, full or unreachable: nothing may be confirmed upstream."""


class SealBroken(StorageError):
    """A sealed value does not open with our key: wrong key file, or the value was touched."""


class LeaseHeld(StorageError):
    """Another process holds this role."""


class OperatorError(GuichetError):
    """Something an operator can mend; the message lists every fault found."""

"""What an error while sending means for the message: its fate, one line a case.

Only what Telegram refuses for good ends a message. An error of our own is no fault of the message:
it waits until the error is mended.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.limits import seconds
from bot.sending import Arrived
from storage.engine.errors import StorageError

UNREACHED = 5.0  # seconds before a message that never left is tried again


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there; what made its id unknown to us is told by `cause`, an error's class."""

    cause: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It has not left, or may leave twice: again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram takes this message neither now nor later."""

    cause: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The chat can't be written to, neither this message nor any other."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody can know whether it arrived, and it must not arrive twice."""

    cause: str


@dataclass(frozen=True, slots=True)
class Ours:
    """Something of ours failed, in the code or the settings: it has not left, and waits."""

    cause: str


Fate = Sent | Wait | Refused | Blocked | Moved | Uncertain | Ours


def fate_of(error: Exception, *, repeatable: bool) -> Fate:
    """The fate of a message whose sending raised `error`; pure.

    `repeatable`: sending it twice does no harm, so an unknown fate is answered by sending again.
    The order matters: python-telegram-bot makes BadRequest a kind of NetworkError.
    """
    cause = type(error).__name__
    match error:
        case RetryAfter():
            return Wait(seconds(error))
        case Forbidden():
            return Blocked()
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case BadRequest():
            return Refused(cause)
        case NetworkError() if never_left(error):
            return Wait(UNREACHED)
        case InvalidToken() | Conflict():  # said of the bot, not of the message
            return Ours(cause)
        case TelegramError():  # no answer, or one that can't be read
            return Wait(UNREACHED) if repeatable else Uncertain(cause)
        case StorageError():  # its place could not be looked up
            return Wait(UNREACHED)
        case Arrived():
            return Sent(type(error.__cause__).__name__)
        case _:
            return Ours(cause)


def never_left(error: NetworkError) -> bool:
    """Whether the request certainly did not reach Telegram: no connection came about."""
    return type(error.__cause__).__name__ in ("ConnectError", "ConnectTimeout", "PoolTimeout")

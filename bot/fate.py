"""What an error while sending means for the message: its fate, one line a case.

Only what Telegram refuses for good ends a message. An error of our own is no fault of the message:
it waits until the error is mended.
"""

from __future__ import annotations

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

from assembly.immutable import immutable
from bot.limits import seconds
from bot.sending import Arrived, is_of_unwanted_kind
from storage.barred_chats import Bar
from storage.engine.errors import StorageError

UNREACHED = 5.0  # seconds before a message that never left is tried again
DOUBLINGS = 6  # of that, for one that may have arrived each time: 320 s, which its chat waits
NEVER_LEFT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol")
BARRED = 300.0  # seconds between two tries where the bot may not write for a while
NOTICED = 120.0  # seconds; who waits for longer wonders where a post is

# What Telegram answers, in lower case and wherever it stands in the answer: the same words come as
# 400 and as 403.

# A right was taken from the bot or from all, slow mode is on: that passes.
MAY_NOT_NOW = (
    "not enough rights",
    "have no rights to send",
    "have no write access",
    "need administrator rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_guest_send_forbidden",
    "chat_send_plain_forbidden",
    "user_restricted",
    "slowmode_wait",
)

# The topic in which the centre posts is closed, or no more; in another there may be a way.
TOPIC_SHUT = ("topic_closed", "topic_deleted", "message thread not found")

# The chat is no more, or never was one for this bot: whoever lets it in again tells us so.
CANT_BE_WRITTEN_TO = (
    "chat not found",
    "group chat was deactivated",
    "peer_id_invalid",
    "user_is_blocked",
    "input_user_deactivated",
    "channel_private",
)


@immutable
class Sent:
    """It is there; what made its id unknown to us is told by `cause`, an error's class."""

    cause: str


@immutable
class Wait:
    """It has not left, or may leave twice: again after so many seconds."""

    seconds: float


@immutable
class Barred:
    """It has not left: the bot may not write there for a while. Again after so many seconds."""

    seconds: float
    by: Bar


@immutable
class Refused:
    """Telegram takes this message neither now nor later."""

    cause: str


@immutable
class Blocked:
    """The chat can't be written to, neither this message nor any other."""


@immutable
class Moved:
    """The group has become a supergroup with another id."""

    chat_id: int


@immutable
class Uncertain:
    """Nobody can know whether it arrived, and it must not arrive twice."""

    cause: str


@immutable
class Ours:
    """Something of ours failed, in the code or the settings: it has not left, and waits."""

    cause: str


Fate = Sent | Wait | Barred | Refused | Blocked | Moved | Uncertain | Ours


def fate_of(error: Exception, *, repeatable: bool, tries: int = 0) -> Fate:
    """The fate of a message whose sending raised `error`; pure.

    `repeatable`: sending it twice does no harm, so an unknown fate is answered by sending again,
    the later the more often it has been tried: `tries`, 0 for what changes nothing by coming twice.
    The order matters: python-telegram-bot makes BadRequest a kind of NetworkError.
    """
    cause = type(error).__name__
    match error:
        case RetryAfter():
            return halted(seconds(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case BadRequest() | Forbidden() if is_of_unwanted_kind(error):
            return Uncertain(cause)  # people are asked; what else waits for the chat goes on
        case BadRequest() | Forbidden() if _says(error, MAY_NOT_NOW):
            return Barred(BARRED, Bar.RIGHTS)
        case BadRequest() | Forbidden() if _says(error, TOPIC_SHUT):
            return Barred(BARRED, Bar.TOPIC)
        case BadRequest() if _says(error, CANT_BE_WRITTEN_TO):
            return Blocked()
        case Forbidden():
            return Blocked()
        case BadRequest():
            return Refused(cause)
        case NetworkError() if never_left(error):
            return Wait(UNREACHED)
        case InvalidToken() | Conflict():  # said of the bot, not of the message
            return Ours(cause)
        case TelegramError():  # no answer, or one that can't be read
            if not repeatable:
                return Uncertain(cause)
            return Wait(UNREACHED * 2 ** min(tries, DOUBLINGS))
        case StorageError():  # its place could not be looked up
            return Wait(UNREACHED)
        case Arrived():
            return Sent(type(error.__cause__).__name__)
        case _:
            return Ours(cause)


def halted(wait: float) -> Wait | Barred:
    """The fate of a message to a chat where nothing may be sent for `wait` seconds; pure."""
    return Barred(wait, Bar.PACE) if wait >= NOTICED else Wait(wait)


def never_left(error: NetworkError) -> bool:
    """Whether the request certainly did not reach Telegram: no connection came about."""
    return type(error.__cause__).__name__ in NEVER_LEFT


def _says(error: TelegramError, answers: tuple[str, ...]) -> bool:
    said = error.message.casefold()
    return any(words in said for words in answers)

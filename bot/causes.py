"""Why Telegram can't be reached, in words for whoever runs the bot: the name, TLS, refused, …"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.limits import LONG, seconds

FAILED = re.compile(r"\((5\d\d)\)")  # as python-telegram-bot writes the status down


def cause_of(error: BaseException) -> str:
    """The cause that can be looked into, from the error or what it came from. Raises nothing."""
    match error:
        case Conflict():
            return "another process fetches updates with this token"
        case RetryAfter() if seconds(error) >= LONG:
            return f"Telegram lets the bot wait for {seconds(error):.0f} s"
        case RetryAfter():
            return "Telegram lets the bot wait for a moment"
        case _:
            pass
    for each in _chain(error):
        match each:
            case socket.gaierror():
                return "the name of Telegram's server can't be looked up (DNS)"
            case ssl.SSLError():
                return f"no secure connection ({each.reason or 'TLS'})"
            case ConnectionRefusedError():
                return "the connection is refused"
            case ConnectionResetError() | BrokenPipeError():
                return "the connection was cut"
            case TimeoutError() | TimedOut():
                return "no answer in time"
            case _:
                pass
    failed = FAILED.search(error.message) if isinstance(error, TelegramError) else None
    if failed is not None:
        return f"Telegram's server fails ({failed[1]})"
    if isinstance(error, Forbidden):
        return "Telegram refuses"
    return type(error).__name__


def unreached(error: BaseException) -> bool:
    """Whether it is Telegram that is out of reach, not one chat or one message that it refuses."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error with all that it came from."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions

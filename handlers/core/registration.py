"""How a feature registers what it answers to: commands, presses, typed text, what falls due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CommandHandler,
    filters,
)

from handlers.core.context import Context
from handlers.core.press import SEPARATOR, Press, StalePress, decode
from handlers.core.redirect import answered_by
from handlers.core.unit_of_work import UnitOfWork
from storage.drafts import Draft
from storage.outbox import Outgoing
from storage.schedules import Schedule

App = Application[Any, Context, Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, None]
Talk = Callable[[Context], Awaitable[None]]
P = TypeVar("P", bound=Press)

MOST_DIGITS = 18  # of an id that every database takes
SAME_TEXT = 2  # seconds: Telegram's apps cut a long text into messages that arrive together

WRITTEN = filters.UpdateType.MESSAGE  # a new message: never an edited one, never a channel's post
PRIVATE = WRITTEN & filters.ChatType.PRIVATE
GROUP = WRITTEN & filters.ChatType.GROUPS


def command(name: str, talk: Talk, where: filters.BaseFilter = WRITTEN) -> Handler:
    """Answer a command typed in a new message."""

    async def callback(_: Update, context: Context) -> None:
        await talk(context)

    return CommandHandler(name, callback, filters=where)


class PressHandler(BaseHandler[Update, Context, None]):
    """Answers one kind of button; data that does not decode falls through to the last handler.

    Instead of PTB's CallbackQueryHandler, because a press is offered to dozens of these: one look
    at the tag, and what was decoded to find the handler is what it gets.
    """

    def __init__(self, kind: type[P], talk: Callable[[P, Context], Awaitable[None]]) -> None:
        super().__init__(_unused)
        self._tag = kind.tag + SEPARATOR
        self._talk = cast("Callable[[Press, Context], Awaitable[None]]", talk)

    def check_update(self, update: object) -> Press | None:
        """The press, if it is of this kind and nobody has tampered with it."""
        query = update.callback_query if isinstance(update, Update) else None
        data = query.data if query is not None else None
        if not data or not (data + SEPARATOR).startswith(self._tag):
            return None
        try:
            return decode(data)
        except StalePress:
            return None

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Context, Any, Any, Any, Any],
        check_result: object,
        context: Context,
    ) -> None:
        """Let the feature talk."""
        await self._talk(cast(Press, check_result), context)


async def _unused(_: Update, __: Context) -> None:
    """BaseHandler wants a callback; a press goes to its talk directly."""


def presses(kind: type[P], talk: Callable[[P, Context], Awaitable[None]]) -> Handler:
    """Answer one kind of button, and whatever leads on to it (`context.go`)."""
    answered_by(kind, talk)
    return PressHandler(kind, talk)


# What a person typed goes to the conversation they are in (a row of `drafts`), by its kind.
Typed = Callable[[Draft, Context], Awaitable[None]]
conversations: dict[str, Typed] = {}
resumes: dict[str, Typed] = {}
joining_pieces: set[str] = set()

# What is half-written in one, for its writer's own copy: a dataclass or a dictionary.
Reader = Callable[[Context], Awaitable[Any]]
copies: dict[str, Reader] = {}

# A deep link `?start=<prefix>_<rest>` goes to the feature that made it, with the rest.
Link = Callable[[str, Context], Awaitable[None]]
links: dict[str, Link] = {}

# What fell due goes to the feature that scheduled it, by the schedule's kind. The function
# decides whether it still helps after a downtime; it returns False for "skipped".
Due = Callable[[Schedule, UnitOfWork], Awaitable[bool]]
due_kinds: dict[str, Due] = {}


# Before a message with such a key leaves the outbox, its feature is asked what it says by now: its
# payload, or None where it is not wanted any more. Then its row looks as if it had been sent.
Look = Callable[[Outgoing, UnitOfWork], Awaitable[str | None]]
second_looks: dict[str, Look] = {}


def typed(
    kind: str,
    talk: Typed,
    *,
    resume: Typed,
    copied: Reader | None = None,
    joins_pieces: bool = False,
) -> None:
    """Send what people type in a conversation of this kind to `talk`.

    `resume` shows the question that is open, to somebody whose answer may have been lost. What
    `copied` reads goes into the writer's copy; a conversation that keeps no words has none.

    Telegram's apps cut a text after 4,096 characters. A conversation that `joins_pieces` gets
    them all; the others get the first, which is too long for them, and are spared the rest.
    """
    conversations[kind] = talk
    resumes[kind] = resume
    if copied is not None:
        copies[kind] = copied
    if joins_pieces:
        joining_pieces.add(kind)


def falls_due(kind: str, work: Due) -> None:
    """Call `work` when a schedule of this kind is due."""
    due_kinds[kind] = work


def looked_at_again(prefix: str, look: Look) -> None:
    """Ask `look` before a message is sent whose key begins with this, up to the first colon."""
    second_looks[prefix] = look


def deep_link(prefix: str, talk: Link) -> None:
    """Send whoever opens a link with this prefix to `talk`."""
    links[prefix] = talk


def linked_id(rest: str) -> int | None:
    """The id that stands behind a link's prefix, or None where it was cut off or made up."""
    return int(rest) if rest.isascii() and rest.isdecimal() and len(rest) <= MOST_DIGITS else None

"""A unit of work: one update, or one thing that fell due, inside one transaction.

Handlers only hand over what is to be said. Screens and toasts go out after the commit; posts are
rows of the outbox, written in the same transaction as their cause.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from assembly.disclosure import Noise
from handlers.core import poll as polls
from handlers.core.poll import BRIEFEST, Poll
from handlers.core.screen import Screen, dump
from storage import outbox
from storage.engine.transaction import Transaction
from storage.erasure.erasures import Eraser
from storage.erasure.shredder import Shredder
from storage.secrets.keys import KeyStore

COALESCE = 6  # seconds: a live message is edited no more often than this


class Sampler(Noise, Protocol):
    """The noise, from a library that is large."""

    def load(self) -> None:
        """Load what drawing needs: outside every transaction, in a thread of its own."""


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers may use besides the database."""

    keys: KeyStore
    shredder: Shredder
    noise: Sampler
    username: str
    operators: frozenset[int]
    eraser: Eraser

    def link(self, payload: str) -> str:
        """The deep link that opens the bot with this payload."""
        return f"https://t.me/{self.username}?start={payload}"


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a callback query; an alert has to be closed by hand."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Show:
    """A screen for one chat: in place of `message_id`, or as a new message."""

    chat_id: int
    screen: Screen
    message_id: int | None = None
    over_media: bool = False  # the message in place carries a picture or file: it can't become text
    ref: str | None = None  # remember the new message's id under this name


@dataclass(slots=True)
class UnitOfWork:
    """The open transaction, its moment, and what is to be said once it is committed."""

    tx: Transaction
    now: int
    services: Services
    shows: list[Show] = field(default_factory=list)
    toast: Toast | None = None
    error: Exception | None = None
    after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    async def post(
        self,
        key: str,
        chat_id: int,
        screen: Screen,
        *,
        centre_id: int | None = None,
        ref: str | None = None,
        not_before: int | None = None,
        expires_at: int | None = None,
        repeatable: bool = False,
    ) -> bool:
        """Write a proactive message into the outbox; False where the key was already used.

        With `ref`, the message's id is remembered under that name once it is sent. It is sent from
        `not_before` on, at once if not told, and dropped at `expires_at` (UTC epoch seconds).
        `repeatable`: sending it twice does no harm. Raises ValueError for a screen that may not
        stand in a group.
        """
        if chat_id < 0 and not screen.public:
            raise ValueError("only public screens may stand in a group")
        return await outbox.add(
            self.tx,
            key=key,
            chat_id=chat_id,
            payload=dump(screen),
            now=self.now,
            not_before=not_before,
            expires_at=expires_at,
            ref=ref,
            centre_id=centre_id,
            repeatable=repeatable,
        )

    async def post_poll(self, key: str, chat_id: int, poll: Poll, *, centre_id: int) -> bool:
        """Write a poll of Telegram's own into the outbox; False where the key was already used.

        What becomes of it is not remembered: Telegram closes it, and nobody asks how it went.
        """
        return await outbox.add(
            self.tx,
            key=key,
            chat_id=chat_id,
            payload=polls.dump(poll),
            now=self.now,
            expires_at=poll.closes_at - BRIEFEST,
            centre_id=centre_id,
        )

    async def repost(
        self,
        ref: str,
        chat_id: int,
        screen: Screen,
        *,
        centre_id: int | None = None,
        not_before: int | None = None,
    ) -> None:
        """Bring the message remembered under `ref` up to date; the latest state wins.

        Not before `not_before` (UTC epoch seconds, now if not told) and COALESCE seconds more, so
        that a stream of changes is one edit. Raises ValueError as post() does.
        """
        if chat_id < 0 and not screen.public:
            raise ValueError("only public screens may stand in a group")
        await outbox.replace(
            self.tx,
            key=f"edit:{ref}",
            chat_id=chat_id,
            payload=dump(screen, edit=True),
            now=self.now,
            not_before=(self.now if not_before is None else not_before) + COALESCE,
            ref=ref,
            centre_id=centre_id,
            repeatable=True,
        )


CURRENT: ContextVar[UnitOfWork] = ContextVar("unit")

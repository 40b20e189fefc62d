"""A unit of work: one update, or one thing that fell due, inside one transaction.

Handlers only hand over what is to be said. Screens and toasts go out after the commit; posts are
rows of the outbox, written in the same transaction as their cause.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from assembly.disclosure import Noise
from assembly.immutable import immutable
from handlers.core.posting import Posting
from handlers.core.screen import Screen
from handlers.core.unwritten import Unwritten
from storage import messages
from storage.erasure.erasures import Eraser
from storage.erasure.shredder import Shredder
from storage.link_ids import LinkIds
from storage.messages import Place
from storage.secrets.keys import KeyStore

_NUMBERED = re.compile(r"([a-z]+)_(\d{1,18}(?:_\d{1,18})*)", re.ASCII)


class Sampler(Noise, Protocol):
    """The noise, from a library that is large."""

    def load(self) -> None:
        """Load what drawing needs: outside every transaction, in a thread of its own."""


@immutable
class Services:
    """What handlers may use besides the database.

    `noise`: None where its library is not installed, so that nothing can be drawn.
    """

    keys: KeyStore
    shredder: Shredder
    noise: Sampler | None
    username: str
    operators: frozenset[int]
    eraser: Eraser
    links: LinkIds
    unwritten: Unwritten = field(default_factory=Unwritten)

    def link(self, payload: str) -> str:
        """The deep link that opens the bot with this payload; ids in it are sealed."""
        return f"https://t.me/{self.username}?start={self.sealed(payload)}"

    def sealed(self, payload: str) -> str:
        """The payload as it stands in a link: `agenda_7` without the number."""
        found = _NUMBERED.fullmatch(payload)
        if found is None:
            return payload
        prefix, numbers = found.groups()
        return f"{prefix}_{self.links.seal(prefix, [int(each) for each in numbers.split('_')])}"


@immutable
class Toast:
    """The answer to a callback query; an alert has to be closed by hand."""

    text: str
    alert: bool = False


@immutable
class Show:
    """A screen for one chat: in place of `message_id`, or as a new message."""

    chat_id: int
    screen: Screen
    message_id: int | None = None
    over_media: bool = False  # the message in place carries a picture or file: it can't become text
    ref: str | None = None  # remember the new message's id under this name
    reply_to: int | None = None  # the message that a new one answers; it may be gone meanwhile
    topic: int | None = None  # of a group that has topics: where a new message stands
    about: int | None = (
        None  # a decision: its buttons go with it, though nothing is written of them
    )

    @property
    def needs_new_message(self) -> bool:
        """Whether the place can't take it: pictures and files are messages of their own."""
        rich = self.screen.picture is not None or self.screen.file is not None
        return self.message_id is None or rich or self.over_media


@dataclass(slots=True)
class UnitOfWork(Posting):
    """The open transaction, its moment, and what is to be said once it is committed."""

    services: Services
    shows: list[Show] = field(default_factory=list)
    toast: Toast | None = None
    error: Exception | None = None
    after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    async def remember(self, ref: str, place: Place) -> None:
        """Note where the message called `ref` is, or let the feature whose it is note it."""
        note = kept_places.get(ref.partition(":")[0])
        if note is None:
            await Posting.remember(self, ref, place)
        else:
            await note(self, ref, place.message_id)

    async def note_places(self) -> None:
        """Remember what the messages have become in whose place something is shown."""
        for show in self.shows:
            if show.message_id is None or show.needs_new_message:
                continue
            place = Place(show.chat_id, show.message_id)
            if show.chat_id > 0:
                await messages.forget_names_at(self.tx, place, but=show.ref)
            if show.ref is not None:
                await self.remember(show.ref, place)
            elif show.chat_id > 0:
                for leave in left_places:
                    await leave(self, place)


CURRENT: ContextVar[UnitOfWork] = ContextVar("unit")

# A message whose ref begins with one of these, up to the first colon, has arrived: the feature
# keeps its id itself, sealed, and no row of `messages` tells of it.
Note = Callable[[UnitOfWork, str, int], Awaitable[None]]
kept_places: dict[str, Note] = {}

# Asked of a message in private that has become a screen without a name: was it one of theirs?
Leave = Callable[[UnitOfWork, Place], Awaitable[None]]
left_places: list[Leave] = []

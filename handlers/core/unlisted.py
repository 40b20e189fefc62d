"""Messages of which no table knows: neither that they are to be sent, nor that they were.

A row of the outbox for one person tells that there was something to say to them. Where that is
nobody's business, what is to be said lies sealed with its feature, among rows that all look alike.
At each tick the feature takes out what is due, the bot sends it, and the feature notes what became
of it; each time all of its rows are written anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from assembly.immutable import immutable
from handlers.core.screen import Screen
from handlers.core.unit_of_work import UnitOfWork

T = TypeVar("T")


@immutable
class Unlisted:
    """One message to a person about `subject`; in place of message `edits`, unless that is 0."""

    subject: int
    chat_id: int
    screen: Screen
    edits: int = 0


@immutable
class Became:
    """What became of it: `message_id` of a new message that is there, else 0.

    `waits`: it has certainly not left, and is worth another try at the next tick. `blocked`: the
    person can't be written to.
    """

    what: Unlisted
    message_id: int = 0
    waits: bool = False
    blocked: bool = False


class InTransaction(Protocol):
    """Does a piece of work in a transaction of its own, again where that has to be repeated."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], /) -> T: ...


@immutable
class Keeper:
    """What a feature does at each tick, in as many transactions as it needs.

    When nothing is taken, nothing is noted.
    """

    take: Callable[[InTransaction], Awaitable[list[Unlisted]]]
    note: Callable[[InTransaction, Sequence[Became]], Awaitable[None]]


keepers: dict[str, Keeper] = {}


def keeps(feature: str, keeper: Keeper) -> None:
    """Have a feature's sealed rows kept at each tick."""
    keepers[feature] = keeper

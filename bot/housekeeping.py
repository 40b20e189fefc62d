"""What each tick puts in order, whatever is due: what is kept for a while, and the sign of life."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers.core import lost_posts
from handlers.core.notices import give_up_uncertain
from handlers.core.screens.lost_posts import Why
from handlers.core.unit_of_work import Services, UnitOfWork
from storage import marks, named_lists, outbox, schedules, updates
from storage.engine.transaction import Transaction
from storage.erasure import erasing

MARKS_KEPT = 48 * 3600  # seconds: Telegram redelivers for 24 h at most
DAY = 86_400  # seconds
POSTS_KEPT = 14 * DAY  # seconds: longer than anything could be announced a second time


def tidying(services: Services, now: int) -> list[Callable[[Transaction], Awaitable[None]]]:
    """Its parts, each a transaction of its own: where one fails, the others are done."""

    async def give_up(tx: Transaction) -> None:
        unit = UnitOfWork(tx, now, services)
        await give_up_uncertain(unit, now - POSTS_KEPT)
        held_back = await outbox.give_up_held_back(tx, now - POSTS_KEPT, now)
        await lost_posts.report(unit, held_back, Why.TOO_LATE)

    async def note_alive(tx: Transaction) -> None:
        await updates.note_alive(tx, now)

    async def prune(tx: Transaction) -> None:
        await _prune(tx, now)

    return [note_alive, give_up, prune]


async def _prune(tx: Transaction, now: int) -> None:
    await updates.prune(tx, now - MARKS_KEPT)
    await outbox.prune(tx, now - POSTS_KEPT)
    # By whole days: what was sent to all in one hour is not forgotten row by row.
    await schedules.prune(tx, (now - POSTS_KEPT) // DAY * DAY)
    await erasing.prune_strangers(tx, now)
    await named_lists.prune(tx, now)
    await marks.prune(tx, now)

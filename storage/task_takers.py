"""Who took a task: told to themselves, and beside it only where they chose to be named.

Moments are UTC epoch seconds.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Taker:
    """Whoever looks after a task and takes part now. `shown`: they chose to be named.

    `told_at`: when they took it, or were reminded of it last. `company`: a second is welcome.
    """

    member_id: int
    telegram_id: int
    name: str
    shown: bool
    company: bool
    told_at: int


@immutable
class Reminded:
    """A taker who gets reminders: where, in which language, and when they heard of it last."""

    member_id: int
    telegram_id: int
    language: str
    told_at: int


async def of(tx: Transaction, task_id: int) -> list[Taker]:
    """Who looks after a task, and takes part now; the first who took it first."""
    return [_taker(row) for row in await tx.rows("task_takers_of", task_id=task_id)]


async def of_open_ones(tx: Transaction, centre_id: int) -> dict[int, list[Taker]]:
    """The same of everything that is still to be done in a centre, by the task's id."""
    found: dict[int, list[Taker]] = {}
    for row in await tx.rows("open_task_takers", centre_id=centre_id):
        found.setdefault(row["task_id"], []).append(_taker(row))
    return found


async def show(tx: Transaction, task_id: int, member_id: int, shown: bool) -> bool:
    """Whether the name of whoever took it may be read beside it; False if it is not theirs."""
    return bool(await tx.run("show_taker", task_id=task_id, member_id=member_id, shown=int(shown)))


async def welcome_company(tx: Transaction, task_id: int, member_id: int, wanted: bool) -> bool:
    """Whether whoever took it would like a second one to join; False if it is not theirs."""
    return bool(
        await tx.run("want_company", task_id=task_id, member_id=member_id, company=int(wanted))
    )


async def let_go(tx: Transaction, task_id: int, member_id: int) -> bool:
    """Somebody else, please: nothing is kept of who it was. False if it was not theirs."""
    return bool(await tx.run("let_task_go", task_id=task_id, member_id=member_id))


async def let_all_go(tx: Transaction, member_id: int) -> None:
    """Whoever leaves looks after nothing any more; what they did stays done by them."""
    await tx.run("let_all_tasks_go", member_id=member_id)


async def told(tx: Transaction, task_id: int, member_id: int, now: int) -> None:
    """Notes that whoever took it has heard of it."""
    await tx.run("note_told", task_id=task_id, member_id=member_id, now=now)


async def reminded(tx: Transaction, task_id: int) -> list[Reminded]:
    """Who looks after a task and can be reminded of it."""
    rows = await tx.rows("reminded_of_task", task_id=task_id)
    columns = ("member_id", "telegram_id", "language", "told_at")
    return [Reminded(*(row[column] for column in columns)) for row in rows]


def _taker(row: Row) -> Taker:
    return Taker(
        row["member_id"],
        row["telegram_id"],
        row["name"],
        bool(row["shown"]),
        bool(row["company"]),
        row["told_at"],
    )

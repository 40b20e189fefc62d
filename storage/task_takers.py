"""Who took a task: told to themselves, and beside it only where they chose to be named.

Moments are UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Taker:
    """Whoever looks after a task and takes part now. `shown`: they chose to be named.

    `told_at`: when they took it, or were reminded of it last. `company`: a second is welcome, or
    not; None: they have not answered, which keeps nobody out.
    `language`: the one that they chose, if they did.
    """

    member_id: int
    telegram_id: int
    name: str
    shown: bool
    company: bool | None
    told_at: int
    language: str | None


@immutable
class Reminded:
    """A taker who gets reminders: where, in which language, and when they heard of it last."""

    task_id: int
    member_id: int
    telegram_id: int
    language: str
    told_at: int


Takers = Mapping[int, Sequence[Taker]]
"""Who looks after what, by the task's id."""


async def of(tx: Transaction, centre_id: int, task_ids: Collection[int]) -> Takers:
    """Who looks after these tasks of a centre, and takes part now; the first who took it first.

    Of a task that nobody has taken there is nothing, of others between these there may be.
    """
    if not task_ids:
        return {}
    span = {"first": min(task_ids), "last": max(task_ids)}
    return _by_task(await tx.rows("task_takers_between", centre_id=centre_id, **span))


async def of_open_ones(tx: Transaction, centre_id: int) -> Takers:
    """The same of everything that is still to be done in a centre."""
    return _by_task(await tx.rows("open_task_takers", centre_id=centre_id))


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


async def reminded(tx: Transaction, centre_id: int) -> list[Reminded]:
    """Who looks after what is still to be done in a centre, and can be reminded of it."""
    rows = await tx.rows("reminded_of_open_tasks", centre_id=centre_id)
    columns = ("task_id", "member_id", "telegram_id", "language", "told_at")
    return [Reminded(*(row[column] for column in columns)) for row in rows]


def _by_task(rows: Iterable[Row]) -> Takers:
    found: dict[int, list[Taker]] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(_taker(row))
    return found


def _taker(row: Row) -> Taker:
    return Taker(
        row["member_id"],
        row["telegram_id"],
        row["name"],
        bool(row["shown"]),
        None if row["company"] is None else bool(row["company"]),
        row["told_at"],
        row["language"],
    )

"""Taking a task: of several who press at once one has it, and the others learn how it stands."""

from __future__ import annotations

from enum import Enum, auto

from assembly.tasks import TOGETHER
from storage import tasks
from storage.engine.transaction import Transaction


class Took(Enum):
    """What became of the wish to take a task."""

    NOW = auto()
    BEFORE = auto()
    """It was theirs already."""

    ALONE = auto()
    """Somebody has it, who does it alone; or who has not answered, and it was taken for free."""

    FULL = auto()
    """Two have it."""

    OVER = auto()
    """It is done, or not there any more."""


async def take(
    tx: Transaction,
    centre_id: int,
    task_id: int,
    member_id: int,
    now: int,
    *,
    joins: bool = False,
) -> Took:
    """A member takes a task, alone or as the second who is welcome; their name is not shown.

    `joins`: they know that somebody has it. Without that nobody becomes the second of somebody
    who has not said that one is welcome.
    """
    took = await tx.run(
        "take_task",
        centre_id=centre_id,
        task_id=task_id,
        member_id=member_id,
        most=TOGETHER,
        joins=int(joins),
        now=now,
    )
    if took:
        return Took.NOW
    found = await tasks.get(tx, centre_id, task_id, now)
    if found is None or not found.is_open:
        return Took.OVER
    if found.of(member_id):
        return Took.BEFORE
    return Took.FULL if len(found.takers) >= TOGETHER else Took.ALONE

"""What came of what a centre talked about: the last assembly's points, and a quarter's numbers.

Moments are UTC epoch seconds.
"""

from __future__ import annotations

from assembly.endings import Ending, settles
from assembly.immutable import immutable
from assembly.quarters import Quarter
from assembly.shortening import fitting
from assembly.wording import TITLE
from storage import tasks
from storage.engine.transaction import Transaction
from storage.tasks import Task


@immutable
class Settled:
    """A point that an assembly decided, or agreed on without a ballot, in this `wording`."""

    item_id: int
    title: str
    ending: Ending
    wording: str | None


@immutable
class FollowUp:
    """What became of what was decided: `held_at` is when the last assembly was, None for none.

    `tasks`: what was done since that one closed, then what is open and was there before now.
    """

    assembly_id: int | None = None
    held_at: int | None = None
    settled: tuple[Settled, ...] = ()
    tasks: tuple[Task, ...] = ()


@immutable
class Numbers:
    """A quarter: what was put forward, came to an end, was agreed or decided, and was done."""

    proposed: int
    talked_about: int
    agreed: int
    done: int

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.proposed or self.talked_about or self.agreed or self.done)


async def follow_up(
    tx: Transaction, centre_id: int, now: int, current: int | None = None
) -> FollowUp:
    """What an assembly opens with; what `current`, its own id, wants done is not among it."""
    row = await tx.row("last_meeting", centre_id=centre_id)
    still = [
        each
        for each in await tasks.open_ones(tx, centre_id, now)
        if current is None or each.assembly_id != current
    ]
    if row is None:
        return FollowUp(tasks=tuple(still))
    done = await tasks.done_since(tx, centre_id, row["closed_at"], now)
    settled = [
        Settled(each["id"], each["title"], Ending(each["ending"]), each["wording"])
        for each in await tx.rows("settled_points", assembly_id=row["id"])
    ]
    return FollowUp(row["id"], row["starts_at"], tuple(settled), (*done, *still))


async def make_point(tx: Transaction, centre_id: int, assembly_id: int, task: Task) -> bool:
    """The open assembly talks about a task that was left open so often: behind its other points.

    Once; False where it did not ask for that any more, or the assembly is not open.
    """
    if not await tasks.became_a_point(tx, centre_id, task.id):
        return False
    title = fitting(task.what, TITLE[1])
    return bool(
        await tx.run("add_point_of_task", centre_id=centre_id, assembly_id=assembly_id, title=title)
    )


async def numbers(tx: Transaction, centre_id: int, quarter: Quarter) -> Numbers:
    """What can be read in the minutes and on the list anyway, added up."""
    span = {"since": quarter.starts_at, "before": quarter.ends_at}
    ended = {
        Ending(row["ending"]): int(row["points"])
        for row in await tx.rows("endings_between", centre_id=centre_id, **span)
    }
    return Numbers(
        proposed=int(await tx.value("proposed_between", centre_id=centre_id, **span)),
        talked_about=sum(n for ending, n in ended.items() if settles(ending)),
        agreed=ended.get(Ending.DECIDED, 0) + ended.get(Ending.AGREED, 0),
        done=int(await tx.value("done_between", centre_id=centre_id, **span)),
    )

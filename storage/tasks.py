"""Tasks: what follows from a point of an assembly, and who took it.

Every change is a conditional statement, so that of two who press at once one acts and the other
learns how it stands. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from assembly.convening import OPENABLE
from assembly.immutable import immutable
from assembly.tasks import CAME_UP, TOGETHER, Standing, asks_for_a_point, comes_up, standing
from storage import task_takers
from storage.engine.transaction import Row, Transaction
from storage.task_takers import Taker

REMINDERS = "task-reminders"  # the kind of a centre's schedule while somebody looks after a task


@immutable
class Task:
    """A task as it stands now.

    `point` is the title of the agenda item that it follows from, if it does from one, and
    `proposal_id` whose proposal that was. `due_at`: None as long as no next assembly is convened.
    `by_next`: it follows the next assembly. `group`: who looks after it, in words.
    """

    id: int
    centre_id: int
    assembly_id: int | None
    item_id: int | None
    point: str | None
    proposal_id: int | None
    what: str
    group: str | None
    due_at: int | None
    by_next: bool
    longer: bool
    times_open: int
    done_at: int | None
    takers: tuple[Taker, ...]

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        cared_for = bool(self.takers) or self.group is not None
        return standing(done=self.done_at is not None, cared_for=cared_for, longer=self.longer)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None

    def of(self, member_id: int) -> Taker | None:
        """The member as one who took it, or None."""
        return next((each for each in self.takers if each.member_id == member_id), None)

    def can_be_taken(self, member_id: int) -> bool:
        """Whether this member can still take it: alone, or as the second one.

        Not beside somebody who does it alone; whoever has not said so keeps nobody out.
        """
        if not self.is_open or self.of(member_id) is not None or len(self.takers) >= TOGETHER:
            return False
        return all(each.company is not False for each in self.takers)

    @property
    def welcomes(self) -> bool:
        """Whether whoever has it would like a second one to join."""
        return len(self.takers) < TOGETHER and any(each.company for each in self.takers)


async def add(
    tx: Transaction,
    *,
    centre_id: int,
    what: str,
    due_at: int | None,
    now: int,
    assembly_id: int | None = None,
    item_id: int | None = None,
    decision_id: int | None = None,
) -> int:
    """Stores a task that nobody has taken; its id. `due_at` None: by the next assembly.

    From one decision follows at most one: asked twice, it is the same.
    """
    made = await tx.value(
        "add_task",
        centre_id=centre_id,
        assembly_id=assembly_id,
        item_id=item_id,
        decision_id=decision_id,
        what=what,
        due_at=due_at,
        now=now,
    )
    if made is None:
        made = await tx.value("task_of_decision", centre_id=centre_id, decision_id=decision_id)
    return int(made)


async def of_decision(tx: Transaction, centre_id: int, decision_id: int) -> int | None:
    """The id of the task that follows from a decision of this centre, if anybody made one."""
    found = await tx.value("task_of_decision", centre_id=centre_id, decision_id=decision_id)
    return None if found is None else int(found)


async def get(tx: Transaction, centre_id: int, task_id: int, now: int) -> Task | None:
    """A task of this centre; None for any other."""
    row = await tx.row("task", centre_id=centre_id, task_id=task_id)
    return None if row is None else (await _tasks(tx, centre_id, [row], now))[0]


async def open_ones(tx: Transaction, centre_id: int, now: int) -> list[Task]:
    """What is still to be done in a centre, the oldest first."""
    rows = await tx.rows("open_tasks", centre_id=centre_id)
    takers = await task_takers.of_open_ones(tx, centre_id)
    following = await _next_meeting(tx, centre_id, now)
    return [_task(row, following, takers.get(row["id"], ())) for row in rows]


async def done_since(tx: Transaction, centre_id: int, since: int, now: int) -> list[Task]:
    """What was done from a moment on, in the order in which it was."""
    rows = await tx.rows("tasks_done_since", centre_id=centre_id, since=since)
    return await _tasks(tx, centre_id, rows, now)


async def of_assembly(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> list[Task]:
    """What an assembly wanted done, whatever became of it, in the order in which it was said."""
    rows = await tx.rows("tasks_of_assembly", assembly_id=assembly_id)
    return await _tasks(tx, centre_id, rows, now)


async def of_proposal(tx: Transaction, centre_id: int, proposal_id: int, now: int) -> list[Task]:
    """What follows from a proposal, at whichever assembly it was said, whatever became of it."""
    rows = await tx.rows("tasks_of_proposal", centre_id=centre_id, proposal_id=proposal_id)
    return await _tasks(tx, centre_id, rows, now)


async def of_item(tx: Transaction, item_id: int) -> int:
    """How many follow from a point, whatever became of them."""
    return int(await tx.value("count_tasks_of_item", item_id=item_id))


async def give_to_group(tx: Transaction, centre_id: int, task_id: int, words: str | None) -> bool:
    """A group looks after it, called so; None: no group. False once it is done."""
    return bool(
        await tx.run("give_task_to_group", centre_id=centre_id, task_id=task_id, words=words)
    )


async def finish(tx: Transaction, centre_id: int, task_id: int, now: int) -> bool:
    """It is done; False if it was, or is not there."""
    return bool(await tx.run("finish_task", centre_id=centre_id, task_id=task_id, now=now))


async def reopen(tx: Transaction, centre_id: int, task_id: int) -> bool:
    """It is not done after all; False if it was not said to be."""
    return bool(await tx.run("reopen_task", centre_id=centre_id, task_id=task_id))


async def put_off(tx: Transaction, centre_id: int, task_id: int, due_at: int | None) -> bool:
    """It needs longer; `due_at` None: until the next assembly. False once it is done."""
    return bool(await tx.run("put_task_off", centre_id=centre_id, task_id=task_id, due_at=due_at))


async def left_open(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> None:
    """An assembly has opened: counts what was due by then and is open. Call once an opening.

    What this assembly itself wants done is not among it.
    """
    for row in await tx.rows("open_tasks", centre_id=centre_id):
        if row["assembly_id"] != assembly_id and comes_up(row["due_at"], now):
            await tx.run("count_left_open", task_id=row["id"])


async def insistent(tx: Transaction, centre_id: int, now: int) -> Task | None:
    """The oldest that was left open so often that an assembly should talk about it, if any."""
    found = await open_ones(tx, centre_id, now)
    return next((each for each in found if asks_for_a_point(each.times_open)), None)


async def became_a_point(tx: Transaction, centre_id: int, task_id: int) -> bool:
    """It is talked about now, and counts anew; False where it did not ask for that."""
    return bool(
        await tx.run("forget_times_open", centre_id=centre_id, task_id=task_id, least=CAME_UP)
    )


async def remove(tx: Transaction, centre_id: int, task_id: int) -> bool:
    """Takes a task out, with its words; False if it is not there."""
    return bool(await tx.run("remove_task", centre_id=centre_id, task_id=task_id))


async def _tasks(tx: Transaction, centre_id: int, rows: list[Row], now: int) -> list[Task]:
    following = await _next_meeting(tx, centre_id, now)
    takers = await task_takers.of(tx, centre_id, [row["id"] for row in rows])
    return [_task(row, following, takers.get(row["id"], ())) for row in rows]


async def _next_meeting(tx: Transaction, centre_id: int, now: int) -> int | None:
    """When the next assembly is that is convened and not open yet."""
    found = await tx.value("next_meeting", centre_id=centre_id, since=now - OPENABLE)
    return None if found is None else int(found)


def _task(row: Row, following: int | None, takers: Sequence[Taker]) -> Task:
    by_next = row["due_at"] is None
    return Task(
        id=row["id"],
        centre_id=row["centre_id"],
        assembly_id=row["assembly_id"],
        item_id=row["item_id"],
        point=row["point"],
        proposal_id=row["proposal_id"],
        what=row["what"],
        group=row["group_words"],
        due_at=following if by_next else row["due_at"],
        by_next=by_next,
        longer=bool(row["longer"]),
        times_open=row["times_open"],
        done_at=row["done_at"],
        takers=tuple(takers),
    )

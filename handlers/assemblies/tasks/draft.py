"""What somebody is in the middle of saying about a task: sealed with their own key."""

from __future__ import annotations

from dataclasses import asdict

from assembly.immutable import immutable
from handlers.core.context import Context
from handlers.core.sealed_draft import SealedDraft

KIND = "task"
LONGER = "task-longer"
_drafts = SealedDraft(KIND, b"draft:%d:task")
_longer = SealedDraft(LONGER, b"draft:%d:task-longer")


@immutable
class Writing:
    """A new task, or which group looks after one that is there.

    `item_id`: the point that it follows from, 0 for none. While `what` is None, that is the
    question, then until when. With a `task_id` the question is which group has that one.
    """

    item_id: int = 0
    what: str | None = None
    task_id: int = 0


async def find(context: Context) -> Writing | None:
    """What this member is writing in this centre, if anything."""
    found = await _drafts.find(context)
    return Writing(**found[1]) if found is not None else None


async def keep(writing: Writing, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    await _drafts.keep(asdict(writing), context)


async def forget(context: Context) -> None:
    """It is there, or left."""
    await _drafts.forget(context)


async def beginning(context: Context) -> str | None:
    """How it begins; None where nothing is written yet."""
    writing = await find(context)
    return writing.what if writing is not None else None


async def ask_longer(task_id: int, context: Context) -> None:
    """From now on a typed day is until when this task needs longer."""
    await _longer.keep({"task_id": task_id}, context)


async def asked_longer(context: Context) -> int | None:
    """Which task needs longer, if that is the question that is open."""
    found = await _longer.find(context)
    return int(found[1]["task_id"]) if found is not None else None


async def forget_longer(context: Context) -> None:
    """It is said, or left."""
    await _longer.forget(context)

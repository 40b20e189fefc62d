"""What whoever has a task hears when somebody else does something about it."""

from __future__ import annotations

from collections.abc import Callable

from handlers.core.context import Context
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from storage.tasks import Task

LASTING = "it leads to the task, or to what became of it"


async def tell_takers(context: Context, task: Task, told: Callable[[Task, Speech], Screen]) -> None:
    """Told to whoever has it but the one who acts: privately, not at night."""
    centre = context.centre
    for taker in task.takers:
        if taker.member_id == context.member.id:
            continue
        await context.unit.post(
            f"task:{task.id}:{context.now}:{taker.member_id}",
            taker.telegram_id,
            told(task, Speech.of(centre, taker.language)),
            centre_id=centre.id,
            lasting=LASTING,
            not_before=centre.waits_until(context.now),
        )

"""A task that was left open three times becomes a point of the open assembly: one press."""

from __future__ import annotations

from handlers.assemblies.tasks.presses import MakePoint
from handlers.assemblies.tasks.tasks import show_task
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, presses
from storage import assemblies, follow_ups, tasks


async def make_point(press: MakePoint, context: Context) -> None:
    """Behind the others, once; nothing of the task itself changes."""
    ids = press.centre_id, press.task_id
    task = await tasks.get(context.tx, *ids, context.now)
    upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
    if task is None or not upcoming or upcoming[0].status != "open":
        context.toast(context.speak("This assembly is not open any more."), alert=True)
        await show_task(context, press.task_id)
        return
    if await follow_ups.make_point(context.tx, press.centre_id, upcoming[0].id, task):
        context.toast(context.speak("It is the last point now.").unescape())
    await context.go(ShowSession(press.centre_id, upcoming[0].id))


def register(app: App) -> None:
    app.add_handler(presses(MakePoint, make_point, may=May.CHAIRS))

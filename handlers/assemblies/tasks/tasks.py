"""/tasks: mine, and what is open in the assembly; one task from nearer."""

from __future__ import annotations

from assembly.duties import Duty
from handlers.assemblies.tasks.presses import SeeTask, TasksPage
from handlers.assemblies.tasks.screens import tasks as screens
from handlers.assemblies.tasks.screens.tasks import Viewer
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowTasks
from handlers.core.registration import PRIVATE, App, command, deep_link, presses
from storage import duties, tasks
from storage.messages import CARD
from storage.tasks import Task


async def list_tasks(context: Context) -> None:
    """/tasks, in private."""
    await show_page(context, 0)


async def show_list(_: ShowTasks, context: Context) -> None:
    await show_page(context, 0)


async def turn_page(press: TasksPage, context: Context) -> None:
    await show_page(context, press.page)


async def follow_link(_: str, context: Context) -> None:
    """`tasks_<centre>`, from the group's posts."""
    await show_page(context, 0)


async def see(press: SeeTask, context: Context) -> None:
    await show_task(context, press.task_id)


async def show_page(context: Context, page: int) -> None:
    """A page of what is to be done."""
    found = await tasks.open_ones(context.tx, context.centre.id, context.now)
    screen = screens.listing(found, await _viewer(context), context.centre.id, page, context.speak)
    context.show(screen)


async def show_task(context: Context, task_id: int) -> None:
    """One task of the member's centre, as it is now."""
    found = await tasks.get(context.tx, context.centre.id, task_id, context.now)
    if found is None:
        context.show(screens.gone(context.centre.id, context.speak))
        return
    context.show(screens.task(found, await _viewer(context), context.speak))


async def tended(context: Context, task_id: int) -> Task | None:
    """The task, if this member looks after it or leads; otherwise shows how it stands."""
    found = await tasks.get(context.tx, context.centre.id, task_id, context.now)
    if found is not None and (found.of(context.member.id) or await _leads(context)):
        return found
    if found is not None:
        said = context.speak("Only whoever looks after it can say that.")
        context.toast(said.unescape(), alert=True)
    await show_task(context, task_id)
    return None


def card_ref(task_id: int, member_id: int) -> str:
    """The name of the message in private that reminds somebody of what they took."""
    return f"{cards(task_id)}{member_id}"


def cards(task_id: int) -> str:
    """How the names of all such messages about a task begin."""
    return f"{CARD}task:{task_id}:"


async def _viewer(context: Context) -> Viewer:
    return Viewer(context.member.id, facilitates=context.facilitates, leads=await _leads(context))


async def _leads(context: Context) -> bool:
    """Whether they say how tasks stand that others have: a facilitator, or who chairs just now."""
    ids = context.centre.id, context.member.id
    return context.facilitates or await duties.leads(context.tx, *ids, Duty.CHAIR, context.now)


def register(app: App) -> None:
    app.add_handler(command("tasks", list_tasks, PRIVATE, may=May.MEMBERS))
    app.add_handler(presses(ShowTasks, show_list, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TasksPage, turn_page, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SeeTask, see, may=May.MEMBERS_IN_PRIVATE))
    deep_link("tasks", follow_link, may=May.MEMBERS)

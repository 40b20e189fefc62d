"""Writing a task down at a point of the assembly: what, until when, and then it is there."""

from __future__ import annotations

from dataclasses import replace

from assembly import wording
from assembly.name_marks import blanked, mark_names, member_mark
from assembly.tasks import due
from assembly.wording import WordingError
from handlers.assemblies.tasks import draft as task_draft
from handlers.assemblies.tasks.draft import Writing
from handlers.assemblies.tasks.presses import DueBy, LeaveTask, WriteGroup, WriteTask
from handlers.assemblies.tasks.progress import typed_until
from handlers.assemblies.tasks.screens import writing as screens
from handlers.assemblies.tasks.tasks import show_page, show_task
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, presses, typed
from storage import assemblies, members, points, tasks
from storage.drafts import Draft
from storage.points import AgendaItem


async def ask_what(press: WriteTask, context: Context) -> None:
    """The first question; at a point that is of no open assembly any more, the list instead."""
    item = await _item(press.item_id, context)
    if press.item_id and item is None:
        context.toast(context.speak("This assembly is not open any more.").unescape(), alert=True)
        await show_page(context, 0)
    elif not await asks_first(press, context, same=task_draft.KIND):
        await task_draft.keep(Writing(press.item_id), context)
        title = item.title if item is not None else None
        context.show(screens.what(context.centre.id, press.item_id, title, context.speak))


async def take_text(_: Draft, context: Context) -> None:
    """What is to be done, a day, or what a group is called."""
    writing = await task_draft.find(context)
    if writing is None:
        await task_draft.forget(context)
        await show_page(context, 0)
    elif writing.task_id:
        await _take_group(writing.task_id, context)
    elif writing.what is None:
        await _take_what(writing, context)
    else:
        await _take_day(writing, context)


async def ask_again(_: Draft, context: Context) -> None:
    """The question that is open."""
    writing = await task_draft.find(context)
    if writing is None:
        return
    if writing.task_id:
        await ask_group(WriteGroup(context.centre.id, writing.task_id), context)
    elif writing.what is None:
        await ask_what(WriteTask(context.centre.id, writing.item_id), context)
    else:
        await _ask_by_when(writing, writing.what, context)


async def _take_what(writing: Writing, context: Context) -> None:
    try:
        said = wording.task(context.text)
    except WordingError as error:
        back = WriteTask(context.centre.id, writing.item_id)
        context.show(screens.unfit(error, back, context.speak))
        return
    await _ask_by_when(writing, said, context)


async def _ask_by_when(writing: Writing, said: str, context: Context) -> None:
    await task_draft.keep(replace(writing, what=said), context)
    context.show(screens.by_when(context.centre.id, writing.item_id, said, context.speak))


async def _take_day(writing: Writing, context: Context) -> None:
    until_then = typed_until(context)
    if until_then is None:
        back = WriteTask(context.centre.id, writing.item_id)
        context.show(screens.no_day(back, context.speak))
    else:
        await _add(writing, until_then, context)


async def pick_day(press: DueBy, context: Context) -> None:
    """By a button."""
    writing = await task_draft.find(context)
    if writing is None or writing.what is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        await show_page(context, 0)
    else:
        await _add(writing, due(press.by, context.now, context.centre.clock), context)


async def _add(writing: Writing, due_at: int | None, context: Context) -> None:
    """It is there: of the assembly that is open, if there is one."""
    tx, centre = context.tx, context.centre
    item = await _item(writing.item_id, context)
    upcoming = await assemblies.upcoming(tx, centre.id, context.now)
    during = upcoming[0].id if upcoming and upcoming[0].status == "open" else None
    task_id = await tasks.add(
        tx,
        centre_id=centre.id,
        assembly_id=during,
        item_id=item.id if item is not None else None,
        what=writing.what or "",
        due_at=due_at,
        now=context.now,
    )
    await task_draft.forget(context)
    found = await tasks.get(tx, centre.id, task_id, context.now)
    if found is not None:
        context.show(screens.there(found, during, context.speak))


async def leave(press: LeaveTask, context: Context) -> None:
    """Nothing is written, and nothing kept."""
    await task_draft.forget(context)
    item = await _item(press.item_id, context)
    if item is not None:
        await context.go(ShowSession(context.centre.id, item.assembly_id))
    else:
        await show_page(context, 0)


async def ask_group(press: WriteGroup, context: Context) -> None:
    """Which group looks after it."""
    found = await tasks.get(context.tx, context.centre.id, press.task_id, context.now)
    if found is None or not found.is_open:
        await show_task(context, press.task_id)
    elif not await asks_first(press, context, same=task_draft.KIND):
        await task_draft.keep(Writing(task_id=found.id), context)
        context.show(screens.which_group(found, context.speak))


async def _take_group(task_id: int, context: Context) -> None:
    try:
        called = wording.group(context.text)
    except WordingError as error:
        back = WriteGroup(context.centre.id, task_id)
        context.show(screens.unfit(error, back, context.speak))
        return
    named = await members.names(context.tx, context.centre.id)
    if blanked(mark_names(called, named)) == blanked(member_mark(0)):
        context.show(screens.no_group(context.centre.id, task_id, context.speak))
        return
    await task_draft.forget(context)
    await tasks.give_to_group(context.tx, context.centre.id, task_id, called)
    await show_task(context, task_id)


async def _item(item_id: int, context: Context) -> AgendaItem | None:
    """The point that a task follows from, while its assembly is open."""
    found = await points.item(context.tx, context.centre.id, item_id)
    return found if found is not None and found.assembly_status == "open" else None


def register(app: App) -> None:
    app.add_handler(presses(WriteTask, ask_what, may=May.RECORDERS))
    app.add_handler(presses(DueBy, pick_day, may=May.RECORDERS))
    app.add_handler(presses(LeaveTask, leave, may=May.RECORDERS))
    app.add_handler(presses(WriteGroup, ask_group, may=May.RECORDERS))
    typed(
        task_draft.KIND,
        take_text,
        resume=ask_again,
        copied=task_draft.find,
        loses=task_draft.beginning,
        may=May.RECORDERS,
    )

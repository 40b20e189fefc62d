"""How a task goes on: done, needs longer, taken out. Said by whoever has it, or a facilitator."""

from __future__ import annotations

from assembly.recurrence import local
from assembly.tasks import due, possible, until
from assembly.typed_day import typed_day
from handlers.assemblies.tasks import authors
from handlers.assemblies.tasks import draft as task_draft
from handlers.assemblies.tasks.presses import FinishTask, NeedsLonger, PutOff, TakeOut
from handlers.assemblies.tasks.screens import taking as taking_screens
from handlers.assemblies.tasks.screens import tasks as screens
from handlers.assemblies.tasks.screens import writing as writing_screens
from handlers.assemblies.tasks.tasks import cards, show_page, show_task, tended
from handlers.assemblies.tasks.telling import tell_takers
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.registration import App, presses, typed
from storage import tasks
from storage.drafts import Draft


async def finish(press: FinishTask, context: Context) -> None:
    """Done, or not done after all; what reminds of it loses its buttons."""
    task = await tended(context, press.task_id)
    if task is None:
        return
    if press.done:
        changed = await tasks.finish(context.tx, task.centre_id, task.id, context.now)
        await context.unit.retire_cards(cards(task.id))
    else:
        changed = await tasks.reopen(context.tx, task.centre_id, task.id)
    later = await tasks.get(context.tx, task.centre_id, task.id, context.now)
    if changed and later is not None:
        await tell_takers(context, later, taking_screens.changed)
        if press.done:
            await authors.done(context.unit, context.centre, later, context.member.id)
        else:
            await authors.of_task(context.unit, context.centre, later)
    await show_task(context, task.id)


async def ask_until(press: NeedsLonger, context: Context) -> None:
    """Until when: by a button, or a typed day."""
    task = await tended(context, press.task_id)
    if task is None:
        return
    if not task.is_open:
        await show_task(context, task.id)
    elif not await asks_first(press, context, same=task_draft.LONGER):
        await task_draft.ask_longer(task.id, context)
        context.show(taking_screens.how_long(task, context.speak))


async def put_off(press: PutOff, context: Context) -> None:
    """By a button."""
    until_then = due(press.by, context.now, context.centre.clock)
    await _put_off(press.task_id, until_then, context)


async def take_day(_: Draft, context: Context) -> None:
    """A day that was typed."""
    task_id = await task_draft.asked_longer(context)
    if task_id is None:
        await task_draft.forget_longer(context)
        await show_page(context, 0)
        return
    until_then = typed_until(context)
    if until_then is None:
        back = NeedsLonger(context.centre.id, task_id)
        context.show(writing_screens.no_day(back, context.speak))
    else:
        await _put_off(task_id, until_then, context)


async def ask_again(_: Draft, context: Context) -> None:
    task_id = await task_draft.asked_longer(context)
    if task_id is not None:
        await ask_until(NeedsLonger(context.centre.id, task_id), context)


def typed_until(context: Context) -> int | None:
    """The end of the day that was typed; None where it is none, or none that can be."""
    zone = context.centre.clock
    today = local(context.now, zone).date()
    day = typed_day(context.text, today, context.speak.language)
    if day is None or not possible(day, context.now, zone):
        return None
    return until(day, zone)


async def _put_off(task_id: int, until_then: int | None, context: Context) -> None:
    task = await tended(context, task_id)
    if task is None:
        return
    if await task_draft.asked_longer(context) == task.id:
        await task_draft.forget_longer(context)
    if await tasks.put_off(context.tx, task.centre_id, task.id, until_then):
        await context.unit.retire_cards(cards(task.id))
        later = await tasks.get(context.tx, task.centre_id, task.id, context.now)
        if later is not None:
            await tell_takers(context, later, taking_screens.changed)
            await authors.of_task(context.unit, context.centre, later)
    await show_task(context, task.id)


async def take_out(press: TakeOut, context: Context) -> None:
    """Take it out with its words, after asking once; whoever took it is told."""
    task = await tasks.get(context.tx, press.centre_id, press.task_id, context.now)
    if task is None:
        await show_task(context, press.task_id)
    elif not press.sure:
        context.show(screens.sure_to_take_out(task, context.speak))
    else:
        await tasks.remove(context.tx, task.centre_id, task.id)
        await context.unit.retire_cards(cards(task.id))
        await tell_takers(context, task, taking_screens.taken_out)
        await authors.of_task(context.unit, context.centre, task)
        await show_page(context, 0)


def register(app: App) -> None:
    app.add_handler(presses(FinishTask, finish, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(NeedsLonger, ask_until, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(PutOff, put_off, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeOut, take_out, may=May.FACILITATORS))
    typed(task_draft.LONGER, take_day, resume=ask_again, may=May.MEMBERS_IN_PRIVATE)

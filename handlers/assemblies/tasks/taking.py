"""Taking a task: by whoever presses, alone or as the second; taken, never given."""

from __future__ import annotations

from handlers.assemblies.tasks import authors, reminders
from handlers.assemblies.tasks.presses import JoinTask, LetGo, NameMe, TakeTask, WelcomeCompany
from handlers.assemblies.tasks.screens import taking as screens
from handlers.assemblies.tasks.tasks import card_ref, show_page, show_task
from handlers.assemblies.tasks.telling import tell_takers
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import known_as
from handlers.core.registration import App, deep_link, linked_id, presses
from storage import decisions, messages, outbox_changes, task_takers, task_taking, tasks
from storage.task_taking import Took


async def take(press: TakeTask, context: Context) -> None:
    """I'll take it; twice is once. In private it is asked whether the name may be read."""
    await take_on(press.task_id, context)


async def join(press: JoinTask, context: Context) -> None:
    """I'll join in: whoever has it is told in private, and nobody of whom."""
    await take_on(press.task_id, context, joins=True)


async def take_outcome(payload: str, context: Context) -> None:
    """`takeon_<centre>_<decision>`, under an outcome: what was carried becomes a task, once."""
    ids = context.centre.id, linked_id(payload.partition("_")[2]) or 0
    decision = await decisions.get(context.tx, *ids)
    if decision is None or decision.result != "carried":
        await show_page(context, 0)
        return
    task_id = await tasks.of_decision(context.tx, *ids)
    if task_id is None:
        task_id = await tasks.add(
            context.tx,
            centre_id=context.centre.id,
            assembly_id=decision.assembly_id,
            item_id=decision.item_id,
            decision_id=decision.id,
            what=decision.question,
            due_at=None,
            now=context.now,
        )
    await take_on(task_id, context)


async def take_on(task_id: int, context: Context, *, joins: bool = False) -> None:
    """The member takes it, wherever they said so."""
    centre, member = context.centre, context.member
    ids = centre.id, task_id, member.id
    became = await task_taking.take(context.tx, *ids, context.now, joins=joins)
    found = await tasks.get(context.tx, centre.id, task_id, context.now)
    if found is None or became in (Took.ALONE, Took.FULL, Took.OVER):
        context.toast(screens.refused(became, context.speak).unescape(), alert=True)
        await show_task(context, task_id)
        return
    await reminders.plan(context.tx, centre, context.now)
    await authors.of_task(context.unit, centre, found)
    if became is Took.NOW:
        await tell_takers(context, found, screens.joined)
        context.show(screens.took(found, known_as(member.name, context.speak), context.speak))
    else:
        await show_task(context, task_id)


async def name_me(press: NameMe, context: Context) -> None:
    """With my name or without; whoever took it first is asked then whether somebody may join."""
    if not await task_takers.show(context.tx, press.task_id, context.member.id, press.shown):
        await show_task(context, press.task_id)
        return
    found = await tasks.get(context.tx, press.centre_id, press.task_id, context.now)
    if found is not None:
        await authors.of_task(context.unit, context.centre, found)
    if found is not None and press.first and found.is_open and len(found.takers) == 1:
        context.show(screens.together(found, context.speak))
    else:
        await show_task(context, press.task_id)


async def welcome(press: WelcomeCompany, context: Context) -> None:
    """Somebody may join me, or I do it alone."""
    member_id = context.member.id
    await task_takers.welcome_company(context.tx, press.task_id, member_id, press.wanted)
    await show_task(context, press.task_id)


async def let_go(press: LetGo, context: Context) -> None:
    """Somebody else, please: it is free again, and nothing says who had it."""
    before = await tasks.get(context.tx, press.centre_id, press.task_id, context.now)
    mine = before.of(context.member.id) if before is not None else None
    gone = await task_takers.let_go(context.tx, press.task_id, context.member.id)
    if mine is None or not gone:
        await show_task(context, press.task_id)
        return
    card = card_ref(press.task_id, context.member.id)
    await messages.forget(context.tx, card)
    told = f"{card}:", f"edit:{card}", f"task:{press.task_id}:"
    await outbox_changes.forget_told(context.tx, context.member.telegram_id, *told)
    found = await tasks.get(context.tx, press.centre_id, press.task_id, context.now)
    if found is not None:
        await authors.of_task(context.unit, context.centre, found)
        context.show(screens.let_go(found, context.speak, was_shown=mine.shown))


def register(app: App) -> None:
    deep_link("takeon", take_outcome, may=May.MEMBERS)
    app.add_handler(presses(TakeTask, take, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(JoinTask, join, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(NameMe, name_me, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(WelcomeCompany, welcome, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(LetGo, let_go, may=May.MEMBERS_IN_PRIVATE))

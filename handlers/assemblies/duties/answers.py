"""Whoever is asked answers; a facilitator takes what nobody has; everybody sees who leads."""

from __future__ import annotations

from assembly import duties as rules
from assembly.duties import Duty
from handlers.assemblies import posts
from handlers.assemblies.duties import search
from handlers.assemblies.duty_presses import (
    AnswerDuty,
    GiveDutyUp,
    ShowDutyWishes,
    ShowLeading,
    TakeDuty,
    TellMyName,
    WishDuty,
)
from handlers.assemblies.screens import duties as screens
from handlers.assemblies.screens import duty_search
from handlers.assemblies.screens.duties import Led, Viewer
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import is_nameless
from handlers.core.navigation import ShowAssembly
from handlers.core.registration import App, presses
from handlers.core.screen import Button, Screen
from storage import assemblies, duties
from storage.assemblies import Assembly


async def answer(press: AnswerDuty, context: Context) -> None:
    """Yes, if they are still waited for; or no, and somebody else is asked."""
    assembly = await _to_come(press.assembly_id, context)
    if assembly is None:
        return
    member_id = context.member.id
    if not press.yes:
        await _pass(assembly, press.duty, context)
        _show_passed(assembly, context)
    elif await duties.accept(context.tx, assembly.id, press.duty, member_id):
        await search.agreed(context.unit, context.centre, assembly)
        await _ask_for_name(assembly, context)
    else:
        found = (await duties.of_assembly(context.tx, assembly.id)).mine(member_id)
        if found is None:
            context.toast(screens.too_late(assembly, context.speak), alert=True)
        await _show(assembly, context)


async def take(press: TakeDuty, context: Context) -> None:
    """A facilitator does it; of two who press at once, the other sees who was quicker."""
    assembly = await _at_hand(press.assembly_id, context)
    if assembly is None:
        return
    waiting = (await duties.of_assembly(context.tx, assembly.id)).waiting(press.duty)
    ids = assembly.id, press.duty, context.member.id
    if await duties.take(context.tx, *ids, context.now):
        if waiting is not None and waiting.member_id != context.member.id:
            await search.pass_question(context.unit, context.centre, assembly, waiting)
        await _ask_for_name(assembly, context)
        return
    holder = (await duties.of_assembly(context.tx, assembly.id)).holder(press.duty)
    if holder is not None and holder.member_id != context.member.id:
        context.toast(context.speak("Somebody else does it already."), alert=True)
    await _show(assembly, context)


async def tell_name(press: TellMyName, context: Context) -> None:
    """Named in the posts about the assembly, or not."""
    assembly = await _at_hand(press.assembly_id, context)
    if assembly is None:
        return
    if await duties.name(context.tx, assembly.id, context.member.id, on=press.on):
        await posts.refresh(context.unit, context.centre, assembly)
    await _show(assembly, context)


async def give_up(press: GiveDutyUp, context: Context) -> None:
    """Ask once; then somebody else is looked for at once."""
    assembly = await _to_come(press.assembly_id, context)
    if assembly is None:
        return
    mine = (await duties.of_assembly(context.tx, assembly.id)).mine(context.member.id)
    if mine is None:
        await _show(assembly, context)
    elif not press.sure:
        context.show(screens.sure_to_give_up(assembly, context.speak), ref=_card(assembly, context))
    else:
        await _pass(assembly, mine.duty, context)
        if mine.named:
            await posts.refresh(context.unit, context.centre, assembly)
        _show_passed(assembly, context)


async def _pass(assembly: Assembly, duty: Duty, context: Context) -> None:
    if await search.pass_on(context.unit, assembly, duty, context.member.id):
        await search.go_on(context.unit, context.centre, assembly)


def _show_passed(assembly: Assembly, context: Context) -> None:
    """It stays known as the card that it is, as that of somebody who never answered does."""
    context.show(duty_search.passed(assembly, context.speak), ref=_card(assembly, context))


async def show(press: ShowLeading, context: Context) -> None:
    """Who does what, and how often each role has."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None:
        await context.go(ShowAssembly(press.centre_id))
    else:
        await _show(assembly, context)


async def _show(assembly: Assembly, context: Context) -> None:
    tx, member, centre = context.tx, context.member, context.centre
    led: Led = {
        duty: await duties.led(tx, centre.id, duty, centre.clock, context.now) for duty in Duty
    }
    if not assembly.takes_place(context.now):
        back = Button(str(context.speak("Back")), ShowAssembly(centre.id))
        context.show(screens.over(assembly, led, back, context.speak))
        return
    may_open = await duties.leads(tx, centre.id, member.id, Duty.CHAIR, context.now, assembly.id)
    viewer = Viewer(member.id, context.facilitates, may_open)
    found = await duties.of_assembly(tx, assembly.id)
    screen = screens.leading(assembly, found, led, viewer, context.speak)
    context.show(screen, ref=_card(assembly, context))


async def _ask_for_name(assembly: Assembly, context: Context) -> None:
    mine = (await duties.of_assembly(context.tx, assembly.id)).mine(context.member.id)
    if mine is None or is_nameless(mine.name):
        await _show(assembly, context)
    else:
        screen: Screen = screens.agreed(assembly, mine, context.speak)
        context.show(screen, ref=_card(assembly, context))


def _card(assembly: Assembly, context: Context) -> str:
    return search.card(assembly.id, context.member.id)


async def _to_come(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly while it is convened; otherwise what there is to see of it."""
    found = await _at_hand(assembly_id, context)
    if found is None or found.status == "convened":
        return found
    context.toast(screens.too_late(found, context.speak), alert=True)
    await _show(found, context)
    return None


async def _at_hand(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly while it goes on or is to come; otherwise that it is over."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if found is None:
        await context.go(ShowAssembly(context.centre.id))
        return None
    if not found.takes_place(context.now):
        await _show(found, context)
        return None
    return found


async def show_wishes(press: ShowDutyWishes, context: Context) -> None:
    """What this member would like to do."""
    wished = await duties.wishes(context.tx, context.member.id)
    context.show(screens.wishes(press.centre_id, wished, context.speak))


async def wish(press: WishDuty, context: Context) -> None:
    """Ask me, or no longer; where somebody is looked for just now, they may be the next."""
    await duties.wish(context.tx, context.member.id, press.duty, on=press.on)
    await show_wishes(ShowDutyWishes(press.centre_id), context)
    if not press.on:
        return
    for assembly in await assemblies.upcoming(context.tx, press.centre_id, context.now):
        near = rules.begins_at(assembly.starts_at, context.now, context.centre.clock)
        if assembly.status == "convened" and near <= context.now:
            await search.go_on(context.unit, context.centre, assembly)


def register(app: App) -> None:
    app.add_handler(presses(AnswerDuty, answer, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeDuty, take, may=May.FACILITATORS))
    app.add_handler(presses(TellMyName, tell_name, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(GiveDutyUp, give_up, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowLeading, show, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowDutyWishes, show_wishes, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(WishDuty, wish, may=May.MEMBERS_IN_PRIVATE))

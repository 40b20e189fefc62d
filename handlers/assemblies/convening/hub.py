"""The facilitators' hub, and the guard of everything that is done from there."""

from __future__ import annotations

from assembly.duties import Duty
from assembly.electorate import LATELY
from handlers.assemblies.convening import draft as assembly_draft
from handlers.assemblies.convening.screens import hub as screens
from handlers.assemblies.series.screens.words import on_button
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, Home, ShowSession
from handlers.core.registration import App, command, deep_link, presses
from handlers.core.screens import plain
from storage import assemblies, duties, newcomers, series
from storage.assemblies import Assembly


async def facilitate(context: Context) -> None:
    """/facilitate: in the group it only points to the private chat."""
    if context.in_private:
        await show_hub(context)
    else:
        context.show(screens.in_private(context.centre.id, context.speak, context.services.link))


async def back_to_hub(press: Facilitate, context: Context) -> None:
    """The button that leads back here; whoever only chairs goes on with the assembly.

    Once that is over, or a term has ended, the same button leads home.
    """
    if context.facilitates:
        await show_hub(context)
    elif await _chairs(context):
        upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
        await context.go(ShowSession(press.centre_id, upcoming[0].id))
    else:
        await context.go(Home(press.centre_id))


async def _chairs(context: Context) -> bool:
    ids = context.centre.id, context.member.id
    return await duties.leads(context.tx, *ids, Duty.CHAIR, context.now)


async def open_hub(_: str, context: Context) -> None:
    """The link from the group."""
    await show_hub(context)


async def show_hub(context: Context) -> None:
    """Where a facilitator's work starts; shown again when something is over.

    Whoever turned back from the days is not waited for any more.
    """
    planned = await assembly_draft.find(context)
    if planned is not None and planned.day is None and planned.starts_at is None:
        await assembly_draft.forget(context)
    upcoming = await assemblies.upcoming(context.tx, context.centre.id, context.now)
    lately = context.now - LATELY
    heads = await newcomers.joined_since(context.tx, context.centre.id, lately)
    regular = [
        (on_button(each.rhythm, each.start.time(), context.speak), each.id)
        for each in await series.of_centre(context.tx, context.centre.id)
    ]
    context.show(screens.hub(context.centre, upcoming, regular, heads, context.speak))


async def convened(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly that is to be changed, if it can be: to come, and of this centre."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    changeable = found is not None and found.status == "convened" and found.takes_place(context.now)
    return found if changeable else None


async def too_late(assembly_id: int, context: Context) -> None:
    """Say that it is open, over or cancelled; for another centre's, show the hub."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if found is None:
        await show_hub(context)
    else:
        context.show(plain.over(found, context.speak))


def register(app: App) -> None:
    app.add_handler(command("facilitate", facilitate, may=May.FACILITATORS))
    app.add_handler(presses(Facilitate, back_to_hub, may=May.MEMBERS_IN_PRIVATE))
    deep_link("facilitate", open_hub, may=May.FACILITATORS)

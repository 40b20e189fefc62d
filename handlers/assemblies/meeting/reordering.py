"""A point of a fixed agenda gets another place, with a reason that everybody can read."""

from __future__ import annotations

from assembly import wording
from handlers.assemblies import posts
from handlers.assemblies.convening_presses import ChangeAssembly
from handlers.assemblies.presses import ListPoints
from handlers.assemblies.reordering_presses import (
    AskWhy,
    ChoosePlace,
    ChoosePoint,
    LeaveOrder,
    MoveFor,
)
from handlers.assemblies.screens import reordering as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May, refused
from handlers.core.navigation import Facilitate
from handlers.core.registration import App, presses, typed
from handlers.core.sealed_draft import Content, SealedDraft
from handlers.core.speech import Speech
from storage import agenda_changes, assemblies, points
from storage.assemblies import Assembly
from storage.drafts import Draft
from storage.points import AgendaItem

KIND = "agenda-order"
_drafts = SealedDraft(KIND, b"new place of a point, chosen by member %d")


async def choose_point(press: ChoosePoint, context: Context) -> None:
    """Which one?"""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    items = await points.items(context.tx, press.assembly_id) if assembly else []
    if assembly is None or assembly.status not in ("convened", "open") or len(items) < 2:
        await _back(assembly, context)
    else:
        context.show(screens.which(assembly, items, press.page, context.speak))


async def choose_place(press: ChoosePlace, context: Context) -> None:
    """Where to?"""
    item = await _movable(press.item_id, context)
    if item is not None:
        items = await points.items(context.tx, item.assembly_id)
        context.show(screens.where(item, items, press.page, context.speak))


async def ask_why(press: AskWhy, context: Context) -> None:
    """Why? From here on what is typed is the reason."""
    item = await _movable(press.item_id, context)
    if item is None:
        return
    if item.position != press.was:
        await context.go(ChoosePlace(press.centre_id, press.item_id, 0))
        return
    if await asks_first(press, context, same=KIND):
        return
    await _drafts.keep({"item": item.id, "was": press.was, "becomes": press.becomes}, context)
    context.show(screens.why(item, press.becomes, context.speak))


async def move_for(press: MoveFor, context: Context) -> None:
    """For a reason of the buttons, in the centre's language, in which the group reads it."""
    reason = Speech.of(context.centre)(screens.REASONS[press.why]).unescape()
    found = await _drafts.find(context)
    if found is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        await context.go(Facilitate(press.centre_id))
    else:
        await _move(found[1], reason, context)


async def take_reason(_: Draft, context: Context) -> None:
    """The reason was typed."""
    found = await _drafts.find(context)
    if found is None:
        return  # said to whoever types, as in every conversation
    item = await _movable(found[1]["item"], context)
    if item is None:
        await _drafts.forget(context)
        return
    try:
        reason = wording.reordering(context.text)
    except wording.WordingError as error:
        context.show(screens.why(item, found[1]["becomes"], context.speak, error))
        return
    await _move(found[1], reason, context)


async def ask_again(_: Draft, context: Context) -> None:
    found = await _drafts.find(context)
    item = await _movable(found[1]["item"], context) if found is not None else None
    if found is not None and item is not None:
        context.show(screens.why(item, found[1]["becomes"], context.speak))


async def half_written(context: Context) -> Content | None:
    """Which place somebody has chosen for a point, for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def leave(press: LeaveOrder, context: Context) -> None:
    """It stays where it is."""
    await _drafts.forget(context)
    await _back(await assemblies.find(context.tx, press.centre_id, press.assembly_id), context)


async def _move(content: Content, reason: str, context: Context) -> None:
    await _drafts.forget(context)
    moved = await agenda_changes.reorder(
        context.tx,
        centre_id=context.centre.id,
        item_id=content["item"],
        was=content["was"],
        becomes=content["becomes"],
        reason=reason,
        member_id=context.member.id,
        now=context.now,
    )
    if not moved and context.incoming.callback_query is not None:
        changed = context.speak("Somebody has changed this point meanwhile. So it stands now.")
        context.toast(changed.unescape())
    item = await points.item(context.tx, context.centre.id, content["item"])
    found = None
    if item is not None:
        found = await assemblies.find(context.tx, context.centre.id, item.assembly_id)
    if found is not None and moved:
        await posts.show_order(context.unit, context.centre, found)
    await _back(found, context)


async def _movable(item_id: int, context: Context) -> AgendaItem | None:
    """The point, while its agenda can change; otherwise where that stands is shown.

    Whoever chairs another assembly is told that this one is not theirs.
    """
    item = await points.item(context.tx, context.centre.id, item_id)
    if item is not None and await refused(May.CHAIRS, context, item.assembly_id):
        return None
    if item is not None and item.assembly_status in ("convened", "open"):
        return item
    found = None
    if item is not None:
        found = await assemblies.find(context.tx, context.centre.id, item.assembly_id)
    await _back(found, context)
    return None


async def _back(assembly: Assembly | None, context: Context) -> None:
    if assembly is None:
        await context.go(Facilitate(context.centre.id))
    elif assembly.status == "convened":
        await context.go(ChangeAssembly(context.centre.id, assembly.id))
    else:
        await context.go(ListPoints(context.centre.id, assembly.id, 0))


def register(app: App) -> None:
    typed(KIND, take_reason, resume=ask_again, copied=half_written, may=May.CHAIRS)
    app.add_handler(presses(ChoosePoint, choose_point, may=May.CHAIRS))
    app.add_handler(presses(ChoosePlace, choose_place, may=May.CHAIRS))
    app.add_handler(presses(AskWhy, ask_why, may=May.CHAIRS))
    app.add_handler(presses(MoveFor, move_for, may=May.CHAIRS))
    app.add_handler(presses(LeaveOrder, leave, may=May.CHAIRS))

"""Agreed without a ballot: worded at a point, read by the group, turned back by one who disagrees.

Whoever leads the assembly words it, and nobody's duty alone makes it hold: everybody who is there
can open the point again with one press. Nothing is kept of who did, and nothing is told.
"""

from __future__ import annotations

import hashlib

from assembly import wording
from assembly.agreement import Standing, after, begins_again, until
from assembly.endings import Ending
from assembly.wording import WordingError
from handlers.assemblies.agreeing.presses import (
    Disagree,
    LeaveAgreement,
    OpenAgain,
    PutAgreement,
    WordAgreement,
)
from handlers.assemblies.agreeing.screens import agreeing as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowAssembly, ShowSession
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, falls_due, presses, typed
from handlers.core.screens import plain
from handlers.core.sealed_draft import Content, SealedDraft
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import (
    agreements,
    assemblies,
    centres,
    messages,
    outbox_changes,
    points,
    schedules,
    sessions,
)
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.drafts import Draft
from storage.points import AgendaItem
from storage.schedules import Schedule

KIND = "agreement"  # of the conversation, and of the schedule that ends its time
_drafts = SealedDraft(KIND, b"agreement worded by member %d")
_SIGN = 8  # hexadecimal digits in a button


async def word(press: WordAgreement, context: Context) -> None:
    """Ask for it, at a point of the open assembly."""
    item = await _open_item(press.item_id, context)
    if item is None or await asks_first(press, context, same=KIND):
        return
    await _drafts.keep({"item_id": item.id}, context)
    context.show(screens.ask(item, context.speak))


async def take_text(draft: Draft, context: Context) -> None:
    """It is seen once more before the group reads it."""
    content = await _drafts.read(draft, context)
    item = await _open_item(content["item_id"], context) if content is not None else None
    if content is None or item is None:
        return
    try:
        text = wording.agreement(context.text)
    except WordingError as error:
        screen = screens.ask(item, context.speak)
        context.show(screen.on_top(plain.misfit(error, context.speak)))
        return
    await _drafts.keep({**content, "wording": text}, context)
    context.show(screens.preview(item, text, _sign(text), context.speak))


async def ask_again(draft: Draft, context: Context) -> None:
    content = await _drafts.read(draft, context)
    item = await _open_item(content["item_id"], context) if content is not None else None
    if content is None or item is None:
        return
    text = content.get("wording")
    if text is None:
        context.show(screens.ask(item, context.speak))
    else:
        context.show(screens.preview(item, text, _sign(text), context.speak))


async def half_written(context: Context) -> Content | None:
    """What somebody words just now, for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def beginning(context: Context) -> str | None:
    """Its words; None where nothing is written yet."""
    content = await half_written(context)
    return content.get("wording") if content is not None else None


async def leave(press: LeaveAgreement, context: Context) -> None:
    """Nothing was put; back to the point."""
    await _drafts.forget(context)
    await _back(press.item_id, context)


async def put(press: PutAgreement, context: Context) -> None:
    """The group reads it, if these are the words that the button stood under."""
    item = await _open_item(press.item_id, context)
    if item is None:
        return
    content = await half_written(context) or {}
    text = content.get("wording")
    if text is None or content["item_id"] != item.id or press.sign != _sign(text):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
    else:
        ends = until(context.now)
        words = {"wording": text, "now": context.now, "until": ends}
        agreement_id = await agreements.put(context.tx, context.centre.id, item.id, **words)
        found = await agreements.by_id(context.tx, agreement_id or 0)
        await _drafts.forget(context)
        if found is None:
            busy = context.speak("Something else is open at this point. Nothing was changed.")
            context.toast(busy.unescape(), alert=True)
        else:
            await _tell(found, context)
    await _back(press.item_id, context)


async def _tell(found: Agreement, context: Context) -> None:
    centre = context.centre
    await schedules.set(context.tx, KIND, found.id, found.until, centre.zone)
    screen = screens.post(found, Speech.of(centre))
    await context.unit.post_to_group(centre, ref(found), screen, ref=ref(found))
    await say_if_it_waits(context.unit, centre, context.speak)


async def disagree(press: Disagree, context: Context) -> None:
    """One press of somebody who is there opens the point again. Only they read that it did."""
    found = await agreements.find(context.tx, press.centre_id, press.agreement_id)
    if found is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if await agreements.disagree(context.tx, found.id, context.member.id):
        await _turned_back(found, context)
    found = await agreements.by_id(context.tx, found.id) or found
    assembly = await assemblies.by_id(context.tx, found.assembly_id)
    closed = assembly is None or assembly.status != "open"
    said = screens.told(found.standing, closed=closed, speak=context.speak)
    context.toast(said, alert=True)
    if context.in_private:
        await context.go(ShowAssembly(context.centre.id))


async def open_again(press: OpenAgain, context: Context) -> None:
    """Whoever leads heard it in the room: not everybody has a phone, or presses on it."""
    found = await agreements.find(context.tx, press.centre_id, press.agreement_id)
    if found is None:
        await context.go(Facilitate(context.centre.id))
        return
    if found.standing is Standing.PUT and await agreements.open_again(context.tx, found.id):
        await _turned_back(found, context)
    await context.go(ShowSession(context.centre.id, found.assembly_id))


async def reopened(item: AgendaItem, context: Context) -> None:
    """The point had ended with these words, and has not ended after all."""
    found = await agreements.at_point(context.tx, item.assembly_id, item.id)
    if found is not None and await agreements.open_again(context.tx, found.id):
        await _turned_back(found, context)


async def _turned_back(found: Agreement, context: Context) -> None:
    await schedules.remove(context.tx, KIND, found.id)
    await _refresh(context.unit, context.centre, found.id)


async def end(row: Schedule, unit: UnitOfWork) -> bool:
    """Its time is over: it stands, unless nobody could be heard meanwhile."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    found = await agreements.by_id(unit.tx, row.subject_id)
    if found is None or found.standing is not Standing.PUT:
        return False
    centre = await centres.get(unit.tx, found.centre_id)
    if begins_again(found.until, unit.now):
        await _begin_again(unit, centre, found)
    else:
        await _stand(unit, centre, found, found.until)
    return True


async def begin_anew(unit: UnitOfWork, centre: Centre) -> None:
    """After an outage in which presses were lost: whoever pressed was not heard."""
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        if assembly.status == "open":
            for found in await agreements.of_assembly(unit.tx, assembly.id):
                if found.standing is Standing.PUT:
                    await _begin_again(unit, centre, found)


async def _begin_again(unit: UnitOfWork, centre: Centre, found: Agreement) -> None:
    ends = until(unit.now)
    await agreements.begin_again(unit.tx, found.id, unit.now, ends)
    await schedules.set(unit.tx, KIND, found.id, ends, centre.zone)
    await _refresh(unit, centre, found.id)


async def settle(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """The assembly closes: what is still read holds, as all were told who read it."""
    for found in await agreements.of_assembly(unit.tx, assembly.id):
        if found.standing is Standing.PUT:
            await schedules.remove(unit.tx, KIND, found.id)
            await _stand(unit, centre, found, until(found.put_at, unit.now))


async def _stand(unit: UnitOfWork, centre: Centre, found: Agreement, ended: int) -> None:
    if after(found.standing, disagreed=False, over=True) is not Standing.STANDS:
        return
    if await agreements.stand(unit.tx, found.id, ended):
        await sessions.end_point(unit.tx, centre.id, found.item_id, Ending.AGREED)
        await _refresh(unit, centre, found.id)


async def _refresh(unit: UnitOfWork, centre: Centre, agreement_id: int) -> None:
    """The group's post says how it stands; without a button once that is settled."""
    found = await agreements.by_id(unit.tx, agreement_id)
    if found is None:
        return
    # Whoever leads sees it, too, at the next tick; the same whoever pressed.
    await schedules.set(unit.tx, assemblies.SIGN, found.assembly_id, unit.now, centre.zone)
    name = ref(found)
    there = await messages.find(unit.tx, name) is not None
    if there or await outbox_changes.on_its_way(unit.tx, name):
        await unit.repost_to_group(centre, ref(found), screens.post(found, Speech.of(centre)))


async def _open_item(item_id: int, context: Context) -> AgendaItem | None:
    """The point while its assembly is open; otherwise shows where things stand."""
    item = await points.item(context.tx, context.centre.id, item_id)
    if item is not None and item.assembly_status == "open":
        return item
    await _drafts.forget(context)
    await _back(item_id, context)
    return None


async def _back(item_id: int, context: Context) -> None:
    item = await points.item(context.tx, context.centre.id, item_id)
    if item is None:
        await context.go(Facilitate(context.centre.id))
    else:
        await context.go(ShowSession(context.centre.id, item.assembly_id))


def ref(found: Agreement) -> str:
    """The name under which the group's post is remembered; also the key of its row."""
    return f"assembly:{found.assembly_id}:agreement:{found.id}"


def _sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_SIGN]


def register(app: App) -> None:
    typed(
        KIND,
        take_text,
        resume=ask_again,
        copied=half_written,
        loses=beginning,
        may=May.CHAIRS,
    )
    falls_due(KIND, end)
    app.add_handler(presses(WordAgreement, word, may=May.CHAIRS))
    app.add_handler(presses(PutAgreement, put, may=May.CHAIRS))
    app.add_handler(presses(LeaveAgreement, leave, may=May.CHAIRS))
    app.add_handler(presses(OpenAgain, open_again, may=May.CHAIRS))
    app.add_handler(presses(Disagree, disagree, may=May.MEMBERS))

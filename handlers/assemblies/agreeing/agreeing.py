"""Agreed without a ballot: worded at a point, read by the group, turned back by one who disagrees.

Whoever leads the assembly words it, and nobody's duty alone makes it hold: everybody who is there
can open the point again with one press. Nothing is kept of who did, and nothing is told.
"""

from __future__ import annotations

import hashlib

from assembly import wording
from assembly.agreement import Standing, until
from assembly.wording import WordingError
from handlers.assemblies.agreeing import standing
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
from storage import agreements, assemblies, points, schedules
from storage.agreements import Agreement
from storage.drafts import Draft
from storage.points import AgendaItem

KIND = "agreement"  # of the conversation
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
    await schedules.set(context.tx, standing.KIND, found.id, found.until, centre.zone)
    name, screen = standing.ref(found), screens.post(found, Speech.of(centre))
    await context.unit.post_to_group(centre, name, screen, ref=name)
    await say_if_it_waits(context.unit, centre, context.speak)


async def disagree(press: Disagree, context: Context) -> None:
    """One press of somebody who is there opens the point again. Only they read that it did."""
    found = await agreements.find(context.tx, press.centre_id, press.agreement_id)
    if found is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if await agreements.disagree(context.tx, found.id, context.member.id):
        await standing.turned_back(found, context)
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
        await standing.turned_back(found, context)
    await context.go(ShowSession(context.centre.id, found.assembly_id))


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


def _sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_SIGN]


def register(app: App) -> None:
    falls_due(standing.KIND, standing.end)
    typed(
        KIND,
        take_text,
        resume=ask_again,
        copied=half_written,
        loses=beginning,
        may=May.CHAIRS,
    )
    app.add_handler(presses(WordAgreement, word, may=May.CHAIRS))
    app.add_handler(presses(PutAgreement, put, may=May.CHAIRS))
    app.add_handler(presses(LeaveAgreement, leave, may=May.CHAIRS))
    app.add_handler(presses(OpenAgain, open_again, may=May.CHAIRS))
    app.add_handler(presses(Disagree, disagree, may=May.MEMBERS))

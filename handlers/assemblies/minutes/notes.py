"""Noting what is said: each line that is typed belongs to the point that is open.

Who may is looked up anew for the assembly that is named: its recorder goes on until the minutes
are out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from assembly import wording
from assembly.wording import WordingError
from handlers.assemblies.minutes import naming, noted, noting
from handlers.assemblies.minutes.noting import Place
from handlers.assemblies.minutes.presses import StopNotes
from handlers.assemblies.minutes.screens import notes as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.home import show_home
from handlers.core.may import May, hindrance
from handlers.core.navigation import ShowSession, TakeNotes
from handlers.core.registration import App, photographed, presses, typed
from handlers.core.unit_of_work import UnitOfWork
from storage import drafts, notes
from storage.assemblies import Assembly
from storage.drafts import Draft
from storage.notes import Note

SILENCE = 3_600  # seconds after which what is typed is perhaps no note any more


async def take_notes(press: TakeNotes, context: Context) -> None:
    """From now on."""
    if await asks_first(press, context, same=noting.KIND):
        return
    assembly = await noted.changeable(press.assembly_id, context)
    if assembly is not None:
        await noting.keep(Place(assembly.id, press.item_id), context)
        await noted.show(assembly, press.item_id, context)


async def stop(press: StopNotes, context: Context) -> None:
    """What is typed is not noted any more."""
    await noting.leave(context)
    if await hindrance(May.CHAIRS, context, context.centre.id, press.assembly_id) is None:
        await context.go(ShowSession(context.centre.id, press.assembly_id))
    else:
        await show_home(context)


async def take_text(draft: Draft, context: Context) -> None:
    """Typed: lines of the point, or one that takes another's place."""
    found = await _place(draft, context)
    if found is None:
        return
    assembly, place = found
    try:
        lines = wording.notes(context.text)
    except WordingError as misfit:
        context.show(screens.unfit(misfit, context.speak))
        return
    await _take(assembly, place, lines, context)


async def take_photograph(draft: Draft, context: Context) -> None:
    """A photograph of the flip chart; its caption is a note like any other."""
    found = await _place(draft, context)
    message = context.incoming.message
    if found is None or message is None or not message.photo:
        return
    assembly, place = found
    await _add(assembly, place.item_id, "", context, message.photo[-1].file_id)
    lines: list[str] = []
    too_long = None
    try:
        lines = wording.notes(message.caption or "")
    except WordingError as misfit:
        if misfit.kind == "long":
            too_long = screens.unfit(misfit, context.speak).text
    await _take(assembly, replace(place, note_id=0), lines, context, above=too_long)


async def resume(draft: Draft, context: Context) -> None:
    found = await _place(draft, context)
    if found is not None:
        await noted.show(found[0], found[1].item_id, context)


async def _take(
    assembly: Assembly,
    place: Place,
    lines: Sequence[str],
    context: Context,
    *,
    above: Markup | None = None,
) -> None:
    if place.note_id and lines:
        lines, above = await _reword(assembly, place, lines, context)
    for line in lines:
        if await _add(assembly, place.item_id, line, context) is None:
            break
    await noting.keep(replace(place, note_id=0, changed=0), context)
    await noted.show(assembly, place.item_id, context, above=above)


async def _reword(
    assembly: Assembly, place: Place, lines: Sequence[str], context: Context
) -> tuple[Sequence[str], Markup | None]:
    """The first line stands in the old one's place; what does not is left to be added."""
    tx, centre_id = context.tx, context.centre.id
    found = await noted.find(assembly.id, place.note_id, context)
    if found is not None:
        seen = replace(found[1], changed=place.changed)
        words = await naming.marked(lines[0], tx, centre_id)
        if await notes.change(tx, centre_id, seen, words):
            return lines[1:], None
    note = found[1] if found is not None else None
    return lines, screens.changed_meanwhile(note, context.speak)


async def _add(
    assembly: Assembly, item_id: int, words: str, context: Context, file_id: str | None = None
) -> Note | None:
    """At the point that is open now; once the assembly is over, at the one that was chosen."""
    at_open_point = assembly.status == "open"
    add = notes.add if at_open_point else partial(notes.add_at, item_id=item_id or None)
    return await add(
        context.tx,
        centre_id=context.centre.id,
        assembly_id=assembly.id,
        author_id=context.member.id,
        words=await naming.marked(words, context.tx, context.centre.id),
        file_id=file_id,
    )


async def _place(draft: Draft, context: Context) -> tuple[Assembly, Place] | None:
    """Where it goes, for somebody who may; otherwise they are told, and it is not noted."""
    place = Place.of(draft.step)
    refusal = await hindrance(May.RECORDERS, context, context.centre.id, place.assembly_id)
    if refusal is not None:
        await drafts.remove(context.tx, draft.telegram_id)
        await refusal(context)
        return None
    assembly = await noted.changeable(place.assembly_id, context)
    if assembly is None:
        return None
    if context.now - draft.updated_at > SILENCE:
        await drafts.remove(context.tx, draft.telegram_id)
        seen = await noted.written(assembly, place.item_id, context)
        context.show(screens.was_it_a_note(seen, context.speak))
        return None
    return assembly, place


async def end(unit: UnitOfWork, assembly: Assembly) -> None:
    """It is closed, or its minutes are out: what anybody types now is no note any more."""
    await drafts.end(unit.tx, assembly.centre_id, noting.KIND, f"{assembly.id}:")
    await unit.retire_cards(noted.cards(assembly.id))


def register(app: App) -> None:
    app.add_handler(presses(TakeNotes, take_notes, may=May.RECORDERS))
    app.add_handler(presses(StopNotes, stop, may=May.RECORDERS))
    # Whether they may still record it is looked up for the assembly that the draft names.
    typed(noting.KIND, take_text, resume=resume, may=May.MEMBERS_IN_PRIVATE)
    photographed(noting.KIND, take_photograph, may=May.MEMBERS_IN_PRIVATE)

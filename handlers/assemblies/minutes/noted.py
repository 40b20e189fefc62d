"""What is noted at a point: looked at, and single lines of it worded anew or taken out.

In minutes that are a draft lines are mended in the same way, at whichever point was chosen. Who
may is looked up anew for the assembly that is named: its recorder goes on until the minutes are
out.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from assembly.name_marks import fill
from handlers.assemblies.minutes import naming, noting
from handlers.assemblies.minutes.noting import Place
from handlers.assemblies.minutes.presses import ChangeNote, ShowNote, ShowNotes, TakeNoteOut
from handlers.assemblies.minutes.screens import notes as screens
from handlers.assemblies.minutes.screens.notes import Written
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May, hindrance
from handlers.core.navigation import Facilitate, ShowMinutes
from handlers.core.registration import App, presses
from storage import assemblies, minutes, notes, points, taken_out
from storage.assemblies import Assembly
from storage.messages import CARD
from storage.notes import Note
from storage.points import AgendaItem


async def show_notes(press: ShowNotes, context: Context) -> None:
    assembly = await changeable(press.assembly_id, context)
    if assembly is not None:
        await show(assembly, press.item_id, context, page=press.page, follows=False)


async def show_note(press: ShowNote, context: Context) -> None:
    await _show_one(press.assembly_id, press.note_id, context)


async def change(press: ChangeNote, context: Context) -> None:
    """The next line that is typed stands in its place."""
    if await asks_first(press, context, same=noting.KIND):
        return
    found = await find(press.assembly_id, press.note_id, context)
    if found is None or found[1].is_photo:
        await show_notes(ShowNotes(context.centre.id, press.assembly_id, 0, 0), context)
        return
    assembly, note = found
    await noting.keep(Place(assembly.id, note.item_id or 0, note.id, note.changed), context)
    seen = await written(assembly, note.item_id or 0, context)
    context.show(screens.word_anew(seen, await _readable(note, context), context.speak))


async def take_out(press: TakeNoteOut, context: Context) -> None:
    """Whoever pressed has it before their eyes; changed since, it is shown once more."""
    found = await find(press.assembly_id, press.note_id, context)
    if found is None:
        await show_notes(ShowNotes(context.centre.id, press.assembly_id, 0, 0), context)
        return
    assembly, note = found
    gone = await notes.take_out(context.tx, context.centre.id, note.id, press.changed)
    if gone:
        keys = context.services.keys
        await taken_out.note_line(context.tx, keys, assembly.id, note.id, context.now)
        context.unit.after_commit.append(context.services.eraser.catch_up)
    if gone and await _is_out(assembly, context):
        await context.go(ShowMinutes(context.centre.id, assembly.id, 1))
    elif gone:
        await show(assembly, note.item_id or 0, context, follows=False)
    else:
        context.toast(context.speak("Somebody has changed this line meanwhile.").unescape())
        await _show_one(assembly.id, note.id, context)


async def changeable(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly, while notes of it can be changed; otherwise it is said that they can't."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if found is None:
        await context.go(Facilitate(context.centre.id))
        return None
    kept = await minutes.find(context.tx, context.centre.id, found.id)
    if found.status == "open" or (kept is not None and kept.is_draft):
        return found
    await noting.leave(context)
    context.show(screens.over(found, context.speak))
    return None


async def find(assembly_id: int, note_id: int, context: Context) -> tuple[Assembly, Note] | None:
    """A note of this assembly, and no other, in a centre's hands that are allowed to change it."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    found = await notes.find(context.tx, context.centre.id, note_id)
    if assembly is None or found is None or found[0] != assembly.id:
        return None
    return assembly, found[1]


async def show(
    assembly: Assembly,
    item_id: int,
    context: Context,
    *,
    page: int = 0,
    follows: bool = True,
    above: Markup | None = None,
) -> None:
    """What stands at a point: while the assembly is open and `follows`, at the one it is at."""
    if follows and assembly.status == "open":
        here = await _open_point(assembly, context)
        item_id = here.id if here is not None else 0
    seen = await written(assembly, item_id, context)
    screen = screens.notes(seen, page, context.speak)
    ref = f"{cards(assembly.id)}{context.member.id}"
    context.show(screen if above is None else screen.on_top(above), ref=ref)


async def written(assembly: Assembly, item_id: int, context: Context) -> Written:
    tx, centre_id = context.tx, context.centre.id
    item = await points.item(tx, centre_id, item_id) if item_id else None
    if item is not None and item.assembly_id != assembly.id:
        item, item_id = None, 0
    known = await naming.names(tx, centre_id, context.speak)
    found = await notes.of_assembly(tx, assembly.id)
    return Written(
        assembly=assembly,
        item_id=item_id,
        title=item.title if item is not None else None,
        notes=[
            replace(each, words=fill(each.words, known))
            for each in found
            if (each.item_id or 0) == item_id
        ],
        writing=await noting.is_on(context),
        chairs=await hindrance(May.CHAIRS, context, centre_id, assembly.id) is None,
        kept=item is None or item.kind != "opening",
        out=await _is_out(assembly, context),
    )


async def _show_one(assembly_id: int, note_id: int, context: Context) -> None:
    found = await find(assembly_id, note_id, context)
    if found is None:
        await show_notes(ShowNotes(context.centre.id, assembly_id, 0, 0), context)
        return
    assembly, note = found
    seen = await written(assembly, note.item_id or 0, context)
    context.show(screens.one(seen, await _readable(note, context), context.speak))


async def _is_out(assembly: Assembly, context: Context) -> bool:
    kept = await minutes.find(context.tx, context.centre.id, assembly.id)
    return kept is not None and not kept.is_draft


async def _open_point(assembly: Assembly, context: Context) -> AgendaItem | None:
    items = await points.items(context.tx, assembly.id)
    return next((each for each in items if each.position == assembly.position), None)


async def _readable(note: Note, context: Context) -> Note:
    return replace(note, words=await naming.read(note.words, context))


def cards(assembly_id: int) -> str:
    """How the names of messages begin on which notes of an assembly are written."""
    return f"{CARD}notes:{assembly_id}:"


def register(app: App) -> None:
    app.add_handler(presses(ShowNotes, show_notes, may=May.RECORDERS))
    app.add_handler(presses(ShowNote, show_note, may=May.RECORDERS))
    app.add_handler(presses(ChangeNote, change, may=May.RECORDERS))
    app.add_handler(presses(TakeNoteOut, take_out, may=May.RECORDERS))

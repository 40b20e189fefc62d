"""Noting what is said: each line that is typed belongs to the point that is open.

In minutes that are a draft lines are mended in the same way, at whichever point was chosen. Who
may is looked up anew for the assembly that is named: its recorder goes on until the minutes are
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from assembly import wording
from assembly.name_marks import fill
from assembly.wording import WordingError
from handlers.assemblies.minutes import naming
from handlers.assemblies.minutes.presses import (
    ChangeNote,
    ShowNote,
    ShowNotes,
    StopNotes,
    TakeNoteOut,
)
from handlers.assemblies.minutes.screens import notes as screens
from handlers.assemblies.minutes.screens.notes import Written
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.home import show_home
from handlers.core.may import May, hindrance
from handlers.core.navigation import Facilitate, ShowMinutes, ShowSession, TakeNotes
from handlers.core.registration import App, photographed, presses, typed
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, drafts, minutes, notes, points
from storage.assemblies import Assembly
from storage.drafts import Draft
from storage.messages import CARD
from storage.notes import Note
from storage.points import AgendaItem

KIND = "notes"
SILENCE = 3_600  # seconds after which what is typed is perhaps no note any more


@dataclass(frozen=True, slots=True)
class _Place:
    """Where what is typed goes: to an assembly, at a point of it (0: after the last one).

    With a line that is to be worded anew: its id, and how often it had been changed when it was
    chosen.
    """

    assembly_id: int
    item_id: int
    note_id: int = 0
    changed: int = 0

    def step(self) -> str:
        return f"{self.assembly_id}:{self.item_id}:{self.note_id}:{self.changed}"

    @classmethod
    def of(cls, step: str) -> _Place:
        return cls(*map(int, step.split(":")))


async def take_notes(press: TakeNotes, context: Context) -> None:
    """From now on."""
    if await asks_first(press, context, same=KIND):
        return
    assembly = await _assembly(press.assembly_id, context)
    if assembly is not None:
        await _keep(_Place(assembly.id, press.item_id), context)
        await _show(assembly, press.item_id, context)


async def show_notes(press: ShowNotes, context: Context) -> None:
    assembly = await _assembly(press.assembly_id, context)
    if assembly is not None:
        await _show(assembly, press.item_id, context, page=press.page, follows=False)


async def show_note(press: ShowNote, context: Context) -> None:
    await _show_one(press.assembly_id, press.note_id, context)


async def change(press: ChangeNote, context: Context) -> None:
    """The next line that is typed stands in its place."""
    if await asks_first(press, context, same=KIND):
        return
    found = await _note(press.assembly_id, press.note_id, context)
    if found is None or found[1].is_photo:
        await show_notes(ShowNotes(context.centre.id, press.assembly_id, 0, 0), context)
        return
    assembly, note = found
    await _keep(_Place(assembly.id, note.item_id or 0, note.id, note.changed), context)
    seen = await _written(assembly, note.item_id or 0, context)
    context.show(screens.word_anew(seen, await _readable(note, context), context.speak))


async def take_out(press: TakeNoteOut, context: Context) -> None:
    """Whoever pressed has it before their eyes; changed since, it is shown once more."""
    found = await _note(press.assembly_id, press.note_id, context)
    if found is None:
        await show_notes(ShowNotes(context.centre.id, press.assembly_id, 0, 0), context)
        return
    assembly, note = found
    gone = await notes.take_out(context.tx, context.centre.id, note.id, press.changed)
    if gone and await _is_out(assembly, context):
        await context.go(ShowMinutes(context.centre.id, assembly.id, 1))
    elif gone:
        await _show(assembly, note.item_id or 0, context, follows=False)
    else:
        context.toast(context.speak("Somebody has changed this line meanwhile.").unescape())
        await _show_one(assembly.id, note.id, context)


async def stop(press: StopNotes, context: Context) -> None:
    """What is typed is not noted any more."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == KIND:
        await drafts.remove(context.tx, draft.telegram_id)
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
        await _show(found[0], found[1].item_id, context)


async def _take(
    assembly: Assembly,
    place: _Place,
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
    await _keep(replace(place, note_id=0, changed=0), context)
    await _show(assembly, place.item_id, context, above=above)


async def _reword(
    assembly: Assembly, place: _Place, lines: Sequence[str], context: Context
) -> tuple[Sequence[str], Markup | None]:
    """The first line stands in the old one's place; what does not is left to be added."""
    tx, centre_id = context.tx, context.centre.id
    found = await _note(assembly.id, place.note_id, context)
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
    ids = {"centre_id": context.centre.id, "assembly_id": assembly.id}
    told = {
        "author_id": context.member.id,
        "words": await naming.marked(words, context.tx, context.centre.id),
        "file_id": file_id,
    }
    if assembly.status == "open":
        return await notes.add(context.tx, **ids, **told)  # type: ignore[arg-type]
    return await notes.add_at(context.tx, item_id=item_id or None, **ids, **told)  # type: ignore[arg-type]


async def _place(draft: Draft, context: Context) -> tuple[Assembly, _Place] | None:
    """Where it goes, for somebody who may; otherwise they are told, and it is not noted."""
    place = _Place.of(draft.step)
    refusal = await hindrance(May.RECORDERS, context, context.centre.id, place.assembly_id)
    if refusal is not None:
        await drafts.remove(context.tx, draft.telegram_id)
        await refusal(context)
        return None
    assembly = await _assembly(place.assembly_id, context)
    if assembly is None:
        return None
    if context.now - draft.updated_at > SILENCE:
        await drafts.remove(context.tx, draft.telegram_id)
        seen = await _written(assembly, place.item_id, context)
        context.show(screens.was_it_a_note(seen, context.speak))
        return None
    return assembly, place


async def _assembly(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly, while notes of it can be changed; otherwise it is said that they can't."""
    found = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if found is None:
        await context.go(Facilitate(context.centre.id))
        return None
    kept = await minutes.find(context.tx, context.centre.id, found.id)
    if found.status == "open" or (kept is not None and kept.is_draft):
        return found
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == KIND:
        await drafts.remove(context.tx, draft.telegram_id)
    context.show(screens.over(found, context.speak))
    return None


async def _note(assembly_id: int, note_id: int, context: Context) -> tuple[Assembly, Note] | None:
    """A note of this assembly, and no other, in a centre's hands that are allowed to change it."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    found = await notes.find(context.tx, context.centre.id, note_id)
    if assembly is None or found is None or found[0] != assembly.id:
        return None
    return assembly, found[1]


async def _show_one(assembly_id: int, note_id: int, context: Context) -> None:
    found = await _note(assembly_id, note_id, context)
    if found is None:
        await show_notes(ShowNotes(context.centre.id, assembly_id, 0, 0), context)
        return
    assembly, note = found
    seen = await _written(assembly, note.item_id or 0, context)
    context.show(screens.one(seen, await _readable(note, context), context.speak))


async def _show(
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
    seen = await _written(assembly, item_id, context)
    screen = screens.notes(seen, page, context.speak)
    ref = f"{cards(assembly.id)}{context.member.id}"
    context.show(screen if above is None else screen.on_top(above), ref=ref)


async def _written(assembly: Assembly, item_id: int, context: Context) -> Written:
    tx, centre_id = context.tx, context.centre.id
    item = await points.item(tx, centre_id, item_id) if item_id else None
    if item is not None and item.assembly_id != assembly.id:
        item, item_id = None, 0
    known = await naming.names(tx, centre_id, context.speak)
    found = await notes.of_assembly(tx, assembly.id)
    draft = await drafts.find(tx, context.member.telegram_id)
    writing = draft is not None and draft.kind == KIND and draft.centre_id == centre_id
    return Written(
        assembly=assembly,
        item_id=item_id,
        title=item.title if item is not None else None,
        notes=[
            replace(each, words=fill(each.words, known))
            for each in found
            if (each.item_id or 0) == item_id
        ],
        writing=writing,
        chairs=await hindrance(May.CHAIRS, context, centre_id, assembly.id) is None,
        kept=item is None or item.kind != "opening",
        out=await _is_out(assembly, context),
    )


async def _is_out(assembly: Assembly, context: Context) -> bool:
    kept = await minutes.find(context.tx, context.centre.id, assembly.id)
    return kept is not None and not kept.is_draft


async def _open_point(assembly: Assembly, context: Context) -> AgendaItem | None:
    items = await points.items(context.tx, assembly.id)
    return next((each for each in items if each.position == assembly.position), None)


async def _readable(note: Note, context: Context) -> Note:
    return replace(note, words=await naming.read(note.words, context))


async def _keep(place: _Place, context: Context) -> None:
    telegram_id, centre_id = context.member.telegram_id, context.centre.id
    draft = Draft(telegram_id, centre_id, KIND, place.step(), None, None, context.now)
    await drafts.save(context.tx, draft)


async def end(unit: UnitOfWork, assembly: Assembly) -> None:
    """It is closed, or its minutes are out: what anybody types now is no note any more."""
    await drafts.end(unit.tx, assembly.centre_id, KIND, f"{assembly.id}:")
    await unit.retire_cards(cards(assembly.id))


def cards(assembly_id: int) -> str:
    """How the names of messages begin on which notes of an assembly are written."""
    return f"{CARD}notes:{assembly_id}:"


def register(app: App) -> None:
    app.add_handler(presses(TakeNotes, take_notes, may=May.RECORDERS))
    app.add_handler(presses(ShowNotes, show_notes, may=May.RECORDERS))
    app.add_handler(presses(ShowNote, show_note, may=May.RECORDERS))
    app.add_handler(presses(ChangeNote, change, may=May.RECORDERS))
    app.add_handler(presses(TakeNoteOut, take_out, may=May.RECORDERS))
    app.add_handler(presses(StopNotes, stop, may=May.RECORDERS))
    # Whether they may still record it is looked up for the assembly that the draft names.
    typed(KIND, take_text, resume=resume, may=May.MEMBERS_IN_PRIVATE)
    photographed(KIND, take_photograph, may=May.MEMBERS_IN_PRIVATE)

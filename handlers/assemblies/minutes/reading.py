"""Reading minutes: all past ones by page, one of them page by page, as a file, its photographs."""

from __future__ import annotations

from dataclasses import replace

from assembly.endings import Ending
from assembly.minutes import filled
from assembly.name_marks import Names
from handlers.assemblies.minutes import composing, naming
from handlers.assemblies.minutes.presses import MinutesFile, PrintMinutes, ShowPhoto
from handlers.assemblies.minutes.screens import listing
from handlers.assemblies.minutes.screens import minutes as screens
from handlers.assemblies.minutes.screens.minutes import Read
from handlers.assemblies.screens import printed_minutes
from handlers.core.context import Context
from handlers.core.may import May, hindrance
from handlers.core.navigation import ASKING, ListMinutes, ShowMinutes
from handlers.core.registration import PRIVATE, App, command, deep_link, linked_id, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import minutes, notes, points, schedules
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.minutes import Kept


async def list_all(context: Context) -> None:
    """/minutes"""
    await _list(1, context)


async def list_page(press: ListMinutes, context: Context) -> None:
    await _list(press.page, context)


async def show(press: ShowMinutes, context: Context) -> None:
    """A page of them."""
    await _show(press.assembly_id, press.page, context)


async def open_minutes(payload: str, context: Context) -> None:
    """All of it, from the link under a post in the group."""
    await _show(linked_id(payload.partition("_")[2]) or 0, 1, context)


async def send_file(press: MinutesFile, context: Context) -> None:
    """In one file, or the text of which the fingerprint is."""
    kept = await minutes.find(context.tx, press.centre_id, press.assembly_id)
    if kept is None or (press.frozen and kept.is_draft):
        await _show(press.assembly_id, 1, context)
        return
    seen = await read(context.unit, context.centre, kept)
    make = screens.frozen if press.frozen else screens.as_file
    context.show(make(seen, context.speak))


async def to_print(press: PrintMinutes, context: Context) -> None:
    """On paper, in the centre's language, in which they are written."""
    kept = await minutes.find(context.tx, press.centre_id, press.assembly_id)
    if kept is None:
        await _show(press.assembly_id, 1, context)
        return
    seen = await read(context.unit, context.centre, kept)
    context.show(screens.to_print(seen, context.speak))


async def show_photo(press: ShowPhoto, context: Context) -> None:
    """One of them; where it was taken out meanwhile, the minutes."""
    kept = await minutes.find(context.tx, press.centre_id, press.assembly_id)
    photos = []
    if kept is not None:
        found = await notes.of_assembly(context.tx, kept.assembly_id)
        photos = [each for each in found if each.is_photo]
    if kept is None or not 1 <= press.number <= len(photos):
        await _show(press.assembly_id, 1, context)
        return
    photo = photos[press.number - 1]
    item = None
    if photo.item_id is not None:
        item = await points.item(context.tx, press.centre_id, photo.item_id)
    seen = replace(await read(context.unit, context.centre, kept), facilitates=context.facilitates)
    title = item.title if item is not None else None
    context.show(screens.photograph(seen, press.number, title, photo, context.speak))


async def read(unit: UnitOfWork, centre: Centre, kept: Kept) -> Read:
    """Minutes with the names as they are today."""
    told = await composing.whole(unit.tx, unit.services.keys, centre, kept, unit.now)
    speak = Speech(told.language, told.zone)
    said = {each.id: each.words for each in await minutes.corrections(unit.tx, kept.assembly_id)}
    known = await naming.names(unit.tx, centre.id, speak, said)
    join = unit.services.link(f"{ASKING}_{centre.id}")
    due = await schedules.find(unit.tx, minutes.PUBLISH, kept.assembly_id)
    until = due.next_at if due is not None and kept.is_draft else None
    return Read(
        kept=kept,
        printed=printed_minutes.minutes(filled(told, known), kept.hash, join),
        until=until,
        photos=sum(
            1 for each in await notes.of_assembly(unit.tx, kept.assembly_id) if each.is_photo
        ),
        changes=await minutes.changes(unit.tx, kept.assembly_id),
    )


async def _show(assembly_id: int, page: int, context: Context) -> None:
    kept = await minutes.find(context.tx, context.centre.id, assembly_id)
    if kept is None:
        await _list(1, context)
        return
    seen = await read(context.unit, context.centre, kept)
    refusal = await hindrance(May.RECORDERS, context, context.centre.id, assembly_id)
    seen = replace(seen, mends=refusal is None, facilitates=context.facilitates)
    context.show(screens.page(seen, page, context.speak))


async def _list(page: int, context: Context) -> None:
    tx, centre = context.tx, context.centre
    pages = max(1, -(-await minutes.count(tx, centre.id) // listing.PAGE))
    page = page if 1 <= page <= pages else pages
    known = await naming.names(tx, centre.id, context.speak)
    entries = []
    for kept in await minutes.page(tx, centre.id, (page - 1) * listing.PAGE, listing.PAGE):
        titles = await _talked_about(kept, known, tx)
        entries.append(listing.Entry(kept, kept.minutes.starts_at, titles))
    context.show(listing.overview(centre.id, entries, page, pages, context.speak))


async def _talked_about(kept: Kept, known: Names, tx: Transaction) -> tuple[str, ...]:
    """By which points an assembly is known again: not those with which each of them begins."""
    items = [each for each in await points.items(tx, kept.assembly_id) if each.kind != "opening"]
    titles = [point.title for point in filled(kept.minutes, known).points if point.title]
    if kept.is_draft:
        titles = [item.title for item in items]
    if not items:
        return tuple(titles)
    return tuple(
        title
        for title, item in zip(titles, items, strict=False)
        if item.ending is not Ending.NOT_REACHED and not item.looks_back
    )


def register(app: App) -> None:
    app.add_handler(command("minutes", list_all, PRIVATE, may=May.MEMBERS))
    app.add_handler(presses(ListMinutes, list_page, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowMinutes, show, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(MinutesFile, send_file, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(PrintMinutes, to_print, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowPhoto, show_photo, may=May.MEMBERS_IN_PRIVATE))
    deep_link("minutes", open_minutes, may=May.MEMBERS)

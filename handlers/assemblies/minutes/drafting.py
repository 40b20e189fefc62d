"""Minutes are drafted by themselves at closing, and published when their time to be corrected is
over: frozen, with a fingerprint."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.correcting import corrected_until, put_off_to
from assembly.duties import Duty
from assembly.minutes import Minutes
from handlers.assemblies.minutes import composing, corrections, noted, notes, reading
from handlers.assemblies.minutes.screens import minutes as screens
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, duties, facilitators, messages, minutes, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.schedules import Schedule


async def draft(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, heading: Minutes, closed_by: int | None
) -> None:
    """The assembly has closed: what is typed is no note any more, and the minutes are a draft.

    `heading`: composing.heading of it, from when it was open. `closed_by`: the member who closed
    it and has read so; None where it closed by itself.
    """
    writers = await _writers(unit, centre, assembly, closed_by)
    await notes.end(unit, assembly)
    if not await minutes.draft(unit.tx, centre.id, assembly.id, heading):
        return
    hours = await minutes.correction_hours(unit.tx, centre.id)
    until = corrected_until(unit.now, hours)
    await schedules.set(unit.tx, minutes.PUBLISH, assembly.id, until, centre.zone)
    await _tell(unit, centre, assembly, writers)


async def _writers(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, closed_by: int | None
) -> dict[int, str]:
    """Whoever took the notes, and who else has them open and may go on in the draft: their chats
    and languages. Not who has just closed it; where it closed by itself all who lead read so.
    """
    found: dict[int, str] = {}
    recorder = (await duties.of_assembly(unit.tx, assembly.id)).holder(Duty.RECORDER)
    if recorder is not None and recorder.member_id != closed_by:
        found[recorder.telegram_id] = recorder.language
    if closed_by is not None:
        cards = await messages.under(unit.tx, noted.cards(assembly.id), centre.id)
        chats = {card.chat_id for card in cards}
        for each in await facilitators.contacts(unit.tx, centre.id, unit.now):
            if each.telegram_id in chats and each.member_id != closed_by:
                found[each.telegram_id] = each.language
    return found


async def _tell(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, writers: Mapping[int, str]
) -> None:
    kept = await minutes.find(unit.tx, centre.id, assembly.id)
    if kept is None or not writers:
        return
    seen = await reading.read(unit, centre, kept)
    for telegram_id, language in writers.items():
        await unit.post(
            f"minutes:{assembly.id}:drafted:{telegram_id}",
            telegram_id,
            screens.drafted(seen, Speech.of(centre, language)),
            centre_id=centre.id,
            ref=f"{corrections.cards(assembly.id)}{telegram_id}",
            not_before=centre.waits_until(unit.now),
        )


async def publish(row: Schedule, unit: UnitOfWork) -> bool:
    """Their time is over; late is better than not at all."""
    if await schedules.find(unit.tx, row.kind, row.subject_id) != row:
        return False
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    kept = None
    if assembly is not None:
        kept = await minutes.find(unit.tx, assembly.centre_id, assembly.id)
    if assembly is None or kept is None or not kept.is_draft:
        await schedules.remove(unit.tx, row.kind, row.subject_id)
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    hours = await minutes.correction_hours(unit.tx, centre.id)
    until = corrected_until(assembly.closed_at or kept.minutes.closed_at, hours)
    found = await minutes.corrections(unit.tx, assembly.id)
    waiting = sum(1 for each in found if each.status == "open")
    later = put_off_to(until, waiting, unit.now)
    if later is not None:
        await schedules.advance(unit.tx, row.id, later)
        await corrections.tell_writers(unit, centre, kept, ":again")
        return True
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    await _freeze(unit, centre, assembly)
    return True


async def _freeze(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    kept = await minutes.find(unit.tx, centre.id, assembly.id)
    assert kept is not None  # noqa: S101 - it was there a moment ago, in the same transaction
    keys = unit.services.keys
    told = await composing.whole(unit.tx, keys, centre, kept, unit.now, last=True)
    await minutes.publish(unit.tx, assembly.id, told, unit.now)
    await notes.end(unit, assembly)
    await unit.retire_cards(corrections.cards(assembly.id))
    await duties.forget(unit.tx, assembly.id)
    await unit.post_to_group(
        centre,
        f"centre:{centre.id}:assembly:{assembly.id}:minutes",
        screens.published_post(told, kept, Speech.of(centre), unit.services.link),
        not_before=centre.waits_until(unit.now),
    )


def register(app: App) -> None:
    falls_due(minutes.PUBLISH, publish)

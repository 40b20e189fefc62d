"""An assembly that nobody opens: its facilitators are asked, and then the group is told."""

from __future__ import annotations

from assembly.convening import given_up_at, still_told
from handlers.assemblies import posts
from handlers.assemblies.presses import Post
from handlers.assemblies.screens import assembly as screens
from handlers.assemblies.screens import unopened as unopened_screens
from handlers.core.context import Context
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, facilitators, messages, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.messages import Place
from storage.schedules import Schedule

OPENING = "assembly-opening"
UNOPENED = "assembly-unopened"


async def plan(tx: Transaction, assembly: Assembly, zone: str) -> None:
    """Schedule both for an assembly convened or moved just now."""
    await schedules.set(tx, OPENING, assembly.id, assembly.starts_at, zone)
    await schedules.set(tx, UNOPENED, assembly.id, given_up_at(assembly.starts_at), zone)


async def answered(context: Context, assembly: Assembly) -> None:
    """Somebody opened, moved or cancelled it: nobody is asked any more."""
    for kind in (OPENING, UNOPENED):
        await schedules.remove(context.tx, kind, assembly.id)
    message = context.message
    shown = Place(message.chat.id, message.message_id) if message else None
    await _retire(context.unit, context.centre, assembly, shown)


async def ask(row: Schedule, unit: UnitOfWork) -> bool:
    """At its time, at any hour: it can't wait. Late only while the assembly can be opened."""
    assembly = await _due(row, unit)
    if assembly is None or not assembly.takes_place(unit.now):
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    until = given_up_at(assembly.starts_at)
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        ref = _ref(assembly, person.telegram_id)
        await unit.post(
            f"{ref}:{assembly.starts_at}",
            person.telegram_id,
            unopened_screens.asked(assembly, until, Speech.of(centre, person.language)),
            centre_id=centre.id,
            ref=ref,
            expires_at=until,
        )
    return True


async def give_up(row: Schedule, unit: UnitOfWork) -> bool:
    """Nobody opened it: the group is told, and what stands there loses its buttons."""
    assembly = await _due(row, unit)
    if assembly is None:
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    await posts.refresh(unit, centre, assembly)
    await _retire(unit, centre, assembly, None)
    if still_told(assembly.starts_at, unit.now):
        seen = await posts.overview(unit.tx, assembly)
        speak, link = Speech.of(centre), unit.services.link
        await unit.post_to_group(
            centre,
            f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:unopened",
            screens.post(Post.CANCELLED, seen, unit.now, speak, link),
            not_before=centre.waits_until(unit.now),
        )
    return True


async def _due(row: Schedule, unit: UnitOfWork) -> Assembly | None:
    """The assembly, if it still waits to be opened and was not moved since."""
    if await schedules.find(unit.tx, row.kind, row.subject_id) != row:
        return None
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    return assembly if assembly is not None and assembly.status == "convened" else None


async def _retire(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, shown: Place | None
) -> None:
    """The question in each facilitator's chat, except where it has become another screen."""
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        ref = _ref(assembly, person.telegram_id)
        place = await messages.find(unit.tx, ref)
        if place is not None and place == shown:
            await messages.forget(unit.tx, ref)
        elif place is not None:
            speak = Speech.of(centre, person.language)
            screen = unopened_screens.answered(assembly, unit.now, speak)
            await unit.repost(ref, person.telegram_id, screen, centre_id=centre.id)


def _ref(assembly: Assembly, telegram_id: int) -> str:
    return f"assembly:{assembly.id}:asked:{telegram_id}"


def register(app: App) -> None:
    falls_due(OPENING, ask)
    falls_due(UNOPENED, give_up)

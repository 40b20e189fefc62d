"""An assembly that nobody opens: who may is asked, once more, and then the group is told."""

from __future__ import annotations

from assembly.convening import asked_again_at, given_up_at, still_told
from handlers.assemblies import posts
from handlers.assemblies.convening.screens import unopened as screens
from handlers.assemblies.leading import leaders
from handlers.assemblies.planning import OPENING, UNOPENED
from handlers.assemblies.series import convening
from handlers.assemblies.tasks import authors as news
from handlers.core.context import Context
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, authors, centres, messages, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.messages import Place
from storage.schedules import Schedule


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
    due_at, until = row.next_at or unit.now, given_up_at(assembly.starts_at)
    other_is_open = (await assemblies.upcoming(unit.tx, centre.id, unit.now))[0].status == "open"
    for person in await leaders(unit, assembly):
        if other_is_open and not person.facilitates:
            continue  # only who facilitates can close that first
        ref = _ref(assembly, person.telegram_id)
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"{ref}:{due_at}",
            person.telegram_id,
            screens.asked(assembly, until, speak, moves=person.facilitates),
            centre_id=centre.id,
            ref=ref,
            expires_at=until,
        )
    again = asked_again_at(assembly.starts_at, due_at, unit.now)
    if again is not None:
        await schedules.set(unit.tx, OPENING, assembly.id, again, row.zone)
    return True


async def give_up(row: Schedule, unit: UnitOfWork) -> bool:
    """Nobody opened it: what the group has about it says so, without a sound and without buttons.

    It is told anew only where nothing stands there, so that the group does not read it twice.
    """
    assembly = await _due(row, unit)
    if assembly is None:
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    stands = await posts.latest(unit.tx, assembly) is not None
    await posts.refresh(unit, centre, assembly)
    await _retire(unit, centre, assembly, None)
    await news.again(unit, centre, await authors.on_agenda(unit.tx, assembly.id))
    if not stands and still_told(assembly.starts_at, unit.now):
        await unit.post_to_group(
            centre,
            f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:unopened",
            screens.not_held(assembly, Speech.of(centre), unit.services.link),
            not_before=centre.waits_until(unit.now),
        )
    await convening.not_opened(unit, centre, assembly)
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
    """The question in each one's chat, except where it has become another screen."""
    for person in await leaders(unit, assembly):
        ref = _ref(assembly, person.telegram_id)
        place = await messages.find(unit.tx, ref)
        if place is not None and place == shown:
            await messages.forget(unit.tx, ref)
        elif place is not None:
            speak = Speech.of(centre, person.language)
            screen = screens.answered(assembly, unit.now, speak)
            await unit.repost(ref, person.telegram_id, screen, centre_id=centre.id)


def _ref(assembly: Assembly, telegram_id: int) -> str:
    return f"assembly:{assembly.id}:asked:{telegram_id}"


def register(app: App) -> None:
    falls_due(OPENING, ask)
    falls_due(UNOPENED, give_up)

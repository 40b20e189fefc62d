"""An assembly that nobody closes: whoever leads is asked whether it is over, and then it closes."""

from __future__ import annotations

from assembly.unclosed import asked_again_at, asked_at, closes_at, is_late
from handlers.assemblies import over_question, planning
from handlers.assemblies.leading import leaders
from handlers.assemblies.meeting import closing
from handlers.assemblies.minutes import corrections
from handlers.assemblies.planning import CLOSING, UNCLOSED
from handlers.assemblies.presses import GoesOn
from handlers.assemblies.screens import unclosed as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, falls_due, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, messages, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.messages import Place
from storage.schedules import Schedule

_AGAIN = "again"  # the rule of a schedule by which it is asked once more


async def ask(row: Schedule, unit: UnitOfWork) -> bool:
    """Whether it is over: its chair, if it has one; once more, or where it closes soon, each."""
    found = await _due(row, unit)
    if found is None:
        return False
    assembly, centre = found
    later = max(asked_at(_heard_at(assembly), centre.clock), centre.waits_until(unit.now))
    if later > unit.now:
        await schedules.set(unit.tx, CLOSING, assembly.id, later, row.zone, row.rule)
        return False
    closes = await schedules.find(unit.tx, UNCLOSED, assembly.id)
    if closes is None or closes.next_at is None or closes.next_at <= unit.now:
        return False
    again = None
    if row.rule != _AGAIN:
        again = asked_again_at(unit.now, closes.next_at, centre.clock)
    everybody = await leaders(unit, assembly)
    chair = [each for each in everybody if each.chairs]
    for person in chair if chair and again is not None else everybody:
        await unit.post(
            f"assembly:{assembly.id}:unclosed:{row.next_at}:{person.telegram_id}",
            person.telegram_id,
            screens.asked(assembly, closes.next_at, Speech.of(centre, person.language)),
            centre_id=centre.id,
            ref=over_question.ref(assembly, person),
            expires_at=closes.next_at,
        )
    if again is not None:
        await schedules.set(unit.tx, CLOSING, assembly.id, again, row.zone, _AGAIN)
    return True


async def close(row: Schedule, unit: UnitOfWork) -> bool:
    """Nobody closed it, so it closes by itself, unless people went on, or could not be asked."""
    found = await _due(row, unit)
    if found is None:
        return False
    assembly, centre = found
    heard_at = _heard_at(assembly)
    closes = closes_at(heard_at, centre.clock)
    if closes > unit.now:
        await schedules.set(unit.tx, UNCLOSED, assembly.id, closes, row.zone)
        return False
    if is_late(row.next_at or unit.now, unit.now):
        await planning.plan_closing(unit.tx, assembly, centre, unit.now)
        return False
    led = await leaders(unit, assembly)
    if await closing.finish(unit, centre, assembly, ended_at=heard_at) is None:
        return False
    for person in led:
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"assembly:{assembly.id}:closed:{person.telegram_id}",
            person.telegram_id,
            screens.closed(assembly, speak, desk=person.facilitates),
            centre_id=centre.id,
            ref=f"{corrections.cards(assembly.id)}closed:{person.telegram_id}",
        )
    return True


async def goes_on(press: GoesOn, context: Context) -> None:
    """It is asked later, and closes a day later; who else was asked reads that."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is not None and assembly.status == "open":
        await planning.plan_closing(context.tx, assembly, context.centre, context.now)
        context.toast(context.speak("Good. It stays open.").unescape())
        await _tell_others(context, assembly)
    await context.go(ShowSession(press.centre_id, press.assembly_id))


async def _tell_others(context: Context, assembly: Assembly) -> None:
    message = context.message
    shown = Place(message.chat.id, message.message_id) if message else None
    closes = closes_at(context.now, context.centre.clock)
    for person in await leaders(context.unit, assembly):
        ref, speak = over_question.ref(assembly, person), Speech.of(context.centre, person.language)
        place = await messages.find(context.tx, ref)
        if place is not None and place != shown:
            screen = screens.goes_on(assembly, closes, speak)
            await context.unit.repost(ref, person.telegram_id, screen, centre_id=context.centre.id)


async def _due(row: Schedule, unit: UnitOfWork) -> tuple[Assembly, Centre] | None:
    """The assembly and its centre, if it is still open and the schedule as it was found."""
    if await schedules.find(unit.tx, row.kind, row.subject_id) != row:
        return None
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    if assembly is None or assembly.status != "open":
        return None
    return assembly, await centres.get(unit.tx, assembly.centre_id)


def _heard_at(assembly: Assembly) -> int:
    """Its planned end, or when somebody moved to another point, whichever is later."""
    return max(planning.ends_at(assembly), assembly.point_since or 0)


def register(app: App) -> None:
    falls_due(CLOSING, ask)
    falls_due(UNCLOSED, close)
    app.add_handler(presses(GoesOn, goes_on, may=May.CHAIRS))

"""Looking for a chair and somebody who takes notes: one after the other is asked, in private.

A schedule row of each assembly says when to look again: when the search begins, and when whoever is
asked has had time to answer. Every step looks at the rows as they are, so none is missed and none
is done twice, whoever was quicker and whatever was restarted.
"""

from __future__ import annotations

from assembly import duties as rules
from assembly.duties import Duty
from handlers.assemblies import posts
from handlers.assemblies.screens import duty_search as screens
from handlers.core.registration import App, falls_due
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, duties, facilitators, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.duties import Asked
from storage.engine.transaction import Transaction
from storage.messages import CARD
from storage.schedules import Schedule

KIND = "assembly-duties"
WRITING = 14 * 24 * rules.HOUR  # seconds after which minutes that are not out have no recorder


async def plan(tx: Transaction, assembly: Assembly, centre: Centre, now: int) -> None:
    """Schedule the search for an assembly convened or moved just now."""
    at = rules.begins_at(assembly.starts_at, now, centre.clock)
    await schedules.set(tx, KIND, assembly.id, at, centre.zone)


async def plan_all(tx: Transaction, centre: Centre, now: int) -> None:
    """After a restore: of what was asked a backup has nothing, so the search begins again."""
    for assembly in await assemblies.upcoming(tx, centre.id, now):
        if assembly.status == "convened":
            await plan(tx, assembly, centre, now)


async def look(row: Schedule, unit: UnitOfWork) -> bool:
    """It is time to ask, or to go on to the next one; after an outage too."""
    if await schedules.find(unit.tx, row.kind, row.subject_id) != row:
        return False
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    if assembly is None or not assembly.takes_place(unit.now):
        await duties.forget(unit.tx, row.subject_id)
        return assembly is not None
    if assembly.status == "convened":
        await go_on(unit, await centres.get(unit.tx, assembly.centre_id), assembly)
    return True


async def go_on(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Ask whoever is next about what nobody has; say so to facilitators where nobody is left."""
    at = rules.begins_at(assembly.starts_at, unit.now, centre.clock)
    waits: list[int] = [at] if at > unit.now else []
    missing: list[Duty] = []
    if not waits:
        for duty in Duty:
            until = await _seek(unit, centre, assembly, duty)
            if until is not None:
                waits.append(until)
            elif await _is_missed(unit.tx, assembly, duty):
                missing.append(duty)
    if waits:
        await schedules.set(unit.tx, KIND, assembly.id, min(waits), centre.zone)
    else:
        await schedules.remove(unit.tx, KIND, assembly.id)
    found = await duties.of_assembly(unit.tx, assembly.id)
    if missing and not any(found.waiting(duty) for duty in Duty):
        turn = f"missing:{'-'.join(missing)}:{len(found.asked)}"
        await _tell(unit, centre, assembly, turn, missing)


async def _seek(unit: UnitOfWork, centre: Centre, assembly: Assembly, duty: Duty) -> int | None:
    """Until when whoever is asked is waited for; None where somebody has it, or nobody is left."""
    tx, now, zone = unit.tx, unit.now, centre.clock
    found = await duties.of_assembly(tx, assembly.id)
    if found.holder(duty) is not None:
        return None
    waiting = found.waiting(duty)
    if waiting is not None:
        until = _until(assembly, waiting, centre)
        if now < until:
            return until
        await pass_on(unit, assembly, duty, waiting.member_id)
        await pass_question(unit, centre, assembly, waiting)
        found = await duties.of_assembly(tx, assembly.id)
    if not rules.still_asked(assembly.starts_at, now):
        return None
    beside = found.holder(duty.other) or found.waiting(duty.other)
    passed = {each.member_id for each in (*found.of(duty), *([beside] if beside else []))}
    chosen = rules.next_one(
        await duties.candidates(tx, assembly.id, duty),
        await duties.led(tx, centre.id, duty, zone, now),
        beside.role if beside else None,
        passed,
    )
    if chosen is None or not await duties.ask(tx, assembly.id, duty, chosen.member_id, now):
        return None
    await _ask(unit, centre, assembly, duty)
    return rules.answer_by(now, assembly.starts_at, zone)


def _until(assembly: Assembly, waiting: Asked, centre: Centre) -> int:
    if not rules.still_asked(assembly.starts_at, waiting.asked_at):
        return waiting.asked_at
    return rules.answer_by(waiting.asked_at, assembly.starts_at, centre.clock)


async def _is_missed(tx: Transaction, assembly: Assembly, duty: Duty) -> bool:
    """Whether nobody has it though somebody would like to: where nobody does, nobody is told."""
    found = await duties.of_assembly(tx, assembly.id)
    wished = found.of(duty) or await duties.candidates(tx, assembly.id, duty)
    return found.holder(duty) is None and bool(wished)


async def _ask(unit: UnitOfWork, centre: Centre, assembly: Assembly, duty: Duty) -> None:
    person = (await duties.of_assembly(unit.tx, assembly.id)).waiting(duty)
    assert person is not None  # noqa: S101 - it was noted just now
    speak = Speech.of(centre, person.language)
    until = _until(assembly, person, centre)
    await _post(unit, centre, assembly, person, screens.asked(assembly, duty, until, speak), until)


async def _post(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, to: Asked, screen: Screen, until: int
) -> None:
    asked = (await duties.of_assembly(unit.tx, assembly.id)).asked
    turn = f"{unit.now}:{len(asked)}:{asked.index(to)}"
    await unit.post(  # its key is kept for longer than who was asked: it says neither what nor whom
        f"centre:{centre.id}:assembly:{assembly.id}:asked:{turn}",
        to.telegram_id,
        screen,
        centre_id=centre.id,
        ref=card(assembly.id, to.member_id),
        expires_at=until,
    )


async def pass_on(unit: UnitOfWork, assembly: Assembly, duty: Duty, member_id: int) -> bool:
    """Somebody does not do it, whether they say so or not; False once it is open, or passed."""
    keys = unit.services.keys
    unit.after_commit.append(unit.services.eraser.catch_up)
    return await duties.pass_on(unit.tx, keys, assembly.id, duty, member_id, unit.now)


async def pass_question(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, person: Asked
) -> None:
    """Their question goes, except where it has become another screen."""
    name = card(assembly.id, person.member_id)
    if await posts.stands(unit.tx, name):
        screen = screens.passed(assembly, Speech.of(centre, person.language))
        await unit.repost(name, person.telegram_id, screen, centre_id=centre.id)


async def _tell(
    unit: UnitOfWork,
    centre: Centre,
    assembly: Assembly,
    turn: str,
    missing: list[Duty] | None = None,
) -> None:
    """To each facilitator in private, once for this state; not at night if it can wait."""
    morning = centre.waits_until(unit.now)
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        speak = Speech.of(centre, person.language)
        screen = (
            screens.missing(assembly, missing, speak)
            if missing
            else screens.same_role(assembly, speak)
        )
        await unit.post(
            f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:{turn}"
            f":{person.member_id}",
            person.telegram_id,
            screen,
            centre_id=centre.id,
            ref=card(assembly.id, person.member_id),
            not_before=morning if morning < assembly.starts_at else unit.now,
            expires_at=assembly.starts_at,
        )


async def agreed(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Somebody said yes: facilitators hear it where both are of one role."""
    found = await duties.of_assembly(unit.tx, assembly.id)
    held = [found.holder(duty) for duty in Duty]
    roles = {each.role for each in held if each is not None}
    if None not in held and len(roles) == 1:
        await _tell(unit, centre, assembly, "one-role")


async def moved(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """It has a new time: whoever had said yes is asked about it, and the search begins anew."""
    tx = unit.tx
    before = await duties.of_assembly(tx, assembly.id)
    await duties.moved(tx, assembly.id, unit.now)
    again = await duties.of_assembly(tx, assembly.id)
    for person in before.asked:
        if person.status == "asked":
            await pass_question(unit, centre, assembly, person)
    await plan(tx, assembly, centre, unit.now)
    for duty in Duty:
        if again.waiting(duty) and rules.still_asked(assembly.starts_at, unit.now):
            await _ask(unit, centre, assembly, duty)


async def stop(unit: UnitOfWork, assembly: Assembly) -> None:
    """It is open: nobody is asked any more, and who has not answered is forgotten."""
    await schedules.remove(unit.tx, KIND, assembly.id)
    found = await duties.of_assembly(unit.tx, assembly.id)
    await duties.settle(unit.tx, assembly.id)
    for person in found.asked:
        if person.status == "asked":
            await unit.retire_cards(card(assembly.id, person.member_id))


async def cancelled(tx: Transaction, assembly: Assembly) -> None:
    """Nothing of it is left; its cards go with those of the assembly."""
    await schedules.remove(tx, KIND, assembly.id)
    await duties.forget(tx, assembly.id)


async def closed(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """It is over, and nobody chairs any more; who took the notes has two weeks for its minutes."""
    await duties.close(unit.tx, assembly, centre.clock, unit.now)
    await schedules.set(unit.tx, KIND, assembly.id, unit.now + WRITING, centre.zone)


async def cannot_come(unit: UnitOfWork, centre: Centre, assembly: Assembly, member_id: int) -> None:
    """Whoever can't come can't do it either: somebody else is asked."""
    mine = (await duties.of_assembly(unit.tx, assembly.id)).mine(member_id)
    if mine is not None and await pass_on(unit, assembly, mine.duty, member_id):
        await pass_question(unit, centre, assembly, mine)
        if mine.named:
            await posts.refresh(unit, centre, assembly)
        await go_on(unit, centre, assembly)


async def let_go(unit: UnitOfWork, centre: Centre, member_id: int) -> None:
    """Somebody takes no part any more: others are asked, and their name goes from the posts."""
    for assembly_id, named in sorted((await duties.let_go(unit.tx, member_id)).items()):
        assembly = await assemblies.by_id(unit.tx, assembly_id)
        if assembly is not None and assembly.takes_place(unit.now):
            if named:
                await posts.refresh(unit, centre, assembly)
            if assembly.status == "convened":
                await go_on(unit, centre, assembly)


def card(assembly_id: int, member_id: int) -> str:
    """The name of the message in which a member is asked, or sees what they do; it ends with it."""
    return f"{CARD}assembly:{assembly_id}:duty:{member_id}"


def register(app: App) -> None:
    falls_due(KIND, look)

"""How a decision ends: counted, sealed and told in one transaction, or cancelled."""

from __future__ import annotations

from functools import partial

from assembly.deadlines import LATE
from assembly.deciding import decide
from assembly.rule import Secrecy
from handlers.core.registration import App, falls_due
from handlers.core.screen import Button, Screen
from handlers.core.screens.parts import take_on, way_in
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import cards, closing_reminders
from handlers.decisions.results.reasons import reasons
from handlers.decisions.results.screens import roll_call
from handlers.decisions.screens import decisions as screens
from storage import (
    assemblies,
    ballots,
    centres,
    decisions,
    helpings,
    in_person,
    messages,
    outbox_changes,
    published,
    rhythm,
    schedules,
)
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine.transaction import Transaction
from storage.schedules import Schedule
from storage.secrets.ledger import Ledger

CLOSING = "decision-close"
CLOSED = "decision closed"  # of the ledger's entries; the subject is the id


async def announce(unit: UnitOfWork, centre: Centre, decision: Decision) -> None:
    """Post the question to the group, and plan its closing."""
    if decision.closes_at is not None:
        await schedules.set(unit.tx, CLOSING, decision.id, decision.closes_at, centre.zone)
    await closing_reminders.plan(unit.tx, decision, centre.zone)
    await unit.post_to_group(
        centre,
        ref(decision),
        await _posted(unit, centre, decision),
        ref=ref(decision),
    )


async def announce_again(
    unit: UnitOfWork, centre: Centre, decision: Decision, turn: str = ""
) -> None:
    """Post the question to the group's new chat; where it never arrived it is on its way there.

    `turn` tells one coming to a chat from another.
    """
    if await messages.find(unit.tx, ref(decision)) is not None:
        await unit.post_to_group(
            centre,
            f"{ref(decision)}:{centre.destination.chat_id}{turn}",
            await _posted(unit, centre, decision),
            ref=ref(decision),
        )


async def moved(unit: UnitOfWork, centre: Centre, decision: Decision) -> None:
    """Its closing was moved: plan it anew, and say so where the question stands."""
    await schedules.set(unit.tx, CLOSING, decision.id, decision.closes_at, centre.zone)
    await closing_reminders.plan(unit.tx, decision, centre.zone)
    await refresh(unit, centre, decision)


async def refresh(unit: UnitOfWork, centre: Centre, decision: Decision) -> None:
    """Bring the group's message with the open question up to date."""
    await unit.repost_to_group(centre, ref(decision), await _posted(unit, centre, decision))


async def close(unit: UnitOfWork, centre: Centre, decision: Decision) -> bool:
    """Count and seal; False where somebody else has closed it. A crash leaves it open, or closed.

    Fewer than five ballots leave only the result behind, unless it was open.
    """
    keys = unit.services.keys
    collected = await ballots.collect(unit.tx, keys, decision)
    outcome = decide(decision.rule, collected.poll)
    if not await decisions.close(unit.tx, keys, decision, collected, outcome, unit.now):
        return False
    await _end(unit, centre, decision)
    return True


async def cancel(unit: UnitOfWork, centre: Centre, decision: Decision, reason: str) -> bool:
    """Delete the ballots uncounted and tell the reason; False where it was over already."""
    if not await decisions.cancel(unit.tx, centre.id, decision.id, reason, unit.now):
        return False
    await _end(unit, centre, decision)
    return True


async def _end(unit: UnitOfWork, centre: Centre, decision: Decision) -> None:
    await ballots.seal(unit.tx, decision.id)
    await forget_plans(unit.tx, decision.id)
    await unit.retire_cards(cards.to_check(decision.id))
    over = await decisions.get(unit.tx, centre.id, decision.id)
    assert over is not None  # noqa: S101 - it was changed just now
    speak = Speech.of(centre)
    await _tell(unit, centre, over, speak)
    # Before the commit: should it fail, the decision is still open and ends again, the same way.
    ledger = Ledger(unit.services.keys.database)
    await ledger.append(CLOSED, str(decision.id), over.status, unit.now)
    unit.after_commit.append(unit.services.shredder.shred)
    unit.after_commit.append(partial(_retire_unwritten, unit, decision.id))


async def forget_plans(tx: Transaction, decision_id: int) -> None:
    """What was to happen while it is open, or at its end."""
    await schedules.remove(tx, CLOSING, decision_id)
    await closing_reminders.forget(tx, decision_id)
    await helpings.remove(tx, decision_id)


async def _retire_unwritten(unit: UnitOfWork, decision_id: int) -> None:
    unit.services.unwritten.over(decision_id)


async def _tell(unit: UnitOfWork, centre: Centre, over: Decision, speak: Speech) -> None:
    """The outcome, and of an open decision who said what.

    The outcome is a post of its own, which people hear; where the group is spared, it takes the
    place of the question.
    """
    given, key = await reasons(unit.tx, over), f"decision:{over.id}:outcome"
    take = take_on(speak, unit.services.link, over)
    posts = [screens.outcome(over, speak, way_in(speak, unit.services.link, over), given, take)]
    if over.rule.secrecy is Secrecy.OPEN:
        said = await published.roll_call(unit.tx, over.id)
        read = Button(str(speak("Who said what")), url=unit.services.link(f"decide_{over.id}"))
        posts += roll_call.posts(over, said, read, speak)
    in_place = await _is_watched(unit, over)
    at_the_question = posts[0] if in_place else screens.ended(over, speak)
    await unit.repost_to_group(centre, ref(over), at_the_question)
    for number, post in enumerate(posts):
        if in_place and number == 0:
            continue
        await unit.post_to_group(
            centre,
            f"{key}:{number}" if number else key,
            post,
            lasting="how it was counted stays what it is",
            not_before=_told_at(unit, centre, over),
        )


async def _is_watched(unit: UnitOfWork, over: Decision) -> bool:
    """Whether people look at the question just now: their assembly is open, one of a dense rhythm.

    Then they see its outcome where they have answered, and all outcomes once more at the end.
    """
    if over.assembly_id is None:
        return False
    assembly = await assemblies.find(unit.tx, over.centre_id, over.assembly_id)
    if assembly is None or assembly.status != "open":
        return False
    there = await messages.find(unit.tx, ref(over)) is not None
    there = there or await outbox_changes.on_its_way(unit.tx, ref(over))
    return there and await rhythm.is_dense(unit.tx, assembly.id)


def _told_at(unit: UnitOfWork, centre: Centre, decision: Decision) -> int:
    """At once; an outcome that a downtime has made late does not come in the quiet hours."""
    if decision.closes_at is None or unit.now - decision.closes_at < LATE:
        return unit.now
    return centre.waits_until(unit.now)


async def fall_due(row: Schedule, unit: UnitOfWork) -> bool:
    """Its moment has come. After a downtime it is closed late: no ballot came in since."""
    decision = await decisions.still_open(unit.tx, row.subject_id)
    if decision is None or decision.closes_at is None:
        await schedules.remove(unit.tx, CLOSING, row.subject_id)
        return False
    centre = await centres.get(unit.tx, decision.centre_id)
    return await close(unit, centre, decision)


async def _posted(unit: UnitOfWork, centre: Centre, decision: Decision) -> Screen:
    speak = Speech.of(centre)
    button = way_in(speak, unit.services.link, decision)
    told = await in_person.with_people(unit.tx, decision)
    return screens.posted(told, speak, unit.now, button)


def ref(decision: Decision) -> str:
    """Under this name the group's message with the question is remembered."""
    return f"decision:{decision.id}:group"


def register(_: App) -> None:
    falls_due(CLOSING, fall_due)

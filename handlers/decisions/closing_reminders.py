"""Before a question closes: those who have not taken part are reminded, once and privately.

Nobody learns who they are. So everybody who can take part gets a row in the outbox, and only when
its turn has come it is looked up whether there is anything to remind of.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assembly.closing_reminder import late, remind_at
from handlers.core.context import Context
from handlers.core.guards import pressed_in_private
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, falls_due, looked_at_again, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions.presses import StopReminding
from handlers.decisions.screens import closing_reminders as screens
from storage import ballots, centres, closing_reminders, decisions, schedules
from storage.closing_reminders import PREFIX
from storage.decisions import Decision
from storage.engine.transaction import Transaction
from storage.outbox import Outgoing
from storage.schedules import Schedule

KIND = "decision-remind"


async def plan(tx: Transaction, decision: Decision, zone: str) -> None:
    """Schedule it, or move it where the closing was moved; nobody is reminded a second time."""
    known = await schedules.find(tx, KIND, decision.id)
    if known is not None and known.next_at is None:
        return
    at = None
    if decision.closes_at is not None:
        at = remind_at(decision.opened_at, decision.closes_at, ZoneInfo(zone))
    if at is None:
        await schedules.remove(tx, KIND, decision.id)
    else:
        await schedules.set(tx, KIND, decision.id, at, zone)


async def forget(tx: Transaction, decision_id: int) -> None:
    """It is over: nothing is sent any more, and nothing says to whom it was."""
    await schedules.remove(tx, KIND, decision_id)
    await closing_reminders.forget(tx, decision_id)


async def fall_due(row: Schedule, unit: UnitOfWork) -> bool:
    """Its moment has come; after a downtime it may wait for the morning, or help no more."""
    decision = await decisions.still_open(unit.tx, row.subject_id)
    if decision is None or decision.closes_at is None:
        await schedules.remove(unit.tx, KIND, row.subject_id)
        return False
    at = late(unit.now, decision.opened_at, decision.closes_at, ZoneInfo(row.zone))
    if at is None:
        await schedules.remove(unit.tx, KIND, row.subject_id)
        return False
    if at > unit.now:
        await schedules.advance(unit.tx, row.id, at)
        return False
    await schedules.advance(unit.tx, row.id, None)  # kept: nobody is reminded twice
    await _remind(unit, decision, decision.closes_at)
    return True


async def _remind(unit: UnitOfWork, decision: Decision, closes_at: int) -> None:
    centre = await centres.get(unit.tx, decision.centre_id)
    ballot_key = await unit.services.keys.ballot_key(decision.id)
    for person in await closing_reminders.reached(unit.tx, decision.id):
        speak = Speech.of(centre, person.language)
        await unit.post(
            closing_reminders.key(ballot_key, decision.id, person.member_id),
            person.telegram_id,
            screens.reminder(decision, speak, unit.now),
            centre_id=centre.id,
            expires_at=closes_at,
        )


async def still_silent(row: Outgoing, unit: UnitOfWork) -> bool:
    """Whether the member has not taken part yet, at the moment at which it would be sent."""
    decision_id = closing_reminders.decision_of(row.key)
    centre_id = row.centre_id or 0
    member_id = await closing_reminders.still(unit.tx, centre_id, decision_id, row.chat_id)
    if member_id is None:
        return False
    mine = await ballots.of_member(unit.tx, unit.services.keys, centre_id, member_id)
    return decision_id in mine and mine[decision_id] is None


@pressed_in_private
async def stop(press: StopReminding, context: Context) -> None:
    """The button under the reminder itself."""
    await closing_reminders.wish(context.tx, context.member.id, wanted=False)
    said = context.speak(
        "Voci reminds you no more before a question closes. You can change that with /me."
    )
    context.toast(said, alert=True)
    await context.go(SeeDecision(context.centre.id, press.decision_id))


def register(app: App) -> None:
    falls_due(KIND, fall_due)
    looked_at_again(PREFIX, still_silent)
    app.add_handler(presses(StopReminding, stop))

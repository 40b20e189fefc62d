"""Before a question closes: those who have not taken part are reminded, once and privately.

Questions that close at nearly the same time are in one message, which names those that are still to
be answered when it is sent. Nobody learns who is reminded. So everybody who can take part gets a
row in the outbox, and only when its turn has come it is looked up what there is to remind of.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

from telegram import Message

from assembly.closing_reminder import joins, late, remind_at
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.press import decode
from handlers.core.registration import App, falls_due, looked_at_again, presses, unwritten
from handlers.core.screen import dump, load
from handlers.core.speech import Speech
from handlers.core.speech_to import speech_to
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions.presses import StopReminding
from handlers.decisions.screens import closing_reminders as screens
from storage import ballots, centres, closing_reminders, decisions, schedules
from storage.ballots import Mine
from storage.centres import Centre
from storage.closing_reminders import PREFIX, Reached
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
    centre = await centres.get(unit.tx, decision.centre_id)
    others = [each async for each in _joining(unit, centre, decision)]
    await schedules.advance(unit.tx, row.id, None)  # kept: nobody is reminded twice
    await _remind(unit, centre, [decision, *others])
    return True


async def _joining(unit: UnitOfWork, centre: Centre, first: Decision) -> AsyncIterator[Decision]:
    """The centre's other questions that go with a reminder of this one; theirs are done with."""
    for decision in await decisions.open_ones(unit.tx, centre.id):
        row = await schedules.find(unit.tx, KIND, decision.id)
        if row is None or row.next_at is None or decision.id == first.id:
            continue
        assert decision.closes_at is not None  # noqa: S101 - it has a reminder
        moments = row.next_at, decision.opened_at, decision.closes_at
        if joins(unit.now, *moments, ZoneInfo(row.zone)):
            await schedules.advance(unit.tx, row.id, None)
            yield decision


async def _remind(unit: UnitOfWork, centre: Centre, due: list[Decision]) -> None:
    """A row for everybody who can take part in any of them, with those in which they can."""
    theirs: dict[Reached, list[Decision]] = {}
    for decision in sorted(due, key=_closing):
        for person in await closing_reminders.reached(unit.tx, decision.id):
            theirs.setdefault(person, []).append(decision)
    for person, asked in theirs.items():
        for begin in range(0, len(asked), screens.MOST):
            await _post(unit, centre, person, asked[begin : begin + screens.MOST])


async def _post(unit: UnitOfWork, centre: Centre, person: Reached, asked: list[Decision]) -> None:
    """Under the name of the last to close: until then one of them can still be answered."""
    last = asked[-1]
    ballot_key = await unit.services.keys.ballot_key(last.id)
    await unit.post(
        closing_reminders.key(ballot_key, last.id, person.member_id),
        person.telegram_id,
        screens.reminder(asked, Speech.of(centre, person.language), unit.now),
        centre_id=centre.id,
        lasting="it leads to the outcome then; a name would tell who had not taken part",
        expires_at=_closing(last),
    )


def _closing(decision: Decision) -> int:
    assert decision.closes_at is not None  # noqa: S101 - it has a reminder
    return decision.closes_at


async def still_silent(row: Outgoing, unit: UnitOfWork) -> str | None:
    """The reminder of what the member has not answered yet, at the moment at which it is sent."""
    centre_id = row.centre_id or 0
    asked = []
    mine: dict[int, Mine | None] | None = None
    for decision_id in _named(row.payload):
        member_id = await closing_reminders.still(unit.tx, centre_id, decision_id, row.chat_id)
        if member_id is None:
            continue
        if mine is None:  # one person's in one centre: the same for all of them
            mine = await ballots.of_member(unit.tx, unit.services.keys, centre_id, member_id)
        decision = await decisions.get(unit.tx, centre_id, decision_id)
        if decision is not None and decision_id in mine and mine[decision_id] is None:
            asked.append(decision)
    if not asked:
        return None
    speak = await speech_to(unit.tx, await centres.get(unit.tx, centre_id), row.chat_id)
    return dump(screens.reminder(asked, speak, unit.now))


def _named(payload: str) -> list[int]:
    """The questions that a reminder leads to."""
    buttons = [button for row in load(payload).keyboard for button in row]
    led = [decode(button["callback_data"]) for button in buttons]
    return [press.decision_id for press in led if isinstance(press, SeeDecision)]


def is_one(message: Message | None) -> bool:
    """Whether it is a reminder, which nothing that is kept says of a message: a button ends them.

    After a restart one keeps its buttons when its question closes.
    """
    markup = message.reply_markup if message is not None else None
    pressable = (
        [each.callback_data for row in markup.inline_keyboard for each in row] if markup else []
    )
    return any(str(data).startswith(f"{StopReminding.tag}:") for data in pressable)


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
    unwritten(PREFIX, _named)
    app.add_handler(presses(StopReminding, stop, may=May.MEMBERS_IN_PRIVATE))

"""A round begins, goes out, and closes. What comes in between: handlers/checkins/keeping.py.

Nothing here tells from outside who answered: what is written is the same for every round.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from zoneinfo import ZoneInfo

from assembly.checkin import goes_out_at, reminder_at, same_week
from assembly.questionnaire import QUESTIONNAIRES, WEEKLY, Questionnaire
from handlers.checkins.screens import checkins as screens
from handlers.core.registration import App, falls_due, keeps_places
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, checkins, pulses, round_states, rounds, schedules
from storage.checkins import Recipient
from storage.engine.transaction import Transaction
from storage.messages import Place
from storage.round_ends import CLOSE, end, first_message, key_of
from storage.round_states import RoundState
from storage.rounds import Round
from storage.schedules import Schedule
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyStore

log = logging.getLogger(__name__)

ROUND = "round"  # what the refs of a round's messages begin with
DAY = 86_400  # seconds; a check-in that could not be sent for so long is not sent any more


def refs(round_id: int) -> tuple[str, str]:
    """The names of a round's messages: the first, and the last one since."""
    return first_message(round_id), f"{ROUND}:{round_id}:again"


async def begin(
    tx: Transaction,
    key: bytes | None,
    member_id: int,
    sent_at: int,
    zone: str,
    *,
    remind: bool,
    questionnaire: Questionnaire = WEEKLY,
) -> Round | None:
    """Begin a round that goes out at `sent_at`; None where there is one, or no key to seal with."""
    if key is None:
        return None
    current = await rounds.begin(tx, member_id, sent_at, questionnaire)
    if current is None:
        return None
    again_at = reminder_at(sent_at, ZoneInfo(zone)) if remind else 0
    await round_states.lay_out(tx, key, current, RoundState(again_at=again_at))
    await schedules.set(tx, CLOSE, current.id, current.closes_at, zone)
    return current


def this_week(latest: Round | None, at: int, zone: ZoneInfo) -> bool:
    """Whether the week has its round: one a week, whatever became of it.

    Another one for whoever let it go would tell that they did.
    """
    return latest is not None and same_week(latest.sent_at, at, zone)


async def note_place(unit: UnitOfWork, ref: str, message_id: int) -> None:
    """A message of a round is there: where it is, is sealed with how the round stands."""
    number = ref.split(":")[1]
    current = await rounds.get(unit.tx, int(number))
    key = await key_of(unit.services.keys, current.member_id) if current else None
    if current is None or key is None:
        return
    state = await round_states.find(unit.tx, key, current)
    if state is not None and state.places[-1:] != (message_id,):
        await round_states.write(unit.tx, key, current, state.placed(message_id))


async def leave_place(unit: UnitOfWork, place: Place) -> None:
    """A message of a round has become another screen: the round's end leaves that as it is."""
    for held in await round_states.of_person(unit.tx, place.chat_id):
        key = await key_of(unit.services.keys, held.round.member_id)
        if key is None:
            continue
        try:
            state = round_states.open_up(key, held.round, held.sealed)
        except Unreadable:
            continue
        if place.message_id in state.places:
            left = state.without(place.message_id)
            await round_states.write(unit.tx, key, held.round, left)


async def send(row: Schedule, unit: UnitOfWork) -> bool:
    """A member's weekly moment has come."""
    recipient = await checkins.recipient(unit.tx, row.subject_id, unit.now)
    sent = recipient is not None and await _send(recipient, row, unit)
    wish = await checkins.find_settings(unit.tx, row.subject_id)
    if wish is not None and wish.active:
        zone = recipient.zone if recipient else row.zone
        await checkins.plan(unit.tx, wish, zone, unit.now)
    else:
        await schedules.remove(unit.tx, row.kind, row.subject_id)
    return sent


async def _send(recipient: Recipient, row: Schedule, unit: UnitOfWork) -> bool:
    zone = ZoneInfo(recipient.zone)
    at = goes_out_at(row.next_at or unit.now, unit.now, zone)
    if at is None:
        return False
    latest = await rounds.last(unit.tx, recipient.member_id)
    if latest is not None and latest.takes_answers(unit.now):
        return False
    centre = await centres.get(unit.tx, recipient.centre_id)
    if this_week(latest, at, zone) or await pulses.takes_week(unit.tx, centre, at):
        return False
    key = await key_of(unit.services.keys, recipient.member_id)
    if key is None:  # who is erased is no recipient any more: the two stores don't fit
        log.error("centre %d: a check-in is skipped: its member has no key", recipient.centre_id)
    current = await begin(unit.tx, key, recipient.member_id, at, recipient.zone, remind=True)
    return current is not None and await go_out(recipient, current, unit)


async def go_out(recipient: Recipient, current: Round, unit: UnitOfWork) -> bool:
    """The first question of a round that has begun; False where it was on its way."""
    speak, at = Speech(recipient.language, recipient.zone), current.sent_at
    first, _ = refs(current.id)
    return await unit.post(
        first,
        recipient.telegram_id,
        headed(recipient, speak, screens.first_question(speak, recipient.centre_id, current)),
        centre_id=recipient.centre_id,
        ref=first,
        not_before=at,
        expires_at=at + DAY,
    )


def headed(recipient: Recipient, speak: Speech, screen: Screen) -> Screen:
    """The screen, with its centre on top for a member of several."""
    if recipient.centres < 2:
        return screen
    return screen.on_top(speak("<i>{centre}</i>", centre=recipient.centre_name))


async def close(row: Schedule, unit: UnitOfWork) -> bool:
    """48 hours are over: the round closes; at the same tick its messages lose their buttons."""
    current = await rounds.get(unit.tx, row.subject_id)
    if current is None:
        await schedules.remove(unit.tx, row.kind, row.subject_id)
        return False
    return await end(unit.tx, unit.services.keys, current)


async def leave_be(tx: Transaction, keys: KeyStore, member_id: int) -> None:
    """An open round is left as it is: nothing more comes of it, but what was answered counts."""
    key = await key_of(keys, member_id)
    for questionnaire in QUESTIONNAIRES.values():
        latest = await rounds.last(tx, member_id, questionnaire)
        if latest is None or latest.closed or key is None:
            continue
        state = await round_states.find(tx, key, latest)
        if state is not None:
            await round_states.write(tx, key, latest, replace(state, again_at=0, left_out=True))


def register(_: App) -> None:
    falls_due(checkins.SCHEDULE, send)
    falls_due(CLOSE, close)
    keeps_places(ROUND, note_place, leave_place)

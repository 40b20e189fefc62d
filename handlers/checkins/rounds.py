"""What happens to a round by itself: it is sent, brought back to mind, shown again, closed.

Nothing here tells from outside who answered: a reminder falls due for every round that was sent,
and is always recorded as dealt with, whether or not there was anybody left to remind.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.checkin import goes_out_at, reminder_at, same_week
from handlers.checkins.screens import checkins as screens
from handlers.core.registration import App, falls_due
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import answers, checkins, members, messages, people, rounds, schedules
from storage.checkins import Recipient
from storage.engine.transaction import Transaction
from storage.rounds import Round
from storage.schedules import Schedule
from storage.secrets.keys import KeyDestroyed, KeyStore

REMIND, AGAIN, CLOSE = "checkin-remind", "checkin-again", "checkin-close"
DAY = 86_400  # seconds; a check-in that could not be sent for so long is not sent any more


def refs(round_id: int) -> tuple[str, str]:
    """Under these names a round's messages are remembered: the first, and the last one since."""
    return f"round:{round_id}", f"round:{round_id}:again"


async def begin(
    tx: Transaction, keys: KeyStore, member_id: int, sent_at: int, zone: str, *, remind: bool
) -> Round | None:
    """Begin a round that goes out at `sent_at`; None where there is one, or no key to seal with."""
    try:
        key = await keys.key(member_id)
    except KeyDestroyed:
        return None
    current = await rounds.begin(tx, member_id, sent_at, reminded=not remind)
    if current is None:
        return None
    await answers.lay_out(tx, key, current.id, current.questionnaire)
    await schedules.set(tx, CLOSE, current.id, current.closes_at, zone)
    if remind:
        await schedules.set(tx, REMIND, current.id, reminder_at(sent_at, ZoneInfo(zone)), zone)
    return current


async def counts_for(
    tx: Transaction, keys: KeyStore, latest: Round | None, at: int, zone: ZoneInfo
) -> bool:
    """Whether the member has dealt with this week's round already: one a week counts."""
    if latest is None or not same_week(latest.sent_at, at, zone):
        return False
    return bool(await given(tx, keys, latest))


async def given(tx: Transaction, keys: KeyStore, current: Round) -> dict[str, int] | None:
    """What was answered or skipped of a round; None once its member's key is destroyed."""
    try:
        key = await keys.key(current.member_id)
    except KeyDestroyed:
        return None
    return await answers.read(tx, key, current.id)


async def forget(tx: Transaction, round_id: int) -> None:
    """Leave a round's messages as they are: it has nothing more to say there."""
    for ref in refs(round_id):
        await messages.forget(tx, ref)


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
    zone, keys = ZoneInfo(recipient.zone), unit.services.keys
    at = goes_out_at(row.next_at or unit.now, unit.now, zone)
    if at is None:
        return False
    latest = await rounds.last(unit.tx, recipient.member_id)
    if latest is not None and latest.takes_answers(unit.now):
        return False
    if await counts_for(unit.tx, keys, latest, at, zone):
        return False
    current = await begin(unit.tx, keys, recipient.member_id, at, recipient.zone, remind=True)
    if current is None:
        return False
    speak = Speech(recipient.language, recipient.zone)
    first, _ = refs(current.id)
    return await unit.post(
        first,
        recipient.telegram_id,
        _for(recipient, speak, screens.first_question(speak, recipient.centre_id, current)),
        centre_id=recipient.centre_id,
        ref=first,
        not_before=at,
        expires_at=at + DAY,
    )


async def remind(row: Schedule, unit: UnitOfWork) -> bool:
    """Half-way: one gentle reminder to who has not touched the round and was not snoozing."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    current = await rounds.get(unit.tx, row.subject_id)
    if current is None or current.status != "open" or current.reminded:
        return True
    if await given(unit.tx, unit.services.keys, current) != {}:
        return True
    await rounds.set_reminded(unit.tx, current.id)
    await _post_again(unit, current, f"{REMIND}:{current.id}:{row.next_at}", screens.reminder)
    return True


async def show_again(row: Schedule, unit: UnitOfWork) -> bool:
    """A snoozed round comes back."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    current = await rounds.get(unit.tx, row.subject_id)
    if current is None or current.status != "snoozed":
        return False
    if not await rounds.set_status(unit.tx, current.id, "open", unit.now):
        return False
    key = f"{AGAIN}:{current.id}:{row.next_at}"
    return await _post_again(unit, current, key, screens.first_question)


async def show_after_outage(unit: UnitOfWork, current: Round, since: int) -> bool:
    """What was pressed since that moment may be lost; False where it helps nobody any more."""
    if not any([await messages.find(unit.tx, ref) for ref in refs(current.id)]):
        return False  # it is still on its way
    key = f"away:{since}:round:{current.id}"
    if not await _post_again(unit, current, key, screens.after_outage):
        return False
    await rounds.set_reminded(unit.tx, current.id)  # it takes the place of the reminder
    return True


async def _post_again(
    unit: UnitOfWork, current: Round, key: str, make: Callable[[Speech, int, Round], Screen]
) -> bool:
    recipient = await checkins.recipient(unit.tx, current.member_id, unit.now)
    if recipient is None:
        return False
    at = quiet_hours.waits_until(unit.now, ZoneInfo(recipient.zone))
    if at >= current.closes_at:
        return False
    if await given(unit.tx, unit.services.keys, current) is None:
        return False
    speak = Speech(recipient.language, recipient.zone)
    return await unit.post(
        key,
        recipient.telegram_id,
        _for(recipient, speak, make(speak, recipient.centre_id, current)),
        centre_id=recipient.centre_id,
        ref=refs(current.id)[1],
        not_before=at,
        expires_at=current.closes_at,
    )


def _for(recipient: Recipient, speak: Speech, screen: Screen) -> Screen:
    """The screen, with its centre on top for a member of several."""
    if recipient.centres < 2:
        return screen
    return screen.on_top(speak("<i>{centre}</i>", centre=recipient.centre_name))


async def close(row: Schedule, unit: UnitOfWork) -> bool:
    """48 hours are over: the round closes, and its messages lose their buttons."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    current = await rounds.get(unit.tx, row.subject_id)
    if current is None or not await end(unit.tx, current.id):
        return False
    before = await rounds.before(unit.tx, current)
    if before is not None:
        await forget(unit.tx, before.id)  # its last edits have long been sent
    member = await members.get(unit.tx, current.member_id)
    person = await people.find(unit.tx, member.telegram_id) if member else None
    if member is not None and person is not None:
        screen = screens.closed(Speech(person.language, row.zone), current.sent_at)
        for ref in refs(current.id):
            await unit.repost(ref, person.telegram_id, screen, centre_id=member.centre_id)
    return True


async def end(tx: Transaction, round_id: int) -> bool:
    """Close a round with everything that was still to come of it; False where it was closed."""
    for kind in (REMIND, AGAIN, CLOSE):
        await schedules.remove(tx, kind, round_id)
    return await rounds.close(tx, round_id)


def register(_: App) -> None:
    falls_due(checkins.SCHEDULE, send)
    falls_due(REMIND, remind)
    falls_due(AGAIN, show_again)
    falls_due(CLOSE, close)

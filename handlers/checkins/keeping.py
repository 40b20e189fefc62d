"""At each tick all rounds are opened, what is due is taken out, and all are sealed anew.

A reminder, a round that was put off, buttons that go when it is over: what is to be said to one
member lies sealed in a row like everybody's, and is sent by no row of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from handlers.checkins.rounds import headed
from handlers.checkins.screens import checkins as screens
from handlers.core.registration import App
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.core.unlisted import Became, Keeper, Unlisted, keeps
from storage import centres, checkins, members, people, round_states
from storage.round_states import Held, RoundState
from storage.rounds import Round
from storage.secrets.cipher import Unreadable

MOST = 100  # messages at one tick; the others follow at the next
KEPT = 3_600  # seconds after a round's end in which it is tried to take the buttons away

SCREENS = {
    "reminder": screens.reminder,
    "snoozed": screens.first_question,
    "outage": screens.after_outage,
}


@dataclass(slots=True)
class Standing:
    """A round, the key of its member, and how it stands."""

    round: Round
    key: bytes
    state: RoundState


async def take(unit: UnitOfWork) -> list[Unlisted]:
    """What is to be said at this tick; it counts as said from now on."""
    due: list[Unlisted] = []

    async def look(standing: Standing) -> bool:
        current = standing.round
        if len(due) >= MOST:
            return True
        if not current.closed:
            due.extend(await _again(unit, standing))
            return True
        due.extend(await _at_the_end(unit, standing))
        return unit.now < current.closes_at + KEPT

    await _all_anew(unit, look)
    return due


async def note(unit: UnitOfWork, became: Sequence[Became]) -> None:
    """Where new messages are; what has not left is to be said once more."""
    by_round: dict[int, list[Became]] = {}
    for each in became:
        by_round.setdefault(each.what.subject, []).append(each)

    async def look(standing: Standing) -> bool:
        for each in by_round.get(standing.round.id, ()):
            standing.state = _noted(standing.state, each, unit.now)
        return True

    await _all_anew(unit, look)


def _noted(state: RoundState, became: Became, now: int) -> RoundState:
    if not became.waits:
        return state.placed(became.message_id) if became.message_id else state
    if became.what.edits:
        return state.placed(became.what.edits)
    untouched = not state.given and not state.left_out and not state.again_at
    return replace(state, again_at=now) if untouched else state


async def show_after_outage(unit: UnitOfWork) -> None:
    """What was pressed may be lost: whoever is not through with it is shown it again."""

    async def look(standing: Standing) -> bool:
        current, state = standing.round, standing.state
        on_its_way = not state.places
        through = current.questionnaire.next_question(state.given) is None or state.left_out
        put_off = state.again_at and state.why == "snoozed"
        if current.takes_answers(unit.now) and not (on_its_way or through or put_off):
            standing.state = replace(state, again_at=unit.now, why="outage")
        return True

    await _all_anew(unit, look)


async def _again(unit: UnitOfWork, standing: Standing) -> list[Unlisted]:
    """The first question once more, if its moment has come; not at night, nor after the end."""
    current, state = standing.round, standing.state
    if not state.again_at or state.again_at > unit.now:
        return []
    standing.state = replace(state, again_at=0)
    recipient = await checkins.recipient(unit.tx, current.member_id, unit.now)
    if recipient is None:
        return []
    at = quiet_hours.waits_until(unit.now, ZoneInfo(recipient.zone))
    if at >= current.ends_at:
        return []
    if at > unit.now:
        standing.state = replace(state, again_at=at)
        return []
    speak = Speech(recipient.language, recipient.zone)
    screen = SCREENS[state.why](speak, recipient.centre_id, current)
    return [Unlisted(current.id, recipient.telegram_id, headed(recipient, speak, screen))]


async def _at_the_end(unit: UnitOfWork, standing: Standing) -> list[Unlisted]:
    """The round is over: the messages that could still be pressed lose their buttons."""
    current, state = standing.round, standing.state
    places = state.places
    standing.state = replace(state, places=())
    member = await members.get(unit.tx, current.member_id) if places else None
    person = await people.find(unit.tx, member.telegram_id) if member else None
    if member is None or person is None:
        return []
    centre = await centres.get(unit.tx, member.centre_id)
    screen = screens.closed(Speech(person.language, centre.zone), current.sent_at)
    return [Unlisted(current.id, person.telegram_id, screen, place) for place in places]


async def _all_anew(unit: UnitOfWork, look: Callable[[Standing], Awaitable[bool]]) -> None:
    """Show `look` every round, then write all again; those that it answers False for are done."""
    held = await round_states.everyone(unit.tx)
    keys = await unit.services.keys.keys({each.round.member_id for each in held})
    rows: list[tuple[int, bytes]] = []
    for each in held:
        standing = _opened(each, keys.get(each.round.member_id))
        if standing is not None and await look(standing):
            sealed = round_states.close_up(standing.key, standing.round, standing.state)
            rows.append((standing.round.id, sealed))
    if held:
        await round_states.write_all(unit.tx, rows)


def _opened(held: Held, key: bytes | None) -> Standing | None:
    """None where the key is gone, or another one than it was: then nobody can read it any more."""
    if key is None:
        return None
    try:
        return Standing(held.round, key, round_states.open_up(key, held.round, held.sealed))
    except Unreadable:
        return None


def register(_: App) -> None:
    keeps("checkins", Keeper(take, note))

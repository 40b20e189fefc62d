"""At each tick all rounds are opened, what is due is taken out, and all are sealed anew.

A reminder, a round that was put off, buttons that go when it is over: what is to be said to one
member lies sealed in a row like everybody's, and is sent by no row of its own. All rounds of all
centres have their turn at every tick, by their numbers, whatever anybody did: so many in each
transaction, between which others can write.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.fair_share import fair_share
from handlers.checkins.rounds import headed
from handlers.checkins.screens import checkins as screens
from handlers.core.registration import App
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.core.unlisted import Became, InTransaction, Keeper, Unlisted, keeps
from storage import centres, checkins, members, people, round_states
from storage.engine.errors import StorageError
from storage.round_states import Held, RoundState
from storage.rounds import Round
from storage.secrets.cipher import Unreadable

log = logging.getLogger(__name__)

MOST = 250  # messages at one tick: what leaves in 10 seconds; the others follow at the next
PART = 500  # rounds in one transaction: nobody's press waits for all of them
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

    def is_due(self, now: int) -> bool:
        """Whether there may be something to say to its member."""
        if self.round.closed:
            return bool(self.state.places)
        return 0 < self.state.again_at <= now


@dataclass(slots=True)
class Taken:
    """What is to be said at a tick; of each centre how much of it, and how many wait."""

    due: list[Unlisted] = field(default_factory=list)
    said: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)

    def copy(self) -> Taken:
        """For a transaction that may have to be repeated."""
        return Taken([*self.due], self.said.copy(), self.waiting.copy())


Look = Callable[[UnitOfWork, Held, Standing], Awaitable[bool]]


class Keeping:
    """Takes what is due at each tick; who had to wait at the last one is known to it alone."""

    def __init__(self) -> None:
        self._waiting: Counter[int] = Counter()

    async def take(self, in_transaction: InTransaction) -> list[Unlisted]:
        """What is to be said at this tick; it counts as said from now on.

        Where it is more than leaves in time, no centre waits because another has a lot to say.
        """
        most = fair_share(self._waiting.values(), MOST)
        taken = Taken()
        last: int | None = 0
        while last is not None:
            part = partial(_take_part, after=last, taken=taken, most=most)
            try:
                taken, last = await in_transaction(part)
            except Exception as error:
                if not taken.due:
                    raise
                # What was taken out so far is said; the others are looked at at the next tick.
                log.error("some open check-ins were not looked at: %s", type(error).__name__)
                break
        self._waiting = taken.waiting
        return taken.due


async def _take_part(
    unit: UnitOfWork, after: int, taken: Taken, most: int
) -> tuple[Taken, int | None]:
    so_far = taken.copy()
    return so_far, await _part_anew(unit, after, partial(_take, so_far, most))


async def _take(taken: Taken, most: int, unit: UnitOfWork, held: Held, standing: Standing) -> bool:
    current, centre_id = standing.round, held.centre_id
    if standing.is_due(unit.now):
        if len(taken.due) >= MOST or taken.said[centre_id] >= most:
            taken.waiting[centre_id] += 1
            return True
        speak = _at_the_end if current.closed else _again
        messages = await speak(unit, standing)
        taken.due.extend(messages)
        taken.said[centre_id] += len(messages)
    return not current.closed or unit.now < current.closes_at + KEPT


async def note(in_transaction: InTransaction, became: Sequence[Became]) -> None:
    """Where new messages are; what has not left is to be said once more."""
    by_round: dict[int, list[Became]] = {}
    for each in became:
        by_round.setdefault(each.what.subject, []).append(each)

    async def look(unit: UnitOfWork, _: Held, standing: Standing) -> bool:
        for each in by_round.get(standing.round.id, ()):
            standing.state = _noted(standing.state, each, unit.now)
        return True

    last: int | None = 0
    while last is not None:
        last = await in_transaction(partial(_part_anew, after=last, look=look))


def _noted(state: RoundState, became: Became, now: int) -> RoundState:
    if not became.waits:
        return state.placed(became.message_id) if became.message_id else state
    if became.what.edits:
        return state.placed(became.what.edits)
    untouched = not state.given and not state.left_out and not state.again_at
    return replace(state, again_at=now) if untouched else state


async def show_after_outage(unit: UnitOfWork, centre_id: int) -> None:
    """What was pressed may be lost: whoever is not through with it is shown it again.

    All of a centre in its turn, whatever they did.
    """
    held = await round_states.of_centre(unit.tx, centre_id)
    rows = await _sealed_anew(unit, held, _show_again)
    if held:
        await round_states.write_centre_anew(unit.tx, centre_id, rows)


async def _show_again(unit: UnitOfWork, _: Held, standing: Standing) -> bool:
    current, state = standing.round, standing.state
    on_its_way = not state.places
    through = current.questionnaire.next_question(state.given) is None or state.left_out
    put_off = state.again_at and state.why == "snoozed"
    if current.takes_answers(unit.now) and not (on_its_way or through or put_off):
        standing.state = replace(state, again_at=unit.now, why="outage")
    return True


async def _again(unit: UnitOfWork, standing: Standing) -> list[Unlisted]:
    """The first question once more, if its moment has come; not at night, nor after the end."""
    current, state = standing.round, standing.state
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


async def _part_anew(unit: UnitOfWork, after: int, look: Look) -> int | None:
    """Show `look` the rounds that follow this id, so many at once; the last one's id, or None.

    Then these are written anew, but for those that it answers False for: they are done.
    """
    held = await round_states.after(unit.tx, after, PART)
    if not held:
        return None
    rows = await _sealed_anew(unit, held, look)
    lowest, highest = held[0].round.id, held[-1].round.id
    await round_states.write_anew(unit.tx, lowest, highest, rows)
    return highest if len(held) == PART else None


async def _sealed_anew(
    unit: UnitOfWork, held: Sequence[Held], look: Look
) -> list[tuple[int, bytes]]:
    keys = await unit.services.keys.keys({each.round.member_id for each in held})
    rows: list[tuple[int, bytes]] = []
    for each in held:
        key = keys.get(each.round.member_id)
        try:
            sealed = await _looked_at(unit, each, key, look)
        except StorageError:
            raise
        except Exception as error:
            # It stays as it is, and holds up no other; without words, which could be its member's.
            why = type(error).__name__
            log.error("the check-in of round %d was not looked at: %s", each.round.id, why)
            sealed = each.sealed
        if sealed is not None:
            rows.append((each.round.id, sealed))
    return rows


async def _looked_at(unit: UnitOfWork, held: Held, key: bytes | None, look: Look) -> bytes | None:
    """Its row, sealed anew; None where it is done with, or nobody can read it any more."""
    standing = _opened(held, key)
    if standing is None:
        log.warning("round %d can't be read, and is forgotten: its key is not there", held.round.id)
        return None
    if not await look(unit, held, standing):
        return None
    return round_states.close_up(standing.key, standing.round, standing.state)


def _opened(held: Held, key: bytes | None) -> Standing | None:
    """None where the key is gone, or another one than it was: then nobody can read it any more."""
    if key is None:
        return None
    try:
        return Standing(held.round, key, round_states.open_up(key, held.round, held.sealed))
    except Unreadable:
        return None


def register(_: App) -> None:
    keeps("checkins", Keeper(Keeping().take, note))

"""How an open round stands, sealed with its member's key: answers, what is to come, its messages.

One row a round, of one length, from its beginning until everything is said that follows from its
end. At each tick the rows of all rounds are sealed anew and written in one order. So neither a row
nor what differs between two copies tells who has answered, left out, put off or was reminded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from struct import Struct
from typing import Literal

from assembly.immutable import immutable
from storage import rounds
from storage.answers import UNTOUCHED
from storage.engine.transaction import Row, Transaction
from storage.rounds import Round
from storage.secrets.cipher import seal, unseal

Why = Literal["reminder", "snoozed", "outage"]

_WHYS: tuple[Why, ...] = ("reminder", "snoozed", "outage")
MOST_PLACES = 8
_HEAD = Struct(">QBB8Q")  # again_at, why, left_out, places; then a byte for each question


@immutable
class RoundState:
    """How a round stands; 0 stands for no moment.

    `given`: by question, 0 to 4 or answers.SKIPPED. `again_at`: when its first question is to be
    shown once more (UTC epoch seconds), and `why`. `places`: Telegram's ids of the round's messages
    in the member's chat that lose their buttons at its end, oldest first; of many the newest.
    """

    given: Mapping[str, int] = field(default_factory=dict)
    again_at: int = 0
    why: Why = "reminder"
    left_out: bool = False
    places: tuple[int, ...] = ()

    def without(self, message_id: int) -> RoundState:
        """The same when that message has become another screen, whose buttons stay."""
        return replace(self, places=tuple(each for each in self.places if each != message_id))

    def placed(self, message_id: int) -> RoundState:
        """The same with one more message, or with it as the newest."""
        others = tuple(each for each in self.places if each != message_id)
        return replace(self, places=(*others, message_id)[-MOST_PLACES:])


@immutable
class Held:
    """A round with its sealed state, and the centre in which it was sent."""

    round: Round
    sealed: bytes
    centre_id: int


async def lay_out(tx: Transaction, key: bytes, current: Round, state: RoundState) -> None:
    """Writes the state of a round that has none yet; raises Conflict where there is no round."""
    await tx.run("add_round_state", round_id=current.id, sealed=close_up(key, current, state))


async def find(tx: Transaction, key: bytes, current: Round) -> RoundState | None:
    """How a round stands; None when it is over and done with.

    Raises Unreadable for anybody else's key.
    """
    sealed = await tx.value("round_state", round_id=current.id)
    return None if sealed is None else open_up(key, current, sealed)


async def write(tx: Transaction, key: bytes, current: Round, state: RoundState) -> None:
    """Writes how a round stands now, in place of what was there."""
    await tx.run("replace_round_state", round_id=current.id, sealed=close_up(key, current, state))


async def remove(tx: Transaction, round_id: int) -> None:
    """Forgets how a round stood."""
    await tx.run("remove_round_state", round_id=round_id)


async def after(tx: Transaction, round_id: int, most: int) -> list[Held]:
    """The states of so many rounds of everybody, sealed, in the order of the rounds.

    Of those with a higher id than this one; 0 for the first.
    """
    return [_held(row) for row in await tx.rows("round_states_after", round_id=round_id, most=most)]


async def of_centre(tx: Transaction, centre_id: int) -> list[Held]:
    """The same of all members of a centre."""
    return [_held(row) for row in await tx.rows("round_states_of_centre", centre_id=centre_id)]


async def of_person(tx: Transaction, telegram_id: int) -> list[Held]:
    """The same of one person, in all their centres."""
    rows = await tx.rows("round_states_of_person", telegram_id=telegram_id)
    return [_held(row) for row in rows]


def _held(row: Row) -> Held:
    return Held(rounds.as_round(row), bytes(row["sealed"]), row["centre_id"])


async def write_anew(
    tx: Transaction, lowest: int, highest: int, rows: Sequence[tuple[int, bytes]]
) -> None:
    """Writes all states between two ids of rounds, both included, in this order; by id.

    What is not among them is forgotten. Deleted and put in again, not updated: on PostgreSQL a row
    that was updated alone would lie elsewhere than the others for good.
    """
    await tx.run("clear_round_states_between", lowest=lowest, highest=highest)
    await tx.insert("round_states", ("round_id", "sealed"), rows)


async def write_centre_anew(
    tx: Transaction, centre_id: int, rows: Sequence[tuple[int, bytes]]
) -> None:
    """The same of all members of a centre."""
    await tx.run("clear_round_states_of_centre", centre_id=centre_id)
    await tx.insert("round_states", ("round_id", "sealed"), rows)


def close_up(key: bytes, current: Round, state: RoundState) -> bytes:
    """The row's bytes: of one length, whatever stands in it."""
    places = (*state.places, *[0] * MOST_PLACES)[:MOST_PLACES]
    head = _HEAD.pack(state.again_at, _WHYS.index(state.why), state.left_out, *places)
    questions = current.questionnaire.questions
    values = bytes(state.given.get(each, UNTOUCHED) - UNTOUCHED for each in questions)
    return seal(key, head + values, _context(current.id))


def open_up(key: bytes, current: Round, sealed: bytes) -> RoundState:
    """How the round stands; raises Unreadable for another key or another round.

    A question that came into the questionnaire since is untouched.
    """
    plain = unseal(key, sealed, _context(current.id))
    again_at, why, left_out, *places = _HEAD.unpack_from(plain)
    values = (value + UNTOUCHED for value in plain[_HEAD.size :])
    given = {
        question: value
        for question, value in zip(current.questionnaire.questions, values, strict=False)
        if value != UNTOUCHED
    }
    known = tuple(place for place in places if place)
    return RoundState(given, again_at, _WHYS[why], bool(left_out), known)


def _context(round_id: int) -> bytes:
    return b"state of round %d" % round_id

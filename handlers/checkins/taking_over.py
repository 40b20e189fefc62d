"""At start: open rounds without a state get one, from what stands elsewhere, if anything does.

They come from a backup, which has no states, or from before there were any, when what an open
round had lay in rows of answers, schedules and messages.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.checkins.rounds import refs
from handlers.core.unit_of_work import UnitOfWork
from storage import answers, messages, round_states, rounds, schedules
from storage.engine.transaction import Transaction
from storage.round_states import RoundState, Why
from storage.rounds import Round
from storage.secrets.cipher import Unreadable

FORMER: dict[str, Why] = {"checkin-remind": "reminder", "checkin-again": "snoozed"}
"""Kinds of schedules that there were, and what they were for."""


async def take_over(unit: UnitOfWork) -> int:
    """Lay out what is missing; of how many rounds. Whose key is gone stays without."""
    missing = await rounds.without_state(unit.tx)
    keys = await unit.services.keys.keys({each.member_id for each in missing})
    for current in missing:
        key = keys.get(current.member_id)
        if key is not None:
            state = await _from_elsewhere(unit.tx, key, current)
            await round_states.lay_out(unit.tx, key, current, state)
            await answers.remove(unit.tx, current.id)
    await unit.tx.run("forget_round_messages")
    return len(missing)


async def _from_elsewhere(tx: Transaction, key: bytes, current: Round) -> RoundState:
    again_at, why = 0, FORMER["checkin-remind"]
    for kind, meant in FORMER.items():
        planned = await schedules.find(tx, kind, current.id)
        if planned is not None:
            again_at, why = planned.next_at or 0, meant
            await schedules.remove(tx, kind, current.id)
    found = [await messages.find(tx, ref) for ref in refs(current.id)]
    places = tuple(place.message_id for place in found if place)
    return RoundState(await _given(tx, key, current), again_at, why, places=places)


async def _given(tx: Transaction, key: bytes, current: Round) -> Mapping[str, int]:
    try:
        return await answers.read(tx, key, current.id)
    except Unreadable:  # sealed with an earlier key: nobody can read it any more
        return {}

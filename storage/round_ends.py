"""How a round ends: its answers take their place, as many in each, and nothing else is left."""

from __future__ import annotations

from assembly.questionnaire import QUESTIONNAIRES
from storage import answers, outbox_changes, round_states, rounds, schedules
from storage.engine.transaction import Transaction
from storage.rounds import Round
from storage.secrets.keys import KeyDestroyed, KeyStore

CLOSE = "checkin-close"  # the kind of the schedule by which a round ends by itself


def first_message(round_id: int) -> str:
    """The key and the ref of the message by which a round goes out."""
    return f"round:{round_id}"


async def key_of(keys: KeyStore, member_id: int) -> bytes | None:
    """The member's key; None once it is destroyed, which is when somebody is being erased."""
    try:
        return await keys.key(member_id)
    except KeyDestroyed:
        return None


async def end(tx: Transaction, keys: KeyStore, current: Round) -> bool:
    """Closes a round; False where it was closed."""
    await schedules.remove(tx, CLOSE, current.id)
    if not await rounds.close(tx, current.id):
        return False
    await outbox_changes.forget(tx, first_message(current.id))
    key = await key_of(keys, current.member_id)
    state = await round_states.find(tx, key, current) if key is not None else None
    if key is not None and state is not None:
        await answers.keep(tx, key, current.id, state.given, current.questionnaire)
    return True


async def break_off(tx: Transaction, keys: KeyStore, member_id: int) -> None:
    """The member is asked no more: an open round closes, and leaves its messages as they are."""
    for questionnaire in QUESTIONNAIRES.values():
        latest = await rounds.last(tx, member_id, questionnaire)
        if latest is not None:
            await end(tx, keys, latest)
            await round_states.remove(tx, latest.id)

"""Leaving a centre, being asked no more: everything that is written when it ends.

The ledger is told of each (storage/endings.py): once committed, call Eraser.catch_up.
"""

from __future__ import annotations

from storage import (
    checkins,
    consents,
    drafts,
    endings,
    facilitators,
    members,
    outbox_changes,
    people,
    round_ends,
    task_takers,
)
from storage.endings import Ending, of_member
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.secrets.keys import KeyStore


async def leave(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Ends a membership: no more messages.

    What the member put forward, answered and chose stays; a new invitation finds it again. A ballot
    in an open decision counts: its electorate is frozen. Tasks that the member took are free again.
    """
    await facilitators.end(tx, member.id)
    await stop_checkins(tx, keys, member, now)
    await consents.withdraw(tx, member.id, "part", now)
    draft = await drafts.find(tx, member.telegram_id)
    if draft is not None and draft.centre_id == member.centre_id:
        await drafts.remove(tx, member.telegram_id)
    await outbox_changes.drop_of_member(tx, member.telegram_id, member.centre_id)
    await people.leave_centre(tx, member.telegram_id, member.centre_id)
    await task_takers.let_all_go(tx, member.id)
    await members.leave(tx, member.id, now)
    await endings.note(tx, keys, Ending.MEMBERSHIP, of_member(member), now)


async def stop_checkins(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Withdraws the consent to check-ins; what is open closes with it."""
    if await consents.withdraw(tx, member.id, "checkin", now):
        await endings.note(tx, keys, Ending.CONSENT, of_member(member), now)
    await checkins.stop(tx, member.id)
    await round_ends.break_off(tx, keys, member.id)


async def give_duty_back(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Ends the facilitator's duty; the membership stays."""
    if await facilitators.end(tx, member.id):
        await endings.note(tx, keys, Ending.DUTY, of_member(member), now)

"""What a member wishes for their things without leaving: kept and not used, or in no summary.

The ledger is told of each (storage/endings.py): once committed, call Eraser.catch_up.
"""

from __future__ import annotations

from storage import endings, members, outbox_changes, people, round_ends, windows
from storage.endings import Ending, of_member
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.secrets.keys import KeyStore


async def restrict(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Keeps everything, and uses nothing of it; who takes part no more stays as they are.

    What they chose stays: the hour of their check-ins, their duty, their consents. A ballot in an
    open decision counts: its electorate is frozen.
    """
    await round_ends.break_off(tx, keys, member.id)
    await windows.forget(tx, member.id)
    await outbox_changes.drop_of_member(tx, member.telegram_id, member.centre_id)
    await people.leave_centre(tx, member.telegram_id, member.centre_id)
    if await members.restrict(tx, member.id, now):
        await endings.note(tx, keys, Ending.USE, of_member(member), now)


async def lift(tx: Transaction, keys: KeyStore, member: Member, now: int) -> bool:
    """Uses everything again; False where it was not restricted."""
    if not await members.lift(tx, member.id):
        return False
    await people.set_current_centre(tx, member.telegram_id, member.centre_id)
    await endings.note(tx, keys, Ending.RESTRICTION, of_member(member), now)
    return True


async def count_answers(
    tx: Transaction, keys: KeyStore, member: Member, on: bool, now: int
) -> None:
    """Whether a member's answers may count in summaries; if not, then in no open window either."""
    if await members.answers_count(tx, member.id) == on:
        return
    await members.count_answers(tx, member.id, on)
    if not on:
        await windows.forget(tx, member.id)
    ending = Ending.OBJECTION if on else Ending.COUNTING
    await endings.note(tx, keys, ending, of_member(member), now)

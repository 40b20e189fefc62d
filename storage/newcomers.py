"""Who has just joined a centre, as a number; and for how long a secret question waits for them."""

from __future__ import annotations

from assembly.electorate import Waiting
from assembly.roles import Role
from storage.engine.transaction import Transaction


async def waiting(tx: Transaction, centre_id: int) -> Waiting:
    """What the centre has chosen; what is usual where it has not."""
    row = await tx.row("waiting_time", centre_id=centre_id)
    if row is None:
        return Waiting()
    return Waiting(row["days"], row["days_before"], row["changed_at"])


async def choose(tx: Transaction, centre_id: int, days: int, now: int) -> bool:
    """Chooses so many days from `now` on (UTC epoch seconds); False where it was chosen already.

    Raises ValueError for days that are not among assembly.electorate.WAITS.
    """
    before = await waiting(tx, centre_id)
    chosen = before.changed(days, now)
    if chosen is before:
        return False
    await tx.run(
        "choose_waiting_time",
        centre_id=centre_id,
        days=chosen.days,
        days_before=chosen.days_before,
        changed_at=chosen.changed_at,
    )
    return True


async def joined_since(tx: Transaction, centre_id: int, since: int) -> dict[Role, int]:
    """How many active members of each role have joined after `since` (UTC epoch seconds)."""
    rows = await tx.rows("joined_since", centre_id=centre_id, since=since)
    return {Role(row["role"]): int(row["members"]) for row in rows}

"""When messages left lately, for all processes on one database. Moments in milliseconds.

By numbers: 0 stands for all chats, others for one each and name none. Look and note inside
`Database.alone(PACES)`, by the database's clock.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Transaction

PACES = 7306914  # any number, the same everywhere; see Database.alone()


@immutable
class Pace:
    """The last moments at which something left, oldest first, and until when nothing may."""

    sent: tuple[int, ...] = ()
    halted_until: int = 0


async def find(tx: Transaction, number: int) -> Pace:
    """What is known of this number; nothing, where nothing has left lately."""
    row = await tx.row("pace", number=number)
    if row is None:
        return Pace()
    return Pace(tuple(int(each) for each in row["sent"].split()), row["halted_until"])


async def note(tx: Transaction, number: int, pace: Pace) -> None:
    """Notes how it is now."""
    await tx.run(
        "put_pace",
        number=number,
        sent=" ".join(map(str, pace.sent)),
        halted_until=pace.halted_until,
        latest=max((pace.halted_until, *pace.sent)),
    )


async def prune(tx: Transaction, before: int) -> int:
    """Forgets what was over before that moment; how many numbers."""
    return await tx.run("prune_paces", before=before)

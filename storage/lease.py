"""The lease: of all processes on one database, the one that sends what is due and ticks.

It has a fence, a number that rises with each holder: what a former holder still does can be told
from what the present one does. Take it inside `Database.alone(LEASE)`, by the database's clock.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Transaction

LEASE = 7306913  # any number, the same everywhere; see Database.alone()


@immutable
class Held:
    """Who has it: `holder` names a process, `mode` how it gets updates; until UTC epoch seconds."""

    holder: str
    mode: str
    fence: int
    until: int

    def runs(self, now: float) -> bool:
        """Whether it is not over at `now`, by the database's clock."""
        return now < self.until


async def find(tx: Transaction) -> Held | None:
    """Who has it, or had it last; None before the first."""
    row = await tx.row("lease")
    return Held(row["holder"], row["mode"], row["fence"], row["until_at"]) if row else None


async def take(tx: Transaction, holder: str, mode: str, now: float, seconds: int) -> Held:
    """Takes it for so many seconds, or renews it, where nobody else has it; who has it then."""
    found = await find(tx)
    if found is not None and found.holder != holder and found.runs(now):
        return found
    last = found.fence if found else 0
    fence = last if found is not None and found.holder == holder else last + 1
    taken = Held(holder, mode, fence, int(now) + seconds)
    await tx.run("put_lease", holder=holder, mode=mode, fence=fence, until_at=taken.until)
    return taken


async def runs(tx: Transaction) -> bool:
    """Whether a process has it at this moment."""
    held = await find(tx)
    return held is not None and held.runs(await tx.moment())


async def give_up(tx: Transaction, holder: str, fence: int) -> None:
    """Ends it, so that the next one need not wait; nothing happens where another one has it."""
    await tx.run("end_lease", holder=holder, fence=fence)


async def has(tx: Transaction, holder: str, fence: int) -> bool:
    """Whether nobody else has had it since this holder took it with this fence."""
    return await tx.value("lease_has", holder=holder, fence=fence) is not None

"""What `voci check` says of periods: for how long each centre keeps things, and if they go.

And of who was erased, and is not gone from the files after an hour.
"""

from __future__ import annotations

from datetime import UTC, datetime

from storage import centres, retention, schedules
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.erasure import erasures

LATE = 36 * 3600  # seconds after which a night has been missed
SLOW = 3600  # seconds after which an erasure should have come to its end


async def notes(tx: Transaction, now: int) -> list[str]:
    """A sentence for each centre, and one more where the nightly job is late; `now` in UTC."""
    told = []
    for centre in await centres.every(tx):
        kept = await retention.periods(tx, centre.id, now)
        chosen = await retention.choices(tx, centre.id)
        days = ", ".join(
            f"{each.value} {number}{'*' if each in chosen else ''}" for each, number in kept.items()
        )
        told.append(f"Centre {centre.id} keeps, in days (* its own choice): {days}.")
        told += await _late(tx, centre, now)
    return told + await _unfinished(tx, now)


async def _unfinished(tx: Transaction, now: int) -> list[str]:
    since = [each.at for each in await erasures.pending(tx) if each.at <= now - SLOW]
    if not since:
        return []
    first = datetime.fromtimestamp(min(since), UTC)
    return [
        f"Erasures that have not come to their end: {len(since)}, the first of {first:%Y-%m-%d}; "
        "voci run goes on with them, and its log says what is in the way."
    ]


async def _late(tx: Transaction, centre: Centre, now: int) -> list[str]:
    nightly = await schedules.find(tx, retention.SCHEDULE, centre.id)
    if nightly is None or nightly.next_at is None:
        return [f"Centre {centre.id}: nothing takes away what was kept long enough."]
    # A migration leaves the moment to the first start.
    if nightly.next_at == 0 or nightly.next_at > now - LATE:
        return []
    since = datetime.fromtimestamp(nightly.next_at, UTC)
    return [
        f"Centre {centre.id}: what was kept long enough waits since {since:%Y-%m-%d}; voci run "
        "takes it away."
    ]

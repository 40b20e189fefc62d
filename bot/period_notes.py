"""What `voci check` says of periods: for how long each centre keeps things, and if they go."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import centres, retention, schedules
from storage.centres import Centre
from storage.engine.transaction import Transaction

LATE = 36 * 3600  # seconds after which a night has been missed


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
    return told


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

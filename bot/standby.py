"""Several processes on one database: who waits for whom, before and while they take updates in.

Webhooks may call any number of processes. Of those that ask Telegram for updates there can be one;
another one stands by, and takes over when the first has died.
"""

from __future__ import annotations

import logging

from bot import supervisor
from bot.clock import Clock
from bot.lease import EVERY, Lease
from bot.settings import AwayError
from bot.vitals import Vitals

log = logging.getLogger(__name__)


async def stand_by(lease: Lease, vitals: Vitals, clock: Clock) -> None:
    """Return once this process has the lease; until then it is well, and does nothing."""
    while not lease.held:
        vitals.heard()
        vitals.ticked()
        supervisor.tell("WATCHDOG=1")
        await clock.sleep(EVERY)


async def leave_when_taken_over(lease: Lease, clock: Clock) -> None:
    """Raises AwayError once another process has the lease: two must not ask for updates."""
    while lease.other is None:
        await clock.sleep(EVERY)
    raise AwayError(
        ["VOCI_DATABASE_URL: this process stood still, and another one has taken over."]
    )


async def until_nobody_polls(lease: Lease, clock: Clock) -> None:
    """Return once no other process asks Telegram for updates: it gets none while a webhook is set.

    All processes of one database have the same VOCI_MODE.
    """
    if _polls(lease):
        log.warning(
            "no webhook is set yet: another process of this database runs with "
            "VOCI_MODE=polling; it has to be stopped"
        )
    while _polls(lease):
        await clock.sleep(EVERY)


def _polls(lease: Lease) -> bool:
    other = lease.other
    return other is not None and other.mode == "polling"

"""Until when minutes can be corrected, and when they are published.

Source: minutes are read and approved by those whom they are about (Robert's Rules of Order Newly
Revised, 12th ed., 41:9 to 41:12). Who was there is deleted when the assembly closes, so that nobody
can ask for it afterwards; "those who were there" are therefore all members.
"""

from __future__ import annotations

HOUR = 3_600  # seconds

HOURS = (24, 48, 72, 168)
"""What a centre can choose: hours after closing in which something can be found otherwise."""

USUAL = 48

PATIENCE = 24 * HOUR
"""So much longer the minutes wait once, where something is found otherwise and not answered yet."""


def corrected_until(closed_at: int, hours: int) -> int:
    """The moment at which they are published, all in UTC epoch seconds; `hours` one of HOURS.

    Raises ValueError for another number of hours.
    """
    if hours not in HOURS:
        raise ValueError(f"minutes can't be corrected for {hours} hours")
    return closed_at + hours * HOUR


def put_off_to(until: int, waiting: int, now: int) -> int | None:
    """When they are published instead; None: now.

    Where `waiting` corrections have no answer they are put off once, and then published with them:
    nobody can keep the minutes back by not answering. `until`: what corrected_until says. Raises
    nothing.
    """
    later = until + PATIENCE
    return later if waiting and now < later else None

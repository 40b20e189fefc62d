"""Keyed marks: what limits go by when nothing else is kept of whom they concern.

A mark is an HMAC (RFC 2104) under a key that only the key store has: whoever reads the database
finds nobody by it, and who comes back is known again for as long as the limit runs.
"""

from __future__ import annotations

from enum import StrEnum

from assembly.asking import MONTH
from assembly.invitation import LIFETIME
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore


class Kind(StrEnum):
    """What is remembered. A mark is about a person: in one centre, or, where it says so, in all."""

    ASKED = "asked"  # to join, in whichever centre
    REFUSED = "refused"  # a request to this centre
    PROPOSED = "proposed"  # an open proposal here that lost its author, who erased themselves


ERASED = 90 * 86_400
"""Seconds for which what somebody had open when they erased themselves is still theirs."""

KEPT = {Kind.ASKED: MONTH, Kind.REFUSED: LIFETIME, Kind.PROPOSED: ERASED}
"""For how many seconds."""

EVERYWHERE = frozenset({Kind.ASKED})
"""What one centre has is counted in the others, too."""


async def add(
    tx: Transaction, keys: KeyStore, kind: Kind, centre_id: int, telegram_id: int, now: int
) -> None:
    """Remembers that it happened at `now` (UTC epoch seconds)."""
    mark = _mark(keys, kind, centre_id, telegram_id)
    await tx.run("add_mark", centre_id=centre_id, kind=kind.value, mark=mark, at=now)


async def moments(
    tx: Transaction, keys: KeyStore, kind: Kind, centre_id: int, telegram_id: int, now: int
) -> list[int]:
    """When it happened to this person, as far as that still counts at `now`; the first one first.

    All in UTC epoch seconds.
    """
    mark = _mark(keys, kind, centre_id, telegram_id)
    since = now - KEPT[kind]
    return [
        row["at"] for row in await tx.rows("marked_at", kind=kind.value, mark=mark, since=since)
    ]


async def in_centre(tx: Transaction, kind: Kind, centre_id: int, since: int) -> int:
    """How often it happened in a centre after `since` (UTC epoch seconds), to whomever."""
    return int(await tx.value("marks_of_centre", centre_id=centre_id, kind=kind.value, since=since))


async def prune(tx: Transaction, now: int) -> int:
    """Deletes what counts no more at `now` (UTC epoch seconds); how many marks."""
    gone = 0
    for kind, seconds in KEPT.items():
        gone += await tx.run("prune_marks", kind=kind.value, before=now - seconds)
    return gone


def _mark(keys: KeyStore, kind: Kind, centre_id: int, telegram_id: int) -> str:
    where = 0 if kind in EVERYWHERE else centre_id
    return keys.fingerprint(f"{kind.value}:{where}:{telegram_id}".encode())

"""Posts that gather what comes until they are sent: one waits at a time under a prefix of keys."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.beginnings import beginning_with
from storage.engine.transaction import Transaction

_WAITING = frozenset({"waiting", "sending", "paused"})


@immutable
class Latest:
    """The latest post: whether it still waits, or when it was settled (UTC epoch seconds)."""

    waits: bool
    settled_at: int | None


async def latest(tx: Transaction, prefix: str) -> Latest:
    """Of those whose key begins with this."""
    row = await tx.row("latest_in_outbox", **beginning_with(prefix))
    if row is None:
        return Latest(False, None)
    return Latest(row["status"] in _WAITING, row["settled_at"])

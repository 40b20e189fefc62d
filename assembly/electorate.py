"""Who may take part in a decision: frozen when it opens, kept as a number and a hash."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def digest(decision_id: int, members: Iterable[int]) -> str:
    """SHA-256 over a decision's id and its electors' ids, in hexadecimal, whatever their order.

    Whoever has the list can show that it was this one; the hash alone names nobody.
    """
    text = ",".join(str(member) for member in sorted(members))
    return sha256(f"{decision_id}:{text}".encode()).hexdigest()

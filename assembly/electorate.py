"""Who may take part in a decision: frozen when it opens, kept as a number and a hash."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def digest(commitments: Iterable[str]) -> str:
    """SHA-256 over one chain.commitment a member, in hexadecimal, whatever their order.

    By hand, with a commitment a line: `LC_ALL=C sort FILE | sha256sum`. Over salted commitments,
    because members' numbers run on: a hash over these alone could be found by trying, and with it
    who is of a role, or was present.
    """
    return sha256("".join(f"{line}\n" for line in sorted(commitments)).encode()).hexdigest()

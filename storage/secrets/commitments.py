"""Lines that stand for members: each can show their own, nobody finds out whose another is.

The salts are made from the members' data keys, and so stored nowhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection

from assembly import chain
from storage.secrets.keys import KeyStore


async def of(keys: KeyStore, decision_id: int, drawn: str, members: Collection[int]) -> list[str]:
    """A line for each, in hexadecimal, sorted; `drawn` is the commitment of the decision's lot.

    Sorted by themselves: a place in a list sorted by member would tell whose it is.
    """
    found = await keys.keys_of_all(members)
    return sorted(
        chain.commitment(decision_id, member_id, salt(found[member_id], decision_id, drawn))
        for member_id in members
    )


def salt(key: bytes, decision_id: int, drawn: str) -> bytes:
    """Of a member's line, from their data key; HMAC-SHA256 (RFC 2104).

    With the lot's commitment: where a copy of the database was put back, a number is given to two
    decisions, and the same lines on two rolls would tell who took part in both.
    """
    context = f"salt in decision {decision_id} of lot {drawn}"
    return hmac.digest(key, context.encode(), "sha256")

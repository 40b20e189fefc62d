"""Wrapped keys as they lie in the key store: what each is bound to, and many read at once."""

from __future__ import annotations

from collections.abc import Sequence

from storage.engine.transaction import Row, Transaction

AT_ONCE = 25  # members whose keys one query reads
NOBODY = 0  # no member's id

MARKS = b"key of the marks in the ledger"
"""What the wrapped key is bound to that the ledger's marks are made with."""


def data_context(member_id: int) -> bytes:
    """What a member's wrapped key is bound to."""
    return b"data key of member %d" % member_id


def ballot_context(decision_id: int) -> bytes:
    """What the wrapped key of a decision's ballots is bound to."""
    return b"ballot key of decision %d" % decision_id


async def data_keys(tx: Transaction, members: Sequence[int]) -> list[Row]:
    """The rows (member_id, wrapped) of those of these members, in ascending order, who have one.

    All between them are read where most are wanted, otherwise so many at a time: those in between
    are other centres'. Raises IndexError for no members.
    """
    if members[-1] - members[0] < 2 * len(members):
        wanted = {*members}
        rows = await tx.rows("data_keys_between", lowest=members[0], highest=members[-1])
        return [row for row in rows if row["member_id"] in wanted]
    found: list[Row] = []
    for start in range(0, len(members), AT_ONCE):
        some = [*members[start : start + AT_ONCE], *[NOBODY] * AT_ONCE][:AT_ONCE]
        numbered = {f"m{number}": member for number, member in enumerate(some, 1)}
        found += await tx.rows("data_keys_of", **numbered)
    return found

"""What a ballot's row holds while its decision is open: sealed, all of one decision alike long."""

from __future__ import annotations

import hmac
import secrets
from struct import Struct

from assembly.counting.table import METHODS
from assembly.immutable import immutable
from assembly.rule import DecisionMethod
from storage.engine.transaction import Transaction
from storage.secrets.cipher import seal, unseal

WITH_REASONS = frozenset(method for method, record in METHODS.items() if record.form.reasoned)
"""Methods whose ballots have room for a reason."""

REASON = 500  # characters, at most
_REASON_ROOM = 4 * REASON  # bytes: as many as so many characters can take in UTF-8

# Member, tracker, choice, since when a reason is awaited (0: none is), the reason's bytes.
_HEAD = Struct(">Q10s20sQH")

# Crockford's base 32: no I, L, O, U, so that it can be read aloud and compared by eye.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TRACKER = 10  # signs


@immutable
class Content:
    """What one member said; `awaits_since` in UTC epoch seconds, 0 where no reason is awaited."""

    member_id: int
    tracker: str
    choice: str
    reason: str = ""
    awaits_since: int = 0


def new_tracker() -> str:
    """Ten random signs by which a ballot is found again in the published list."""
    number = secrets.randbits(5 * _TRACKER)
    return "".join(_SIGNS[number >> 5 * place & 31] for place in range(_TRACKER))


def tag(key: bytes, member_id: int) -> bytes:
    """Where a member's ballot lies: HMAC-SHA256 (RFC 2104), told from chance only with the key."""
    return hmac.digest(key, b"%d" % member_id, "sha256")


async def find(tx: Transaction, key: bytes, decision_id: int, member_id: int) -> Content | None:
    """What a member has said in an open decision, if anything."""
    where = tag(key, member_id)
    sealed = await tx.value("sealed_ballot", decision_id=decision_id, tag=where)
    return None if sealed is None else open_up(key, decision_id, where, sealed)


async def put(
    tx: Transaction, key: bytes, decision_id: int, content: Content, method: DecisionMethod
) -> None:
    """Stores what a member says in place of what they said before; raises as close_up().

    It goes ahead of the next query or of the commit, as nobody waits for its answer. Where there
    are reasons, all rows of the decision are sealed anew: a row that changes a second time, when
    its reason is typed, would tell who objects.
    """
    where = tag(key, content.member_id)
    sealed = close_up(key, decision_id, where, content, method)
    if method not in WITH_REASONS:
        tx.precede("record_ballot", decision_id=decision_id, tag=where, sealed=sealed)
        return
    rows = {
        bytes(row["tag"]): _anew(key, decision_id, row["tag"], row["sealed"])
        for row in await tx.rows("sealed_ballots", decision_id=decision_id)
    }
    await tx.run("remove_ballots", decision_id=decision_id)
    every = [(decision_id, *each) for each in sorted((rows | {where: sealed}).items())]
    await tx.insert("ballots", ("decision_id", "tag", "sealed"), every)


def close_up(
    key: bytes, decision_id: int, where: bytes, content: Content, method: DecisionMethod
) -> bytes:
    """The row's bytes: their length is the method's, whatever is said.

    Raises ValueError for a reason of more than 500 characters, or where there is no room for one.
    """
    reason = content.reason.encode()
    if reason and (len(content.reason) > REASON or method not in WITH_REASONS):
        raise ValueError("a reason has at most 500 characters, and not every ballot has one")
    plain = _HEAD.pack(
        content.member_id,
        content.tracker.encode(),
        content.choice.encode(),
        content.awaits_since,
        len(reason),
    )
    room = _REASON_ROOM if method in WITH_REASONS else 0
    return seal(key, plain + reason.ljust(room, b"\0"), _context(decision_id, where))


def open_up(key: bytes, decision_id: int, where: bytes, sealed: bytes) -> Content:
    """What was said; raises Unreadable for another key, another decision or another place."""
    plain = unseal(key, sealed, _context(decision_id, where))
    member_id, tracker, choice, awaits_since, length = _HEAD.unpack_from(plain)
    reason = plain[_HEAD.size : _HEAD.size + length].decode()
    said = choice.rstrip(b"\0").decode()
    return Content(member_id, tracker.decode(), said, reason, awaits_since)


def _anew(key: bytes, decision_id: int, where: bytes, sealed: bytes) -> bytes:
    context = _context(decision_id, where)
    return seal(key, unseal(key, sealed, context), context)


def _context(decision_id: int, where: bytes) -> bytes:
    return b"ballot of decision %d at " % decision_id + where

"""A helper's ballot: a member lets somebody enter theirs, once, for one open decision.

The rows carry no name, no id and no moment: who is helped and who helps are tags under the
ballots' key, the rest is sealed with it. They are deleted with the ballots at closing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Literal

from assembly.immutable import immutable
from storage import ballots
from storage.engine.errors import StorageError
from storage.engine.transaction import Row, Transaction
from storage.secrets.cipher import seal, unseal
from storage.secrets.keys import KeyDestroyed, KeyStore

TOKEN_BYTES = 16  # 128 bits: nobody guesses one
MOST = 2  # members whom one helper serves in one decision

Stage = Literal["none", "link made", "accepted", "entered"]


@immutable
class Helping:
    """A link that is good while its decision is open.

    `before`: the tracker of the ballot that the member had given when they made the link, None
    for none; where it is another one by now, they have voted themselves since. `tag` and `helper`
    stand for the member and the helper (None: nobody has accepted): they tell nobody's name.
    """

    decision_id: int
    centre_id: int
    member_id: int
    before: str | None
    tag: bytes
    token_hash: str
    helper: bytes | None
    entered: bool

    @property
    def ref(self) -> str:
        """Names it inside its centre, short enough for a button."""
        return self.token_hash[:16]


async def begin(
    tx: Transaction, keys: KeyStore, *, centre_id: int, decision_id: int, member_id: int
) -> str | None:
    """Makes the link's token, 22 characters, told only here; an earlier link ends.

    None where the member does not take part in an open decision of this number, or where a helper
    has entered their ballot already.
    """
    mine = await ballots.of_member(tx, keys, centre_id, member_id)
    if decision_id not in mine:
        return None
    key = await keys.ballot_key(decision_id)
    before = await ballots.tracker(tx, keys, decision_id, member_id)
    tag = _tag(key, b"help", member_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    content = b"%d %s" % (member_id, (before or "").encode())
    begun = await tx.value(
        "begin_helping",
        decision_id=decision_id,
        tag=tag,
        sealed=seal(key, content, _context(decision_id, tag)),
        token_hash=_hashed(token),
    )
    return None if begun is None else token


async def entered(tx: Transaction, keys: KeyStore, decision_id: int, member_id: int) -> bool:
    """Whether a helper has entered this member's ballot in an open decision."""
    tag = _tag(await keys.ballot_key(decision_id), b"help", member_id)
    return bool(await tx.value("helping_of", decision_id=decision_id, tag=tag))


async def find(tx: Transaction, keys: KeyStore, token: str, now: int) -> Helping | None:
    """What a link is for, while its decision is open; None for every other token."""
    row = await tx.row("helping_by_token", token_hash=_hashed(token), now=now)
    return await _helping(keys, row)


async def by_ref(
    tx: Transaction, keys: KeyStore, centre_id: int, ref: str, now: int
) -> Helping | None:
    """What a button names, if it is of this centre and still open; whose it is, is looked up."""
    row = await tx.row("helping_by_ref", centre_id=centre_id, ref=ref, now=now)
    return await _helping(keys, row)


async def is_helper(keys: KeyStore, helping: Helping, member_id: int) -> bool:
    """Whether it is this member who helps here."""
    if helping.helper is None:
        return False
    key = await keys.ballot_key(helping.decision_id)
    return hmac.compare_digest(helping.helper, _tag(key, b"helper", member_id))


async def accept(tx: Transaction, keys: KeyStore, helping: Helping, helper_id: int) -> bool:
    """Uses the link for this helper; False if somebody has, or if they help MOST already."""
    key = await keys.ballot_key(helping.decision_id)
    accepted = await tx.value(
        "accept_helping",
        decision_id=helping.decision_id,
        tag=helping.tag,
        token_hash=helping.token_hash,
        helper=_tag(key, b"helper", helper_id),
        most=MOST,
    )
    return accepted is not None


async def gave_own(tx: Transaction, keys: KeyStore, helping: Helping) -> bool:
    """Whether the member has given a ballot themselves since they made the link."""
    now = await ballots.tracker(tx, keys, helping.decision_id, helping.member_id)
    return now != helping.before


async def enter(
    tx: Transaction, keys: KeyStore, helping: Helping, helper_id: int, choice: str, now: int
) -> bool:
    """Enters the member's ballot, once; False for anybody but the helper, and a second time.

    Raises Misvote for what is no ballot of this decision, and StorageError where the member can't
    cast: then the transaction must be left, so that nothing of it stays.
    """
    key = await keys.ballot_key(helping.decision_id)
    marked = await tx.value(
        "enter_helping",
        decision_id=helping.decision_id,
        tag=helping.tag,
        token_hash=helping.token_hash,
        helper=_tag(key, b"helper", helper_id),
    )
    if marked is None:
        return False
    if not await ballots.cast_for(
        tx,
        keys,
        decision_id=helping.decision_id,
        member_id=helping.member_id,
        choice=choice,
        now=now,
    ):
        raise StorageError("a ballot that nobody may cast was being entered")
    return True


async def of_member(
    tx: Transaction, keys: KeyStore, decision_id: int, member_id: int
) -> tuple[Stage, int]:
    """How far a member's own link has come in an open decision, and how many they help there."""
    try:
        key = await keys.ballot_key(decision_id)
    except KeyDestroyed:
        return "none", 0
    own: Stage = "none"
    helped, helper = _tag(key, b"help", member_id), _tag(key, b"helper", member_id)
    helps = 0
    for row in await tx.rows("helpings_of_decision", decision_id=decision_id):
        by = None if row["helper"] is None else bytes(row["helper"])
        helps += by == helper
        if bytes(row["tag"]) == helped:
            own = "entered" if row["entered"] else "accepted" if by else "link made"
    return own, helps


async def forget(tx: Transaction, keys: KeyStore, member_id: int) -> None:
    """Takes a member who is erased out of it: as helped, and as helper."""
    for row in await tx.rows("decisions_with_helpings"):
        decision_id = row["decision_id"]
        try:
            key = await keys.ballot_key(decision_id)
        except KeyDestroyed:
            continue  # nobody can read what is there
        helper = _tag(key, b"helper", member_id)
        await tx.run("forget_helped", decision_id=decision_id, tag=_tag(key, b"help", member_id))
        await tx.run("forget_unfinished_helper", decision_id=decision_id, helper=helper)
        await tx.run("forget_helper", decision_id=decision_id, helper=helper)


async def remove(tx: Transaction, decision_id: int) -> None:
    """Deletes everything of a decision that is over."""
    await tx.run("remove_helpings", decision_id=decision_id)


async def _helping(keys: KeyStore, row: Row | None) -> Helping | None:
    if row is None:
        return None
    decision_id, tag = row["decision_id"], bytes(row["tag"])
    key = await keys.ballot_key(decision_id)
    content = unseal(key, row["sealed"], _context(decision_id, tag)).decode()
    member_id, _, before = content.partition(" ")
    return Helping(
        decision_id=decision_id,
        centre_id=row["centre_id"],
        member_id=int(member_id),
        before=before or None,
        tag=tag,
        token_hash=row["token_hash"],
        helper=None if row["helper"] is None else bytes(row["helper"]),
        entered=bool(row["entered"]),
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _tag(key: bytes, role: bytes, member_id: int) -> bytes:
    """HMAC-SHA256 (RFC 2104); another one for each role, and another than the ballot's own."""
    return hmac.digest(key, b"%s %d" % (role, member_id), "sha256")


def _context(decision_id: int, tag: bytes) -> bytes:
    return b"helping in decision %d at " % decision_id + tag

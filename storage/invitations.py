"""Invitations into a centre. The token is told once and only its SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets

from assembly import invitation as rule
from assembly.immutable import immutable
from assembly.roles import Role
from storage.engine.transaction import Row, Transaction

TOKEN_BYTES = 16  # 128 bits: nobody guesses one


@immutable
class Invitation:
    """What was invited to, by whom; times are UTC epoch seconds.

    `role` None: the invited choose. `created_by` None: the first one, made by an operator.
    """

    token_hash: str
    centre_id: int
    role: Role | None
    facilitator: bool
    uses_left: int
    expires_at: int
    created_by: int | None
    confirmed_by: int | None
    created_at: int
    revoked: bool
    needs_confirmation: bool

    @property
    def ref(self) -> str:
        """Names the invitation inside its centre, short enough for a button."""
        return self.token_hash[:16]

    @property
    def confirmed(self) -> bool:
        """Whether a second facilitator agreed."""
        return self.confirmed_by is not None

    @property
    def policy(self) -> rule.Invitation:
        """What decides whether the invitation is good."""
        return rule.Invitation(
            expires_at=self.expires_at,
            uses_left=self.uses_left,
            needs_confirmation=self.needs_confirmation,
            confirmed=self.confirmed,
            revoked=self.revoked,
        )


def hashed(token: str) -> str:
    """The SHA-256 of a token in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def add(
    tx: Transaction,
    *,
    centre_id: int,
    role: Role | None,
    now: int,
    facilitator: bool = False,
    uses: int = 1,
    created_by: int | None = None,
    needs_confirmation: bool = False,
) -> str:
    """Makes an invitation that is good for 14 days; its token, 22 characters, told only here.

    `role` None: the invited choose. `facilitator`: whoever comes in gets the duty too. `uses`: how
    many can come in by it. `created_by`: the member who invites, None for the operator.
    `needs_confirmation`: it is good only once a second facilitator has confirmed it.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await tx.run(
        "add_invitation",
        token_hash=hashed(token),
        centre_id=centre_id,
        role=None if role is None else Role(role).value,
        facilitator=int(facilitator),
        uses_left=uses,
        expires_at=rule.expires_at(now),
        created_by=created_by,
        created_at=now,
        needs_confirmation=int(needs_confirmation),
    )
    return token


async def revoke_first(tx: Transaction, centre_id: int) -> list[str]:
    """Ends what add_first() has made; the hashes."""
    rows = await tx.rows("revoke_first_invitations", centre_id=centre_id)
    return [row["token_hash"] for row in rows]


async def not_revoked(tx: Transaction) -> list[str]:
    """The hashes of all invitations of all centres that nobody has taken back."""
    return [row["token_hash"] for row in await tx.rows("invitations_not_revoked")]


async def add_first(tx: Transaction, centre_id: int, now: int) -> str:
    """The link that makes whoever opens it the first facilitator."""
    return await add(tx, centre_id=centre_id, role=None, now=now, facilitator=True)


async def find(tx: Transaction, token: str) -> Invitation | None:
    """The invitation of a token that somebody brought, good or not, or None."""
    row = await tx.row("invitation", token_hash=hashed(token))
    return _invitation(row) if row else None


async def get(tx: Transaction, token_hash: str) -> Invitation | None:
    """The invitation of that hash, good or not, or None."""
    row = await tx.row("invitation", token_hash=token_hash)
    return _invitation(row) if row else None


async def by_ref(tx: Transaction, centre_id: int, ref: str) -> Invitation | None:
    """The invitation that a button names, if it is of this centre, or None."""
    row = await tx.row("invitation_by_ref", centre_id=centre_id, ref=ref)
    return _invitation(row) if row else None


async def still_open(tx: Transaction, centre_id: int, now: int) -> list[Invitation]:
    """What can be used at `now`, or once it is confirmed, oldest first."""
    rows = await tx.rows("open_invitations", centre_id=centre_id, now=now)
    return [_invitation(row) for row in rows]


async def use(tx: Transaction, token_hash: str, now: int) -> bool:
    """Takes one use; False if the invitation is not good at `now`. Two never share the last."""
    return bool(await tx.run("use_invitation", token_hash=token_hash, now=now))


async def confirm(tx: Transaction, token_hash: str, member_id: int) -> bool:
    """A second facilitator agrees; False for who made it, or if it is confirmed or revoked."""
    return bool(await tx.run("confirm_invitation", token_hash=token_hash, confirmed_by=member_id))


async def revoke(tx: Transaction, token_hash: str) -> bool:
    """Ends an invitation; False if it had been revoked before."""
    return bool(await tx.run("revoke_invitation", token_hash=token_hash))


def _invitation(row: Row) -> Invitation:
    return Invitation(
        token_hash=row["token_hash"],
        centre_id=row["centre_id"],
        role=None if row["role"] is None else Role(row["role"]),
        facilitator=bool(row["facilitator"]),
        uses_left=row["uses_left"],
        expires_at=row["expires_at"],
        created_by=row["created_by"],
        confirmed_by=row["confirmed_by"],
        created_at=row["created_at"],
        revoked=bool(row["revoked"]),
        needs_confirmation=bool(row["needs_confirmation"]),
    )

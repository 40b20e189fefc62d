"""What a member agreed to, in which wording, and when they took it back: a history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.engine.transaction import Transaction

Purpose = Literal["part", "checkin"]


@dataclass(frozen=True, slots=True)
class Consent:
    """One agreement; times are UTC epoch seconds, `withdrawn_at` None while it stands."""

    member_id: int
    purpose: Purpose
    version: int
    granted_at: int
    withdrawn_at: int | None


async def grant(tx: Transaction, member_id: int, purpose: Purpose, version: int, now: int) -> None:
    """Notes that a member agreed at `now`; raises Conflict for nobody or an unknown purpose."""
    await tx.run(
        "grant_consent", member_id=member_id, purpose=purpose, version=version, granted_at=now
    )


async def withdraw(tx: Transaction, member_id: int, purpose: Purpose, now: int) -> bool:
    """Notes that a member took it back at `now`; False if nothing stood."""
    return bool(
        await tx.run("withdraw_consent", member_id=member_id, purpose=purpose, withdrawn_at=now)
    )


async def standing(tx: Transaction, member_id: int, purpose: Purpose) -> int | None:
    """The newest version of the wording that the member agrees to now, or None."""
    version = await tx.value("standing_consent", member_id=member_id, purpose=purpose)
    return None if version is None else int(version)


async def history(tx: Transaction, member_id: int) -> list[Consent]:
    """Everything this member agreed to, oldest first."""
    return [
        Consent(
            member_id=row["member_id"],
            purpose=row["purpose"],
            version=row["version"],
            granted_at=row["granted_at"],
            withdrawn_at=row["withdrawn_at"],
        )
        for row in await tx.rows("consents_of", member_id=member_id)
    ]


CONSENT_VERSION = 1  # of the texts in docs/consent.md; new texts are a new version

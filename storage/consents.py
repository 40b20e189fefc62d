"""What a member agreed to, in which wording, and when they took it back: a history.

Where the wording has a newer version, or another body is responsible, a consent rests until it is
given anew: nothing is done for its purpose meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from assembly.immutable import immutable
from storage.engine.transaction import Transaction

Purpose = Literal["part", "checkin"]

VERSIONS: Mapping[Purpose, int] = {"part": 2, "checkin": 2}
"""Of the texts in docs/consent.md: a text that says something else is a new version."""


@immutable
class Consent:
    """One agreement; times are UTC epoch seconds, `withdrawn_at` None while it stands.

    `rests`: it is to be given anew. `body`: who was responsible then; None where nobody was named.
    """

    member_id: int
    purpose: Purpose
    version: int
    granted_at: int
    withdrawn_at: int | None
    rests: bool = False
    body: str | None = None


async def grant(tx: Transaction, member_id: int, purpose: Purpose, version: int, now: int) -> None:
    """Notes that a member agreed at `now`, and nothing of that purpose rests any more.

    Raises Conflict for nobody or an unknown purpose.
    """
    await tx.run("wake_consents", member_id=member_id, purpose=purpose)
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


async def agreed_at(tx: Transaction, member_id: int, purpose: Purpose) -> int | None:
    """When the member gave the consent that stands (UTC epoch seconds), or None."""
    found = await tx.value("consent_granted_at", member_id=member_id, purpose=purpose)
    return None if found is None else int(found)


async def history(tx: Transaction, member_id: int) -> list[Consent]:
    """Everything this member agreed to, oldest first."""
    return [
        Consent(
            member_id=row["member_id"],
            purpose=row["purpose"],
            version=row["version"],
            granted_at=row["granted_at"],
            withdrawn_at=row["withdrawn_at"],
            rests=bool(row["rests"]),
            body=row["body"],
        )
        for row in await tx.rows("consents_of", member_id=member_id)
    ]


def another_body(history: Sequence[Consent], body: str | None) -> str | None:
    """Who is responsible now (`body`), where it was another, or nobody, when a member agreed.

    None as well where the words are new, which is more. `history` as `history` gives it.
    """
    stands = [each for each in history if each.purpose == "part" and each.withdrawn_at is None]
    same_words = bool(stands) and stands[-1].version == VERSIONS["part"]
    return body if same_words and stands[-1].body != body else None


async def rests(tx: Transaction, member_id: int, purpose: Purpose) -> bool:
    """Whether what the member agreed to is to be agreed to anew; False where nothing stands."""
    return await tx.value("consent_rests", member_id=member_id, purpose=purpose) is not None


async def rest_older(tx: Transaction) -> set[int]:
    """Lets every consent to an older wording rest; the members who are to be asked about it."""
    found: set[int] = set()
    for purpose, version in VERSIONS.items():
        rows = await tx.rows("rest_older_consents", purpose=purpose, version=version)
        found |= {row["member_id"] for row in rows}
    return found


async def rest_all(tx: Transaction, centre_id: int) -> set[int]:
    """Lets every consent in a centre rest, since another body is responsible; whose they are."""
    rows = await tx.rows("rest_consents_of_centre", centre_id=centre_id)
    return {row["member_id"] for row in rows}

"""Proposals that two facilitators take down, with their words; moments are UTC epoch seconds."""

from __future__ import annotations

from assembly.harm import Harm
from assembly.immutable import immutable
from assembly.roles import Role
from storage import proposals
from storage.engine.transaction import Transaction

ASKED_FOR = 7 * 86_400
"""Seconds for which a second facilitator can answer; then it is asked anew."""


@immutable
class Takedown:
    """`is_down`: two agreed, at `at`; until then one asks, `asked_by`, in `asked_role`.

    `title` and `words` are the proposal's own, once it is down. `asked_role` is None where whoever
    asked is no member any more. `appeal_id`: the point that asks the assembly.
    """

    proposal_id: int
    harm: Harm
    is_down: bool
    at: int
    asked_by: int | None
    asked_role: Role | None
    title: str
    words: str | None
    appeal_id: int | None


@immutable
class Voice:
    """Somebody whose voice is with a proposal: where and how to speak to them, in no order."""

    telegram_id: int
    language: str


async def find(tx: Transaction, proposal_id: int) -> Takedown | None:
    """What is asked for this proposal, or was done."""
    row = await tx.row("takedown", proposal_id=proposal_id)
    if row is None:
        return None
    return Takedown(
        proposal_id=row["proposal_id"],
        harm=Harm(row["harm"]),
        is_down=row["status"] == "down",
        at=row["at"],
        asked_by=row["asked_by"],
        asked_role=Role(row["asked_role"]) if row["asked_role"] else None,
        title=row["title"],
        words=row["words"],
        appeal_id=row["appeal_id"],
    )


async def ask(
    tx: Transaction, centre_id: int, proposal_id: int, member_id: int, harm: Harm, now: int
) -> bool:
    """One facilitator asks, for the words as they are; in place of what is outdated.

    False where it is asked or done already, off the list, or is itself an appeal.
    """
    await tx.run("drop_outdated_takedown", proposal_id=proposal_id, before=now - ASKED_FOR)
    done = await tx.run(
        "ask_takedown",
        centre_id=centre_id,
        proposal_id=proposal_id,
        member_id=member_id,
        harm=harm.value,
        now=now,
    )
    return bool(done)


async def confirm(
    tx: Transaction, proposal_id: int, member_id: int, instead: str, now: int
) -> list[int] | None:
    """The second one agrees: its words go from everywhere, and `instead` stands in their place.

    The caller has checked who may. The assemblies, not over yet, that have it as a point; None
    where nothing is asked any more, or its author has changed it since.
    """
    await tx.run("drop_outdated_takedown", proposal_id=proposal_id, before=now - ASKED_FOR)
    if not await tx.run("confirm_takedown", proposal_id=proposal_id, member_id=member_id, now=now):
        return None
    await tx.run("take_words", proposal_id=proposal_id, title=instead)
    return await _title_points(tx, proposal_id, instead)


async def refuse(tx: Transaction, proposal_id: int) -> bool:
    """It stays on the list; False where nothing is asked any more."""
    return bool(await tx.run("refuse_takedown", proposal_id=proposal_id))


async def put_back(tx: Transaction, centre_id: int, proposal_id: int) -> list[int] | None:
    """It is on the list again, with its words and voices; the assemblies that have it as a point.

    None where it is not down, or not of this centre.
    """
    found = await find(tx, proposal_id)
    ids = {"centre_id": centre_id, "proposal_id": proposal_id}
    if found is None or not await tx.run("put_words_back", **ids):
        return None
    await tx.run("end_takedown", proposal_id=proposal_id)
    return await _title_points(tx, proposal_id, found.title)


async def appeal(
    tx: Transaction,
    centre_id: int,
    found: Takedown,
    author_id: int,
    *,
    title: str,
    words: str,
    now: int,
) -> int | None:
    """Puts the question to the assembly on the list, without a name; its id. Once only."""
    if found.appeal_id is not None or not found.is_down:
        return None
    appeal_id = await proposals.add(
        tx,
        centre_id=centre_id,
        author_id=author_id,
        title=title,
        reason=words,
        named=False,
        now=now,
    )
    await tx.run("note_appeal", proposal_id=found.proposal_id, appeal_id=appeal_id)
    return appeal_id


async def voices(tx: Transaction, proposal_id: int) -> list[Voice]:
    """Whose voices are with it: to tell each of them in private, and nobody else."""
    rows = await tx.rows("voices_for", proposal_id=proposal_id)
    return [Voice(row["telegram_id"], row["language"]) for row in rows]


async def _title_points(tx: Transaction, proposal_id: int, title: str) -> list[int]:
    await tx.run("title_points", proposal_id=proposal_id, title=title)
    return await carrying(tx, proposal_id)


async def carrying(tx: Transaction, proposal_id: int) -> list[int]:
    """The assemblies, not over yet, that have it as a point."""
    return [row["id"] for row in await tx.rows("assemblies_with", proposal_id=proposal_id)]

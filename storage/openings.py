"""How a centre's assemblies begin: what it has switched on or off, and in which words."""

from __future__ import annotations

from assembly.openings import Chosen, Opening
from storage.engine.transaction import Transaction


async def of(tx: Transaction, centre_id: int) -> dict[Opening, Chosen]:
    """What the centre has chosen; an opening of which it chose nothing is missing."""
    rows = await tx.rows("openings_of", centre_id=centre_id)
    return {
        Opening(row["opening"]): Chosen(bool(row["active"]), row["words"], row["minutes"])
        for row in rows
    }


async def choose(tx: Transaction, centre_id: int, opening: Opening, chosen: Chosen) -> None:
    """From now on this holds, for agendas that are fixed from now on."""
    await tx.run(
        "choose_opening",
        centre_id=centre_id,
        opening=opening.value,
        active=int(chosen.active),
        words=chosen.words,
        minutes=chosen.minutes,
    )


async def plan_break(tx: Transaction, assembly_id: int, break_at: int | None) -> bool:
    """When the open assembly has its break (UTC epoch seconds); None: it was, or there is none."""
    return bool(await tx.run("plan_break", assembly_id=assembly_id, break_at=break_at))

"""Two proposals that are put together if both authors want it; moments are UTC epoch seconds."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.merging import Answer, Side
from storage import takedowns
from storage.engine.transaction import Transaction
from storage.takedowns import Voice


@immutable
class Merge:
    """`merged` leads to `kept`, or is to; `is_done` since `at`, until then asked since then.

    `kept` and `merged` are the sides of their authors. `can_be`: both are on the list still.
    """

    merged_id: int
    kept_id: int
    centre_id: int
    is_done: bool
    at: int
    suggested_by: int | None
    merged_title: str
    kept_title: str
    merged_author_id: int | None
    kept_author_id: int | None
    merged: Side
    kept: Side
    can_be: bool


@immutable
class United:
    """What came of it: whose voices went along, and the assemblies with another point now."""

    voices: tuple[Voice, ...]
    assemblies: tuple[int, ...]


async def suggest(
    tx: Transaction, centre_id: int, kept_id: int, merged_id: int, member_id: int, now: int
) -> bool:
    """Both authors are asked; False where one is off the list, or in another such pair."""
    ids = {"centre_id": centre_id, "kept_id": kept_id, "merged_id": merged_id}
    return bool(await tx.run("suggest_merge", member_id=member_id, now=now, **ids))


async def ask_anew(tx: Transaction, proposal_id: int, now: int) -> list[int]:
    """One of the two has other words: nobody has said anything about these. The pairs by id."""
    rows = await tx.rows("merges_asked_about", proposal_id=proposal_id)
    found = [row["merged_id"] for row in rows]
    for merged_id in found:
        await tx.run("ask_merge_anew", merged_id=merged_id, now=now)
    return found


async def find(tx: Transaction, merged_id: int) -> Merge | None:
    """The pair in which this one leads to another, or is to."""
    row = await tx.row("merge", merged_id=merged_id)
    if row is None:
        return None
    return Merge(
        merged_id=row["merged_id"],
        kept_id=row["kept_id"],
        centre_id=row["centre_id"],
        is_done=row["status"] == "done",
        at=row["at"],
        suggested_by=row["suggested_by"],
        merged_title=row["merged_title"],
        kept_title=row["kept_title"],
        merged_author_id=row["merged_author_id"],
        kept_author_id=row["kept_author_id"],
        merged=_side(row["merged_answer"], row["merged_gone"]),
        kept=_side(row["kept_answer"], row["kept_gone"]),
        can_be=row["merged_status"] == row["kept_status"] == "open",
    )


async def answer(tx: Transaction, merged_id: int, member_id: int, said: Answer) -> bool:
    """What an author says, in place of what they said before; whose both are says it for both."""
    ids = {"merged_id": merged_id, "member_id": member_id, "answer": said.value}
    kept = await tx.run("answer_as_kept", **ids)
    merged = await tx.run("answer_as_merged", **ids)
    return bool(kept or merged)


async def unite(tx: Transaction, found: Merge, now: int) -> United | None:
    """Voices are united, each member's once, and comments; the merged one leads to the other.

    None where somebody was quicker, or one of both is off the list. The rule has been asked.
    """
    if not await tx.run("unite", merged_id=found.merged_id, now=now):
        return None
    ids = {"merged_id": found.merged_id, "kept_id": found.kept_id}
    voices = await takedowns.voices(tx, found.merged_id)
    touched = await takedowns.carrying(tx, found.merged_id)
    await tx.run("unite_supports", **ids)
    await tx.run("forget_supports", id=found.merged_id)
    await tx.run("unite_comments", **ids)
    await tx.run("end_as_merged", merged_id=found.merged_id)
    await tx.run("lead_points", **ids)
    return United(tuple(voices), tuple(touched))


async def led_here(tx: Transaction, kept_id: int) -> list[int]:
    """Those that were put together with this one, by id."""
    return [row["merged_id"] for row in await tx.rows("led_here", kept_id=kept_id)]


async def end(tx: Transaction, merged_id: int) -> bool:
    """Both stay as they are, and nothing is kept of what anybody said."""
    return bool(await tx.run("end_merge", merged_id=merged_id))


def _side(said: str | None, gone: int) -> Side:
    return Side(Answer(said) if said else None, bool(gone))

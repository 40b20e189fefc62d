"""What was taken back by its author, or down by facilitators, is not put on the list by a restore.

The ledger has marks of it (storage/endings.py). How it came off is not in them: a proposal that a
restored database has on the list is taken back then, without its words at coming assemblies.
"""

from __future__ import annotations

from storage import endings
from storage.endings import Ended, Ending
from storage.engine.transaction import Transaction
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore

INSTEAD = "…"  # at the points of assemblies that are not over


async def note(tx: Transaction, keys: KeyStore, item: Proposal, now: int, *, back: bool) -> None:
    """Notes that it is off the list, or on it again. Then call Eraser.catch_up."""
    ending = Ending.ON_LIST if back else Ending.OFF_LIST
    await endings.note(tx, keys, ending, _subject(item.id, item.centre_id, item.created_at), now)


async def end_again(tx: Transaction, keys: KeyStore, ended: Ended) -> int:
    """After a restore: how many were on the list again, and are off it."""
    if not ended.last[Ending.OFF_LIST]:
        return 0
    count = 0
    for row in await tx.rows("every_open_proposal"):
        proposal_id = row["id"]
        subject = _subject(proposal_id, row["centre_id"], row["created_at"])
        if ended.stands(keys, Ending.OFF_LIST, Ending.ON_LIST, subject):
            count += await tx.run("take_off_list", id=proposal_id)
            await tx.run("title_points", proposal_id=proposal_id, title=INSTEAD)
            await tx.run("forget_supports", id=proposal_id)
            await tx.run("forget_comments", proposal_id=proposal_id)
    return count


def _subject(proposal_id: int, centre_id: int, created_at: int) -> str:
    return f"{proposal_id}:{centre_id}:{created_at}"

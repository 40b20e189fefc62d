"""What was taken from under a proposal does not come back with a restored database.

That is its author's name, and comments that were taken back by whoever wrote them, or hidden by
facilitators. The ledger has marks of it (storage/endings.py). How a comment went is not in them: it
is deleted then.
"""

from __future__ import annotations

from storage import endings
from storage.comments import Comment
from storage.endings import Ended, Ending
from storage.engine.transaction import Transaction
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore


async def note_name(
    tx: Transaction, keys: KeyStore, item: Proposal, now: int, *, back: bool
) -> None:
    """Notes that its author's name is shown no more, or is again. Then call Eraser.catch_up."""
    ending = Ending.NAMED if back else Ending.NAMELESS
    await endings.note(tx, keys, ending, _subject(item.id, item.centre_id, item.created_at), now)


async def note_comment(
    tx: Transaction, keys: KeyStore, comment: Comment, now: int, *, back: bool
) -> None:
    """Notes that nobody reads it any more, or everybody again. Then call Eraser.catch_up."""
    ending = Ending.COMMENT_BACK if back else Ending.COMMENT
    subject = _subject(comment.id, comment.centre_id, comment.written_at)
    await endings.note(tx, keys, ending, subject, now)


async def end_again(tx: Transaction, keys: KeyStore, ended: Ended) -> int:
    """After a restore: how many names and comments were there again, and are gone."""
    count = 0
    if ended.last[Ending.NAMELESS]:
        for row in await tx.rows("every_named_proposal"):
            subject = _subject(row["id"], row["centre_id"], row["created_at"])
            if ended.stands(keys, Ending.NAMELESS, Ending.NAMED, subject):
                count += await tx.run("unname_proposal", id=row["id"])
    if ended.last[Ending.COMMENT]:
        for row in await tx.rows("every_shown_comment"):
            subject = _subject(row["id"], row["centre_id"], row["written_at"])
            if ended.stands(keys, Ending.COMMENT, Ending.COMMENT_BACK, subject):
                count += await tx.run("drop_comment", comment_id=row["id"])
    return count


def _subject(number: int, centre_id: int, at: int) -> str:
    return f"{number}:{centre_id}:{at}"

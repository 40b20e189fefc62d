"""What was taken from under a proposal does not come back with a restored database.

That is its author's name, and comments that were taken back by whoever wrote them, or hidden by
facilitators. The ledger has marks of it (storage/endings.py). What was taken back is deleted again;
what was hidden is hidden again, for the same reason, which nobody reads in its mark: all of them
are tried. Of what was hidden before the ledger told the two apart nobody knows which it was: it is
deleted.
"""

from __future__ import annotations

from assembly.harm import Harm
from storage import comments, endings
from storage.comments import Comment
from storage.endings import Ended, Ending
from storage.engine.transaction import Row, Transaction
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore

_OF_COMMENTS = (Ending.COMMENT, Ending.COMMENT_DELETED, Ending.COMMENT_HIDDEN)


async def note_name(
    tx: Transaction, keys: KeyStore, item: Proposal, now: int, *, back: bool
) -> None:
    """Notes that its author's name is shown no more, or is again. Then call Eraser.catch_up."""
    ending = Ending.NAMED if back else Ending.NAMELESS
    await endings.note(tx, keys, ending, _subject(item.id, item.centre_id, item.created_at), now)


async def note_deleted(tx: Transaction, keys: KeyStore, comment: Comment, now: int) -> None:
    """Notes that whoever wrote it took it back. Then call Eraser.catch_up."""
    await endings.note(tx, keys, Ending.COMMENT_DELETED, _of_comment(comment), now)


async def note_hidden(
    tx: Transaction, keys: KeyStore, comment: Comment, why: Harm, now: int
) -> None:
    """Notes that nobody reads it any more, and why. Then call Eraser.catch_up."""
    await endings.note(tx, keys, Ending.COMMENT_HIDDEN, f"{_of_comment(comment)}:{why.value}", now)


async def note_shown(tx: Transaction, keys: KeyStore, comment: Comment, now: int) -> None:
    """Notes that everybody reads it again. Then call Eraser.catch_up."""
    await endings.note(tx, keys, Ending.COMMENT_BACK, _of_comment(comment), now)


async def end_again(tx: Transaction, keys: KeyStore, ended: Ended) -> int:
    """After a restore: how many names and comments were there again, and are gone or hidden."""
    count = 0
    if ended.last[Ending.NAMELESS]:
        for row in await tx.rows("every_named_proposal"):
            subject = _subject(row["id"], row["centre_id"], row["created_at"])
            if ended.stands(keys, Ending.NAMELESS, Ending.NAMED, subject):
                count += await tx.run("unname_proposal", id=row["id"])
    if any(ended.last[each] for each in _OF_COMMENTS):
        for row in await tx.rows("every_comment"):
            count += await _comment_again(tx, keys, ended, row)
    return count


async def _comment_again(tx: Transaction, keys: KeyStore, ended: Ended, row: Row) -> int:
    """How many of this one; who was erased since has none that is hidden."""
    subject = _subject(row["id"], row["centre_id"], row["written_at"])
    if ended.at(keys, Ending.COMMENT_DELETED, subject) >= 0:
        return await tx.run("drop_comment", comment_id=row["id"])
    if row["hidden"] is not None:
        return 0
    why = _hidden_for(keys, ended, subject)
    if why is not None and row["author_id"] is not None:
        return await comments.hide(tx, row["id"], why)
    if why is not None or ended.stands(keys, Ending.COMMENT, Ending.COMMENT_BACK, subject):
        return await tx.run("drop_comment", comment_id=row["id"])
    return 0


def _hidden_for(keys: KeyStore, ended: Ended, subject: str) -> Harm | None:
    """Why it was hidden last; None where it never was, or is shown again."""
    at, why = max((ended.at(keys, Ending.COMMENT_HIDDEN, f"{subject}:{e.value}"), e) for e in Harm)
    shown_at = ended.at(keys, Ending.COMMENT_BACK, subject)
    return why if at >= 0 and at >= shown_at else None


def _of_comment(comment: Comment) -> str:
    return _subject(comment.id, comment.centre_id, comment.written_at)


def _subject(number: int, centre_id: int, at: int) -> str:
    return f"{number}:{centre_id}:{at}"

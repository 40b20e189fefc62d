"""What members ask or add under a proposal, and what its author answers."""

from __future__ import annotations

from assembly.commenting import MOST, Parts
from assembly.harm import Harm
from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Comment:
    """A comment as everybody may know it; `written_at`: UTC epoch seconds.

    `author_id` says who may take it back and is never shown; `author_name` is None unless they
    want it shown and are members now. `hidden`: why facilitators have hidden it, if they have.
    `is_open`: its proposal waits for an assembly, so it can be answered.
    """

    id: int
    proposal_id: int
    centre_id: int
    author_id: int | None
    author_name: str | None
    text: str
    named: bool
    written_at: int
    answer: str | None
    hidden: Harm | None
    proposal_author_id: int | None
    is_open: bool

    @property
    def parts(self) -> Parts:
        """Whose it and its proposal are."""
        return Parts(self.author_id, self.proposal_author_id)


async def of_proposal(tx: Transaction, centre_id: int, proposal_id: int) -> list[Comment]:
    """All of them, the first one first, those that are hidden too."""
    rows = await tx.rows("comments_of", centre_id=centre_id, proposal_id=proposal_id)
    return [_comment(row) for row in rows]


async def get(tx: Transaction, centre_id: int, comment_id: int) -> Comment | None:
    """One under a proposal of this centre; None where there is no such one."""
    row = await tx.row("comment", centre_id=centre_id, comment_id=comment_id)
    return _comment(row) if row is not None else None


async def count(tx: Transaction, proposal_id: int) -> int:
    """How many can be read."""
    return int(await tx.value("count_comments", proposal_id=proposal_id))


async def unanswered(tx: Transaction, proposal_id: int) -> int:
    """How many wait for an answer of the proposal's author; 0 once it is off the list."""
    return int(await tx.value("count_unanswered", proposal_id=proposal_id))


async def written_by(tx: Transaction, proposal_id: int, member_id: int) -> int:
    """How many this member has written here."""
    return int(await tx.value("comments_by", proposal_id=proposal_id, member_id=member_id))


async def add(
    tx: Transaction,
    *,
    centre_id: int,
    proposal_id: int,
    member_id: int,
    text: str,
    named: bool,
    now: int,
) -> int | None:
    """Puts a comment under an open proposal, cleaned and measured by the caller; its id.

    None where the proposal is off the list, or the member has written MOST here.
    """
    found = await tx.value(
        "add_comment",
        centre_id=centre_id,
        proposal_id=proposal_id,
        member_id=member_id,
        text=text,
        named=int(named),
        most=MOST,
        now=now,
    )
    return None if found is None else int(found)


async def answer(tx: Transaction, comment_id: int, member_id: int, text: str) -> bool:
    """The words of whoever put the proposal forward, in place of those before.

    False where it is not theirs, off the list, or the comment is hidden.
    """
    done = await tx.run("answer_comment", comment_id=comment_id, member_id=member_id, text=text)
    return bool(done)


async def take_back(tx: Transaction, comment_id: int, member_id: int) -> bool:
    """Deletes one's own comment, with its answer; False where it is not one's own."""
    return bool(await tx.run("take_comment_back", comment_id=comment_id, member_id=member_id))


async def hide(tx: Transaction, comment_id: int, reason: Harm) -> bool:
    """Nobody reads it any more, and everybody why; False where it is hidden already."""
    return bool(await tx.run("hide_comment", comment_id=comment_id, reason=reason.value))


async def show(tx: Transaction, comment_id: int) -> bool:
    """It can be read again; False where it can be already."""
    return bool(await tx.run("show_comment", comment_id=comment_id))


def _comment(row: Row) -> Comment:
    return Comment(
        id=row["id"],
        proposal_id=row["proposal_id"],
        centre_id=row["centre_id"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        text=row["text"],
        named=bool(row["named"]),
        written_at=row["written_at"],
        answer=row["answer"],
        hidden=None if row["hidden"] is None else Harm(row["hidden"]),
        proposal_author_id=row["proposal_author_id"],
        is_open=row["proposal_status"] == "open",
    )

"""Lists of names picked by hand, about which a second facilitator is asked: one for each asker."""

from __future__ import annotations

from collections.abc import Iterable

from assembly.immutable import immutable
from assembly.named_list import LIFETIME, Answer, Asked
from storage.engine.transaction import Row, Transaction
from storage.members import Member, from_row

_ANSWERS = {None: Answer.WAITING, "yes": Answer.YES, "no": Answer.NO}


@immutable
class NamedList:
    """A list that somebody is asked about, with those of it who are still members.

    `asked_by` and `answered_by` are members by id; `asked_at`: UTC epoch seconds. A yes of somebody
    who has been erased since stays one, by nobody.
    """

    id: int
    asked_by: int
    asked_at: int
    answer: Answer
    answered_by: int | None
    members: tuple[Member, ...]

    @property
    def asked(self) -> Asked:
        """What the rules know of it."""
        return Asked(frozenset(each.id for each in self.members), self.answer, self.asked_at)


async def ask(
    tx: Transaction, centre_id: int, asked_by: int, members: Iterable[int], now: int
) -> int:
    """Keeps the list about which the others are asked at `now` (UTC epoch seconds); its id.

    It takes the place of any other of the same facilitator.
    """
    await remove(tx, asked_by)
    list_id = int(
        await tx.value("ask_about_list", centre_id=centre_id, asked_by=asked_by, asked_at=now)
    )
    for member_id in sorted({*members}):
        await tx.run("add_to_list", list_id=list_id, member_id=member_id)
    return list_id


async def get(tx: Transaction, centre_id: int, list_id: int) -> NamedList | None:
    """The list of this id, if it is of this centre, or None."""
    row = await tx.row("named_list", centre_id=centre_id, id=list_id)
    return await _list(tx, row) if row else None


async def of(tx: Transaction, asked_by: int) -> NamedList | None:
    """The list about which this member has asked, or None."""
    row = await tx.row("named_list_of", asked_by=asked_by)
    return await _list(tx, row) if row else None


async def answer(tx: Transaction, list_id: int, answered_by: int, *, yes: bool) -> bool:
    """Answers; False where somebody has, or for whoever asked."""
    said = "yes" if yes else "no"
    return bool(await tx.run("answer_list", id=list_id, answer=said, answered_by=answered_by))


async def remove(tx: Transaction, asked_by: int) -> bool:
    """Forgets the list of this member: it is put, or left; False where there was none."""
    return bool(await tx.run("remove_list", asked_by=asked_by))


async def prune(tx: Transaction, now: int) -> int:
    """Forgets what nobody waits for any more at `now` (UTC epoch seconds); how many lists."""
    return await tx.run("prune_lists", before=now - LIFETIME)


async def named(tx: Transaction, decision_id: int) -> list[str]:
    """The names of those who can take part in an open question; none once it is over."""
    rows = await tx.rows("named_electors", decision_id=decision_id)
    return [row["name"] for row in rows]


async def _list(tx: Transaction, row: Row) -> NamedList:
    members = await tx.rows("on_named_list", list_id=row["id"])
    return NamedList(
        row["id"],
        row["asked_by"],
        row["asked_at"],
        _ANSWERS[row["answer"]],
        row["answered_by"],
        tuple(from_row(each) for each in members),
    )

"""Rounds: each sending of a questionnaire to one member, while it is open and afterwards.

All moments are UTC epoch seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assembly import checkin
from assembly.questionnaire import QUESTIONNAIRES, WEEKLY, Questionnaire
from storage.engine.transaction import Row, Transaction

Status = Literal["open", "snoozed", "done", "skipped", "closed"]


@dataclass(frozen=True, slots=True)
class Round:
    """One sending. `reminded`: no reminder is to come any more."""

    id: int
    member_id: int
    questionnaire: Questionnaire
    sent_at: int
    closes_at: int
    status: Status
    reminded: bool

    @property
    def ends_at(self) -> int:
        """Until when people are told that there is time: not later than it closes."""
        return checkin.ends_at(self.closes_at)

    def takes_answers(self, now: int) -> bool:
        """Whether answers may still be given, corrected or taken back at `now`."""
        return self.status != "closed" and now < self.closes_at


async def begin(
    tx: Transaction,
    member_id: int,
    sent_at: int,
    questionnaire: Questionnaire = WEEKLY,
    *,
    reminded: bool = False,
) -> Round | None:
    """Begins a round, still without its answers; None where one was sent at that very moment."""
    closes_at = checkin.closes_at(sent_at)
    round_id = await tx.value(
        "add_round",
        member_id=member_id,
        questionnaire=questionnaire.name,
        sent_at=sent_at,
        closes_at=closes_at,
        reminded=int(reminded),
    )
    if round_id is None:
        return None
    return Round(int(round_id), member_id, questionnaire, sent_at, closes_at, "open", reminded)


async def find(tx: Transaction, member_id: int, round_id: int) -> Round | None:
    """A member's own round; None for anybody else's."""
    row = await tx.row("round_of_member", member_id=member_id, round_id=round_id)
    return _round(row) if row else None


async def get(tx: Transaction, round_id: int) -> Round | None:
    """A round by its id alone: for what falls due, never for what somebody presses."""
    row = await tx.row("round_by_id", round_id=round_id)
    return _round(row) if row else None


async def last(
    tx: Transaction, member_id: int, questionnaire: Questionnaire = WEEKLY
) -> Round | None:
    """The round that was sent last, whatever became of it."""
    row = await tx.row("last_round", member_id=member_id, questionnaire=questionnaire.name)
    return _round(row) if row else None


async def open_ones(tx: Transaction, now: int) -> list[Round]:
    """Every round of everybody that was sent and still waits for answers at `now`."""
    return [_round(row) for row in await tx.rows("open_rounds", now=now)]


async def before(tx: Transaction, current: Round) -> Round | None:
    """The round of the same questionnaire that was sent to the same member before this one."""
    row = await tx.row(
        "round_before",
        member_id=current.member_id,
        questionnaire=current.questionnaire.name,
        sent_at=current.sent_at,
    )
    return _round(row) if row else None


async def set_status(tx: Transaction, round_id: int, status: Status, now: int) -> bool:
    """Changes the state of a round that still takes answers; False where it does not."""
    return bool(await tx.run("set_round_status", round_id=round_id, status=status, now=now))


async def set_reminded(tx: Transaction, round_id: int) -> None:
    """No reminder is to come any more: it was sent, or something took its place."""
    await tx.run("set_round_reminded", round_id=round_id)


async def close(tx: Transaction, round_id: int) -> bool:
    """Closes a round for good and forgets how it stood; False where it was closed already."""
    return await tx.value("close_round", round_id=round_id) is not None


def _round(row: Row) -> Round:
    return Round(
        id=row["id"],
        member_id=row["member_id"],
        questionnaire=QUESTIONNAIRES[row["questionnaire"]],
        sent_at=row["sent_at"],
        closes_at=row["closes_at"],
        status=row["status"],
        reminded=bool(row["reminded"]),
    )

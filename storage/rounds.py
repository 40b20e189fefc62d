"""Rounds: each sending of a questionnaire to one member. How it stands: storage/round_states.py.

All moments are UTC epoch seconds.
"""

from __future__ import annotations

from assembly import checkin
from assembly.immutable import immutable
from assembly.questionnaire import QUESTIONNAIRES, WEEKLY, Questionnaire
from storage.engine.transaction import Row, Transaction

OPEN_AT_MOST = 7 * 86_400  # seconds; a round is open for much less: its index goes by its sending


@immutable
class Round:
    """One sending; it says nothing of what its member did with it."""

    id: int
    member_id: int
    questionnaire: Questionnaire
    sent_at: int
    closes_at: int
    closed: bool

    @property
    def ends_at(self) -> int:
        """Until when people are told that there is time: not later than it closes."""
        return checkin.ends_at(self.closes_at)

    def takes_answers(self, now: int) -> bool:
        """Whether answers may still be given, corrected or taken back at `now`."""
        return not self.closed and now < self.closes_at


async def begin(
    tx: Transaction, member_id: int, sent_at: int, questionnaire: Questionnaire = WEEKLY
) -> Round | None:
    """Begins a round, still without its state; None where one was sent at that very moment."""
    closes_at = checkin.closes_at(sent_at)
    round_id = await tx.value(
        "add_round",
        member_id=member_id,
        questionnaire=questionnaire.name,
        sent_at=sent_at,
        closes_at=closes_at,
    )
    if round_id is None:
        return None
    return Round(int(round_id), member_id, questionnaire, sent_at, closes_at, False)


async def find(tx: Transaction, member_id: int, round_id: int) -> Round | None:
    """A member's own round; None for anybody else's."""
    row = await tx.row("round_of_member", member_id=member_id, round_id=round_id)
    return as_round(row) if row else None


async def get(tx: Transaction, round_id: int) -> Round | None:
    """A round by its id alone: for what falls due, never for what somebody presses."""
    row = await tx.row("round_by_id", round_id=round_id)
    return as_round(row) if row else None


async def last(
    tx: Transaction, member_id: int, questionnaire: Questionnaire = WEEKLY
) -> Round | None:
    """The round that was sent last, whatever became of it."""
    row = await tx.row("last_round", member_id=member_id, questionnaire=questionnaire.name)
    return as_round(row) if row else None


async def last_sent(
    tx: Transaction, centre_id: int, questionnaire: Questionnaire
) -> dict[int, int]:
    """When a centre's members were last sent a questionnaire, by member; not who never was."""
    named = {"centre_id": centre_id, "questionnaire": questionnaire.name}
    rows = await tx.rows("last_sent_by_member", **named)
    return {row["member_id"]: row["sent_at"] for row in rows}


async def closed_between(
    tx: Transaction, centre_id: int, since: int, until: int, questionnaire: Questionnaire
) -> bool:
    """Whether a questionnaire was sent in a centre, whoever got it, so that it closed then.

    `since` included, `until` not.
    """
    found = await tx.value(
        "closed_in_window",
        centre_id=centre_id,
        questionnaire=questionnaire.name,
        since=since,
        until=until,
        sent_since=since - OPEN_AT_MOST,
    )
    return found is not None


async def without_state(tx: Transaction) -> list[Round]:
    """Open rounds whose state is not there: from a backup, or from before there were states."""
    return [as_round(row) for row in await tx.rows("rounds_without_state")]


async def close(tx: Transaction, round_id: int) -> bool:
    """Closes a round for good; False where it was closed already."""
    return await tx.value("close_round", round_id=round_id) is not None


def as_round(row: Row) -> Round:
    """The round in a row that has all of its columns."""
    return Round(
        id=row["id"],
        member_id=row["member_id"],
        questionnaire=QUESTIONNAIRES[row["questionnaire"]],
        sent_at=row["sent_at"],
        closes_at=row["closes_at"],
        closed=bool(row["closed"]),
    )

"""What a member has answered, for the member alone: in closed rounds and in an open one."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.immutable import immutable
from assembly.questionnaire import LEVELS, WEEKLY, Questionnaire
from storage import answers, round_states, rounds
from storage.engine.transaction import Transaction
from storage.rounds import Round


@immutable
class Week:
    """One round in hindsight: when it was sent (UTC epoch seconds), and the faces by question."""

    sent_at: int
    answers: Mapping[str, int]


async def given(tx: Transaction, key: bytes, current: Round) -> dict[str, int]:
    """What was dealt with in a round, by question: 0 to 4 or answers.SKIPPED.

    Raises Unreadable for anybody else's key.
    """
    if current.closed:
        return await answers.read(tx, key, current.id)
    state = await round_states.find(tx, key, current)
    return dict(state.given) if state else {}


async def last_weeks(
    tx: Transaction,
    key: bytes,
    member_id: int,
    most: int,
    questionnaire: Questionnaire = WEEKLY,
) -> list[Week]:
    """A member's last rounds, at most so many, oldest first; without what was skipped."""
    sent: dict[int, int] = {}
    faces: dict[int, dict[str, int]] = {}
    for row in await tx.rows(
        "answers_of_last_rounds",
        member_id=member_id,
        questionnaire=questionnaire.name,
        rounds=most,
    ):
        round_id = int(row["round_id"])
        sent[round_id] = row["sent_at"]
        own = faces.setdefault(round_id, {})
        said = answers.opened(key, round_id, row["answered"], row["sealed"])
        own |= {question: value for question, value in said.items() if value in LEVELS}
    weeks = [Week(sent[round_id], own) for round_id, own in faces.items()]
    latest = await rounds.last(tx, member_id, questionnaire)
    if latest is not None and not latest.closed:
        said = await given(tx, key, latest)
        weeks.append(Week(latest.sent_at, {q: v for q, v in said.items() if v in LEVELS}))
    return weeks[-most:]

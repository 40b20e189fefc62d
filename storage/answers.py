"""Answers to check-ins, sealed with their author's key, each for its round and question.

All answers of a round are laid out when it begins: given, skipped and never touched differ only
inside the seal, and nothing tells when. The key comes from `storage/secrets/keys.py` and is kept
nowhere here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembly.questionnaire import LEVELS, WEEKLY, Questionnaire
from storage.engine.transaction import Transaction
from storage.secrets.cipher import seal, unseal

SKIPPED = -1
_UNTOUCHED = -2
_CODES = {value: bytes([value - _UNTOUCHED]) for value in (_UNTOUCHED, SKIPPED, *LEVELS)}
_VALUES: dict[bytes, int] = {code: value for value, code in _CODES.items()}


@dataclass(frozen=True, slots=True)
class Week:
    """One round in hindsight: when it was sent (UTC epoch seconds), and the faces by question."""

    sent_at: int
    answers: Mapping[str, int]


async def lay_out(
    tx: Transaction, key: bytes, round_id: int, questionnaire: Questionnaire = WEEKLY
) -> None:
    """Writes the untouched answers of a new round. Raises Conflict where there is no such round."""
    for question in questionnaire.questions:
        sealed = _seal(key, round_id, question, _UNTOUCHED)
        await tx.run("add_answer", round_id=round_id, question=question, sealed=sealed)


async def read(tx: Transaction, key: bytes, round_id: int) -> dict[str, int]:
    """What was dealt with, by question: 0 to 4 or SKIPPED; untouched questions are left out.

    Raises Unreadable for anybody else's key.
    """
    found: dict[str, int] = {}
    for row in await tx.rows("answers_of_round", round_id=round_id):
        value = _unseal(key, round_id, row["question"], row["sealed"])
        if value != _UNTOUCHED:
            found[row["question"]] = value
    return found


async def put(tx: Transaction, key: bytes, round_id: int, question: str, value: int) -> None:
    """Writes an answer in place of the one before: 0 to 4 or SKIPPED.

    Raises ValueError for another value, and for a question that the round does not ask. Whether
    the round is the member's own and still open is for the caller to check.
    """
    if value != SKIPPED and value not in LEVELS:
        raise ValueError("no such answer")
    sealed = _seal(key, round_id, question, value)
    if not await tx.run("replace_answer", round_id=round_id, question=question, sealed=sealed):
        raise ValueError("no such question")


async def clear(tx: Transaction, key: bytes, round_id: int) -> None:
    """Makes every answer of a round untouched again."""
    for row in await tx.rows("answers_of_round", round_id=round_id):
        question = row["question"]
        sealed = _seal(key, round_id, question, _UNTOUCHED)
        await tx.run("replace_answer", round_id=round_id, question=question, sealed=sealed)


async def last_weeks(
    tx: Transaction,
    key: bytes,
    member_id: int,
    most: int,
    questionnaire: Questionnaire = WEEKLY,
) -> list[Week]:
    """A member's last rounds, at most so many, oldest first; without what was skipped."""
    sent: dict[int, int] = {}
    answers: dict[int, dict[str, int]] = {}
    for row in await tx.rows(
        "answers_of_last_rounds",
        member_id=member_id,
        questionnaire=questionnaire.name,
        rounds=most,
    ):
        round_id = int(row["round_id"])
        sent[round_id] = row["sent_at"]
        own = answers.setdefault(round_id, {})
        value = _unseal(key, round_id, row["question"], row["sealed"])
        if value in LEVELS:
            own[row["question"]] = value
    return [Week(sent[round_id], own) for round_id, own in answers.items()]


def face(key: bytes, round_id: int, question: str, sealed: bytes) -> int | None:
    """The face inside a sealed answer, 0 to 4; None where it was skipped or never touched.

    Raises Unreadable for another key, round or question than the answer's own.
    """
    value = _unseal(key, round_id, question, sealed)
    return value if value in LEVELS else None


def _seal(key: bytes, round_id: int, question: str, value: int) -> bytes:
    return seal(key, _CODES[value], _context(round_id, question))


def _unseal(key: bytes, round_id: int, question: str, sealed: bytes) -> int:
    code: bytes = unseal(key, sealed, _context(round_id, question))
    return _VALUES[code]


def _context(round_id: int, question: str) -> bytes:
    return f"answer:{round_id}:{question}".encode()

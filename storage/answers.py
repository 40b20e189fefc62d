"""Answers to check-ins, sealed with their author's key, each for its round and question.

They are written when a round closes, in every round all of them: given, skipped and never touched
differ only inside the seal, and nothing tells when. Until then they lie in the round's state
(storage/round_states.py). The key comes from `storage/secrets/keys.py` and is kept nowhere here.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.questionnaire import LEVELS, WEEKLY, Questionnaire
from storage.engine.transaction import Transaction
from storage.secrets.cipher import SMALL_BLOCK, seal, unseal

SKIPPED = -1
UNTOUCHED = -2
_CODES = {value: bytes([value - UNTOUCHED]) for value in (UNTOUCHED, SKIPPED, *LEVELS)}
_VALUES: dict[bytes, int] = {code: value for value, code in _CODES.items()}


async def keep(
    tx: Transaction,
    key: bytes,
    round_id: int,
    given: Mapping[str, int],
    questionnaire: Questionnaire = WEEKLY,
) -> None:
    """Writes all answers of a round that closes: 0 to 4 or SKIPPED; the others were not touched.

    Raises ValueError for another value, and for a question that the round does not ask; Conflict
    where there is no such round.
    """
    checked(given, questionnaire)
    for question in questionnaire.questions:
        sealed = close_up(key, round_id, question, given.get(question, UNTOUCHED))
        await tx.run("add_answer", round_id=round_id, question=question, sealed=sealed)


def checked(given: Mapping[str, int], questionnaire: Questionnaire) -> Mapping[str, int]:
    """The same answers; raises ValueError where one is none, or belongs to no question."""
    if not given.keys() <= {*questionnaire.questions}:
        raise ValueError("no such question")
    if not {*given.values()} <= {SKIPPED, *LEVELS}:
        raise ValueError("no such answer")
    return given


async def read(tx: Transaction, key: bytes, round_id: int) -> dict[str, int]:
    """What was dealt with in a closed round, by question: 0 to 4 or SKIPPED.

    Untouched questions are left out. Raises Unreadable for anybody else's key.
    """
    found: dict[str, int] = {}
    for row in await tx.rows("answers_of_round", round_id=round_id):
        value = unsealed(key, round_id, row["question"], row["sealed"])
        if value != UNTOUCHED:
            found[row["question"]] = value
    return found


async def remove(tx: Transaction, round_id: int) -> None:
    """Takes away what stands there of a round that is open: from before rounds had a state."""
    await tx.run("remove_answers", round_id=round_id)


def face(key: bytes, round_id: int, question: str, sealed: bytes) -> int | None:
    """The face inside a sealed answer, 0 to 4; None where it was skipped or never touched.

    Raises Unreadable for another key, round or question than the answer's own.
    """
    value = unsealed(key, round_id, question, sealed)
    return value if value in LEVELS else None


def unsealed(key: bytes, round_id: int, question: str, sealed: bytes) -> int:
    """What is inside: 0 to 4, SKIPPED or UNTOUCHED; raises as face()."""
    return _VALUES[unseal(key, sealed, _context(round_id, question))]


def close_up(key: bytes, round_id: int, question: str, value: int) -> bytes:
    """The row's bytes: an answer is one byte, so all are of one length without more padding.

    A member has three a week, for years: they are kept small.
    """
    return seal(key, _CODES[value], _context(round_id, question), block=SMALL_BLOCK)


def _context(round_id: int, question: str) -> bytes:
    return f"answer:{round_id}:{question}".encode()

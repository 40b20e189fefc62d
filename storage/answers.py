"""Answers to check-ins, sealed with their author's key, those of a round in one row.

They are written when a round closes, of every round all of them: given, skipped and never touched
differ only inside the seal, and nothing tells when. Until then they lie in the round's state
(storage/round_states.py). The key comes from `storage/secrets/keys.py` and is kept nowhere here.
Rounds that closed before this was so have a row for each question.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.questionnaire import LEVELS, QUESTIONNAIRES, WEEKLY, Questionnaire
from storage.engine.transaction import Transaction
from storage.secrets.cipher import SMALL_BLOCK, seal, unseal

SKIPPED = -1
UNTOUCHED = -2


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
    sealed = close_up(key, round_id, given, questionnaire)
    await tx.run("add_answers", round_id=round_id, answered=questionnaire.name, sealed=sealed)


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
        found |= opened(key, round_id, row["answered"], row["sealed"])
    return found


async def remove(tx: Transaction, round_id: int) -> None:
    """Takes away what stands there of a round that is open: from before rounds had a state."""
    await tx.run("remove_answers", round_id=round_id)


def opened(key: bytes, round_id: int, answered: str, sealed: bytes) -> dict[str, int]:
    """What is inside a row, by question: 0 to 4 or SKIPPED, without what was never touched.

    `answered`: the questionnaire's name, or the one question of a row from before. A question that
    came into the questionnaire since is untouched. Raises Unreadable for another key, round or
    name than the row's own.
    """
    codes = unseal(key, sealed, _context(round_id, answered))
    known = QUESTIONNAIRES.get(answered)
    questions = known.questions if known else (answered,)
    values = zip(questions, (code + UNTOUCHED for code in codes), strict=False)
    return {question: value for question, value in values if value != UNTOUCHED}


def close_up(
    key: bytes, round_id: int, given: Mapping[str, int], questionnaire: Questionnaire
) -> bytes:
    """The row's bytes: of one length, whatever was given, and few, for years of weeks are kept."""
    codes = bytes(given.get(each, UNTOUCHED) - UNTOUCHED for each in questionnaire.questions)
    return seal(key, codes, _context(round_id, questionnaire.name), block=SMALL_BLOCK)


def _context(round_id: int, answered: str) -> bytes:
    return f"answer:{round_id}:{answered}".encode()

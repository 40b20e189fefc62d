"""Opens the answers of a window, for the moment in which its release is drawn."""

from __future__ import annotations

from collections.abc import Collection

from assembly.noisy_release import Answered
from assembly.questionnaire import LEVELS
from storage import answers, checkins, windows
from storage.engine.transaction import Transaction
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyStore
from storage.windows import CheckinWindow


async def answers_of_window(
    tx: Transaction, keys: KeyStore, gathering: CheckinWindow, questions: Collection[str]
) -> list[Answered]:
    """The faces that count in a window, for these questions.

    An answer counts in the window in which its round closed: then nothing can change it any more.
    Only members count who were enrolled at the window's start, in the role of then, and still
    agree. What was sealed with a key that is gone is gone.
    """
    enrolled = await windows.members(tx, gathering.id)
    sealed = await checkins.answers_in_window(
        tx,
        gathering.centre_id,
        gathering.starts_at,
        gathering.ends_at,
        gathering.questionnaire,
    )
    counting = [one for one in sealed if one.member_id in enrolled]
    opened = await keys.keys({one.member_id for one in counting})
    return [
        Answered(one.member_id, enrolled[one.member_id], question, face)
        for one in counting
        for question, face in _faces(opened.get(one.member_id), one).items()
        if question in questions
    ]


def _faces(key: bytes | None, one: checkins.SealedAnswer) -> dict[str, int]:
    """The faces, none for what an earlier key of the member has sealed, or one that is gone."""
    if key is None:
        return {}
    try:
        said = answers.opened(key, one.round_id, one.answered, one.sealed)
    except Unreadable:
        return {}
    return {question: value for question, value in said.items() if value in LEVELS}

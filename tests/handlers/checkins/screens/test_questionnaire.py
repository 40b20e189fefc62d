"""The words of the questions: each key of each questionnaire has all of them."""

from __future__ import annotations

import pytest

from assembly.questionnaire import LEVELS, QUESTIONNAIRES
from handlers.checkins.screens.questionnaire import FACES, WORDINGS, asked, scale, short, subject
from handlers.core.speech import LANGUAGES, Speech


def test_every_question_has_its_words_and_no_other_has() -> None:
    keys = {key for each in QUESTIONNAIRES.values() for key in each.questions}
    assert set(WORDINGS) == keys
    assert len(FACES) == len(LEVELS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WORDINGS)
def test_no_word_stands_twice(key: str, language: str) -> None:
    speak = Speech(language)
    words = [asked(speak, key), subject(speak, key), short(speak, key), *scale(speak, key)]
    assert len(set(words)) == 3 + len(LEVELS)
    assert all(words)

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


SCALES = {
    "en": (
        ("Very hard", "Hard", "So-so", "Good", "Very good"),
        ("Not at all", "A little", "Somewhat", "Strongly", "Very strongly"),
        ("None at all", "Not much", "Some", "Quite a lot", "A great deal"),
        *[("Not at all true", "A little true", "Partly true", "Mostly true", "Completely true")]
        * 5,
    ),
    "it": (
        ("Molto difficile", "Difficile", "Così così", "Bene", "Molto bene"),
        ("Per niente", "Un po’", "Abbastanza", "Molto", "Moltissimo"),
        ("Per niente", "Poco", "Abbastanza", "Molto", "Moltissimo"),
        *[("Per niente", "Un poco", "In parte", "In gran parte", "Pienamente")] * 5,
    ),
    "de": (
        ("Sehr schwer", "Schwer", "Geht so", "Gut", "Sehr gut"),
        ("Gar nicht", "Ein wenig", "Einigermaßen", "Stark", "Sehr stark"),
        ("Gar nicht", "Wenig", "Einiges", "Viel", "Sehr viel"),
        *[("Gar nicht", "Ein wenig", "Zum Teil", "Zum großen Teil", "Ganz")] * 5,
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scales_go_the_same_steps_in_every_language(language: str) -> None:
    """Side by side, so that whoever changes a word sees its neighbours in the other languages."""
    assert tuple(scale(Speech(language), key) for key in WORDINGS) == SCALES[language]

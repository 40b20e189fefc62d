"""The words of the questionnaires: each question, and the five words of its scale."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.core.speech import Speech, later

# Never without a word beside it; all five are in the fonts that computers commonly have.
FACES = ("😞", "😕", "😐", "😌", "😊")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is asked, and the words for its answers from 0 to 4."""

    question: str
    scale: tuple[str, str, str, str, str]


WORDINGS = {
    "week": Wording(
        later("How has this week been for you?"),
        (
            later("Very hard"),
            later("Hard"),
            later("So-so"),
            later("Good"),
            later("Very good"),
        ),
    ),
    "connection": Wording(
        later("How connected did you feel with others?"),
        (
            later("Not at all"),
            later("A little"),
            later("Somewhat"),
            later("Strongly"),
            later("Very strongly"),
        ),
    ),
    "say": Wording(
        later("How much say did you have in what matters to you?"),
        (
            later("None at all"),
            later("Not much"),
            later("Some"),
            later("Quite a lot"),
            later("A great deal"),
        ),
    ),
}


def asked(speak: Speech, question: str) -> str:
    """The question, as plain text. Raises KeyError for a key without words."""
    return speak(WORDINGS[question].question).unescape()


def scale(speak: Speech, question: str) -> tuple[str, ...]:
    """The five words of its scale, as plain text, from 0 to 4."""
    return tuple(speak(word).unescape() for word in WORDINGS[question].scale)

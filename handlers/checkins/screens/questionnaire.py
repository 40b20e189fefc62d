"""The words of the questionnaires: each question, and the five words of its scale."""

from __future__ import annotations

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.speech import Speech, later

# Never without a word beside it; all five are in the fonts that computers commonly have.
FACES = ("😞", "😕", "😐", "😌", "😊")


@immutable
class Wording:
    """A question as it is asked, what it is about in the group's summary, its short name in a list
    of one's own weeks, and the words for its answers from 0 to 4.
    """

    question: str
    subject: str
    short: str
    scale: tuple[str, str, str, str, str]


_AGREEING = (
    later("Not at all true"),
    later("A little true"),
    later("Partly true"),
    later("Mostly true"),
    later("Completely true"),
)

WORDINGS = {
    "week": Wording(
        later("How has this week been for you?"),
        later("How our weeks were"),
        later("my week"),
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
        later("How connected we felt with others"),
        later("with others"),
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
        later("How much say we had in what matters to us"),
        later("my say"),
        (
            later("None at all"),
            later("Not much"),
            later("Some"),
            later("Quite a lot"),
            later("A great deal"),
        ),
    ),
    "voice": Wording(
        later("“I could say what I wanted.”"),
        later("“I could say what I wanted”"),
        later("my voice"),
        _AGREEING,
    ),
    "weight": Wording(
        later("“My view counted as much as anybody’s.”"),
        later("“My view counted as much as anybody’s”"),
        later("my view"),
        _AGREEING,
    ),
    "respect": Wording(
        later("“I was treated with respect.”"),
        later("“I was treated with respect”"),
        later("respect"),
        _AGREEING,
    ),
    "belonging": Wording(
        later("“I belong here.”"),
        later("“I belong here”"),
        later("belonging"),
        _AGREEING,
    ),
    "followed": Wording(
        later("“What we decided was followed up.”"),
        later("“What we decided was followed up”"),
        later("what followed"),
        _AGREEING,
    ),
}


def asked(speak: Speech, question: str) -> str:
    """The question, as plain text. Raises KeyError for a key without words."""
    return speak(WORDINGS[question].question).unescape()


def subject(speak: Speech, question: str) -> Markup:
    """What the question is about, as said of everybody."""
    return speak(WORDINGS[question].subject)


def short(speak: Speech, question: str) -> str:
    """Its short name beside others, as plain text."""
    return speak(WORDINGS[question].short).unescape()


def scale(speak: Speech, question: str) -> tuple[str, ...]:
    """The five words of its scale, as plain text, from 0 to 4."""
    return tuple(speak(word).unescape() for word in WORDINGS[question].scale)

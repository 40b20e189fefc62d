"""What people write, made fit to be shown to others: cleaned, and measured by what it is.

Lengths are those of the cleaned text in NFC, in code points (`len`): near enough to what a person
would count. Telegram counts UTF-16 units, of which a code point has at most two; the limits here
are so far below Telegram's 4,096 that a text within them always fits.
"""

from __future__ import annotations

from typing import Literal

from assembly import suggestion_words
from assembly.clean_text import clean

TITLE = (5, 120)
REASON = (1, 1000)
CANCELLING = (5, 1000)
NAME = (1, 40)
CENTRE = (1, 100)
PLACE = (1, 200)
CONTACTS = (1, 500)
BODY = (2, 120)
QUESTION = (5, 200)
OBJECTION = (1, 500)
AGREEMENT = (5, 300)
COMMENT = (1, 300)
REORDERING = (3, 200)
RULES = (5, 600)
OPTION = (1, 60)
NOTE = (1, 1000)
CORRECTION = (3, 500)
ANSWER = (2, 300)
TASK = (5, 200)
GROUP = (2, 60)

Fault = Literal["short", "long", "empty"]


class WordingError(ValueError):
    """A text that doesn't fit: what is wrong, its length once cleaned, and the limit it misses."""

    def __init__(self, kind: Fault, length: int, limit: int) -> None:
        super().__init__(f"{kind}: {length} characters, limit {limit}")
        self.kind: Fault = kind
        self.length = length
        self.limit = limit


def title(text: str) -> str:
    """A proposal's title on one line, 5 to 120 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _on_one_line(text, TITLE)


def reason(text: str) -> str:
    """Why something matters: up to 1,000 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, or "long".
    """
    return _measured(clean(text), REASON)


def cancelling(text: str) -> str:
    """Why a question is cancelled: 5 to 1,000 characters, with a letter or digit; lines are kept.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _readable(text, CANCELLING)


def name(text: str) -> str:
    """The name that the assembly sees, on one line, 1 to 40 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, or "long".
    """
    return _on_one_line(text, NAME)


def centre(text: str) -> str:
    """What a centre is called, on one line, 1 to 100 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, or "long".
    """
    return _on_one_line(text, CENTRE)


def place(text: str) -> str:
    """Where an assembly meets, an address or a link: 1 to 200 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, or "long".
    """
    return _measured(clean(text), PLACE)


def contacts(text: str) -> str:
    """Whom to call, in the facilitators' words: 1 to 500 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, or "long".
    """
    return _measured(clean(text), CONTACTS)


def body(text: str) -> str:
    """The name of a body that answers for data, on one line, 2 to 120 characters.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _on_one_line(text, BODY)


def objection(text: str) -> str:
    """Why somebody objects, stands aside or blocks: 1 to 500 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, or "long".
    """
    return _measured(clean(text), OBJECTION)


def agreement(text: str) -> str:
    """What an assembly agreed on: 5 to 300 characters, with a letter or digit; lines are kept.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _readable(text, AGREEMENT)


def reordering(text: str) -> str:
    """Why a point stands elsewhere now, on one line, 3 to 200 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _on_one_line(text, REORDERING)


def rules(text: str) -> str:
    """How people talk with each other: 5 to 600 characters, with a letter or digit; lines are kept.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _readable(text, RULES)


def comment(text: str) -> str:
    """What somebody asks, adds or answers under a proposal: 1 to 300 characters; lines are kept.

    Raises WordingError: "empty" where nothing readable is left, or "long".
    """
    return _readable(text, COMMENT)


def question(text: str) -> str:
    """A question put to a decision, on one line, 5 to 200 characters, ending as a question does.

    A title put as it stands becomes one: its full stop gives way to the question mark. What says
    what to do ("Elect our two delegates") is no question, and gets none.
    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    line = _on_one_line(text, QUESTION)
    if not line.endswith("?"):
        line = line.rstrip(" .!…:;,")
        line = line if suggestion_words.TO_ACT.match(line.casefold()) else f"{line}?"
    return _measured(line, QUESTION)


def option(text: str) -> str:
    """The label of an option, on one line, 1 to 60 characters; a sign alone can be one.

    Raises WordingError: "empty" where nothing is left, or "long".
    """
    return _measured(" ".join(clean(text).split()), OPTION)


def task(text: str) -> str:
    """What is to be done, on one line, 5 to 200 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _on_one_line(text, TASK)


def group(text: str) -> str:
    """What a group of people is called, on one line, 2 to 60 characters, with a letter or digit.

    Raises WordingError: "empty" where nothing readable is left, "short" or "long".
    """
    return _on_one_line(text, GROUP)


def notes(text: str) -> list[str]:
    """What is noted at a point: each line that says something, up to 1,000 characters each.

    Raises WordingError: "empty" where nothing is left, "long" for the first line that is.
    """
    lines = [line for line in clean(text).split("\n") if line]
    return [_measured(line, NOTE) for line in lines] or [_measured("", NOTE)]


def correction(text: str) -> str:
    """What somebody finds to be otherwise in minutes: 3 to 500 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, "short" or "long".
    """
    return _measured(clean(text), CORRECTION)


def answer(text: str) -> str:
    """What is answered to it: 2 to 300 characters; lines are kept.

    Raises WordingError: "empty" where nothing is left, "short" or "long".
    """
    return _measured(clean(text), ANSWER)


def _readable(text: str, limits: tuple[int, int]) -> str:
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        raise WordingError("empty", len(cleaned), limits[0])
    return _measured(cleaned, limits)


def _on_one_line(text: str, limits: tuple[int, int]) -> str:
    line = " ".join(clean(text).split())
    if not any(char.isalnum() for char in line):
        raise WordingError("empty", len(line), limits[0])
    return _measured(line, limits)


def _measured(text: str, limits: tuple[int, int]) -> str:
    least, most = limits
    if not text:
        raise WordingError("empty", 0, least)
    if len(text) < least:
        raise WordingError("short", len(text), least)
    if len(text) > most:
        raise WordingError("long", len(text), most)
    return text


def presentable(first_name: str) -> str | None:
    """Telegram's first name as the assembly may see it; None where nothing readable is in it.

    What is too long for a name keeps its whole words that fit; an endless word is cut.
    """
    cleaned = clean(first_name)
    if len(cleaned) > NAME[1]:
        cleaned = cleaned[: NAME[1] + 1].rpartition(" ")[0] or cleaned[: NAME[1]]
    try:
        return name(cleaned)
    except WordingError:
        return None

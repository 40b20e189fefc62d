"""What people write, made fit to be shown to others: cleaned of what can't be seen, and measured.

Lengths are those of the cleaned text in NFC, in code points (`len`): near enough to what a person
would count. Telegram counts UTF-16 units, of which a code point has at most two; the limits here
are so far below Telegram's 4,096 that a text within them always fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from assembly import suggestion_words

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

_MARKS = 3
"""Combining marks kept on one letter: Vietnamese, Hebrew and Thai need up to three, pranks more."""

_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[^\\S\n]+")
_AROUND_BREAK = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")
_LOOKS_EMPTY = str.maketrans({"\t": " ", "\u2800": " "})

_JOINER, _NON_JOINER = "\u200d", "\u200c"
_EMOJI_STYLES = "\ufe0e\ufe0f"
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Invisible by design (Unicode's Default_Ignorable_Code_Point, with every bidi control), apart from
joiners and emoji styles, which are judged by their neighbours."""

Fault = Literal["short", "long", "empty"]


class WordingError(ValueError):
    """A text that doesn't fit: what is wrong, its length once cleaned, and the limit it misses."""

    def __init__(self, kind: Fault, length: int, limit: int) -> None:
        super().__init__(f"{kind}: {length} characters, limit {limit}")
        self.kind: Fault = kind
        self.length = length
        self.limit = limit


def clean(text: str) -> str:
    """The text without what can't be seen, in NFC, with ordinary spaces and at most one blank line.

    Gone are NUL and other controls except line breaks, lone surrogates, noncharacters, all bidi
    controls, zero-width characters (joiners stay within emoji and within scripts that need them)
    and combining marks beyond three on a letter or on none. Spaces are collapsed, ends trimmed.
    Cleaning what is clean changes nothing. Raises nothing. Source: Unicode UAX 9, UAX 15, UTR 36.
    """
    # repeated, so that two harmless halves can't meet where something was taken out between them
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


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


def _readable(text: str, limits: tuple[int, int]) -> str:
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        raise WordingError("empty", len(cleaned), limits[0])
    return _measured(cleaned, limits)


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


def _clean_once(text: str) -> str:
    text = _LINE_BREAK.sub("\n", text).translate(_LOOKS_EMPTY)
    text = _UNSEEN.sub("", "".join(char for char in text if _is_text(char)))
    text = "".join(_with_fair_marks(unicodedata.normalize("NFC", text)))
    text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _is_text(char: str) -> bool:
    code = ord(char)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return char == "\n" or not (noncharacter or unicodedata.category(char) in ("Cc", "Cs"))


def _with_fair_marks(text: str) -> Iterator[str]:
    """The characters, without marks piled up or hanging loose and joiners that join nothing."""
    before, marks = " ", 0
    for char, after in zip(text, text[1:] + " ", strict=False):
        if char in (_JOINER, _NON_JOINER):
            keep = _joins(before, char, after)
        elif char in _EMOJI_STYLES:
            keep = _is_pictograph(before) or before in "0123456789#*"
        elif unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            keep = marks <= _MARKS and not before.isspace()
        else:
            keep, marks = True, 0
        if keep:
            yield char
            before = char


def _joins(before: str, joiner: str, after: str) -> bool:
    if _is_pictograph(after):
        return joiner == _JOINER and (_is_pictograph(before) or before in _EMOJI_STYLES)
    return _is_caseless_letter(before) and _is_caseless_letter(after)


def _is_pictograph(char: str) -> bool:
    # unassigned ones too: emoji newer than this Python's Unicode tables
    return unicodedata.category(char) in ("So", "Sm", "Sk", "Cn")


def _is_caseless_letter(char: str) -> bool:
    # Persian, Hindi and their kin write with joiners; a, b, c never do
    return unicodedata.category(char) in ("Lo", "Mn", "Mc") and char not in _EMOJI_STYLES


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

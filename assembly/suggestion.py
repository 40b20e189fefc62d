"""A question as people type it: where its options are, and how it is best decided.

What is read here is only suggested: the preview shows it, and everything can be changed. Where a
text could mean two things it has no options. Words are looked for in all three languages at once,
because a facilitator may well write in another one than the app is set to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assembly import suggestion_words
from assembly.clean_text import clean
from assembly.counting import consensus
from assembly.immutable import immutable
from assembly.rule import MOST_OPTIONS, DecisionMethod, Rule
from assembly.wording import WordingError, option

FEWEST_OPTIONS = 2
DOTS = 10  # each is worth a tenth of what is shared out
_WORDS_OF_AN_OPTION = 4  # within a sentence; what is longer is rather a sentence itself
_BRIEF = 2  # words on either side of an "or" that can't be misread

_BULLET = re.compile(r"[-–—*•·▪◦‣☐]\s+")
_NUMBERED = re.compile(r"(?:\(?(\d{1,2}|[a-t])\)|(\d{1,2})\.)\s+", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|oder|oppure|o|od)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;/]\s+(?:(?:or|oder|oppure|o)\s+)?|\s+/\s+", re.IGNORECASE)
_NAMED = re.compile(r"[\w'’ -]+")
_YES_OR_NO = frozenset({"yes", "no", "sì", "si", "ja", "nein"})

OptionFault = Literal["few", "many", "long", "empty", "double", "places"]


class OptionsError(ValueError):
    """Options that can't be put: what is wrong, with which label, and how many there are."""

    def __init__(self, kind: OptionFault, count: int, label: str = "") -> None:
        super().__init__(f"{kind}: {count} options")
        self.kind: OptionFault = kind
        self.count = count
        self.label = label


@immutable
class Typed:
    """A question and its options, as they were found; neither is measured yet."""

    question: str
    options: tuple[str, ...] = ()


def read(text: str) -> Typed:
    """What was typed: the first line is the question, each further line an option.

    On one line, options are what follows the question after a colon, a question mark or a comma,
    if "or" or short words leave no doubt. Raises nothing.
    """
    first, *rest = [line for line in clean(text).split("\n") if line.strip()] or [""]
    if rest and _goes_on(first, rest):
        first, rest = f"{first} {rest[0]}", rest[1:]
    typed = Typed(_asking(first), _unmarked(rest)) if rest else _within(first)
    if {label.casefold() for label in typed.options} <= _YES_OR_NO:
        return Typed(typed.question)
    return typed


def labels(texts: Sequence[str]) -> tuple[str, ...]:
    """The options' labels, cleaned; 2 to 20, each of 1 to 60 characters, no two alike.

    Alike are labels that differ in capitals only. Raises OptionsError for the first misfit.
    """
    found: list[str] = []
    for text in texts:
        try:
            label = option(text)
        except WordingError as error:
            kind: OptionFault = "long" if error.kind == "long" else "empty"
            raise OptionsError(kind, len(texts), text) from None
        if label.casefold() in {other.casefold() for other in found}:
            raise OptionsError("double", len(texts), label)
        found.append(label)
    if len(found) < FEWEST_OPTIONS:
        raise OptionsError("few", len(found))
    if len(found) > MOST_OPTIONS:
        raise OptionsError("many", len(found))
    return tuple(found)


def suggest(question: str, options: tuple[str, ...]) -> Rule:
    """The method that fits the wording, with its seats and dots; all else as usual.

    Without options a majority decides, or consent or consensus if the words ask for one. With
    options: approval for dates and for what people could live with, dots for shares of money or
    time, Scottish STV to elect several, otherwise an instant runoff. Raises OptionsError "places"
    where as many are to be elected as there are options, or more: one winner would be wrong, and
    nothing is left to choose.
    """
    words = question.casefold()
    if not options:
        if suggestion_words.CONSENT.search(words):
            return Rule(DecisionMethod.CONSENT)
        if suggestion_words.CONSENSUS.search(words):
            return Rule(DecisionMethod.CONSENSUS, threshold=consensus.THRESHOLD.usual)
        return Rule(DecisionMethod.MAJORITY)
    seats = suggestion_words.to_elect(words)
    if seats is not None and seats >= len(options):
        raise OptionsError("places", len(options))
    if seats is not None and seats > 1:
        return Rule(DecisionMethod.STV_SCOTTISH, options, seats)
    if suggestion_words.SHARES.search(words):
        return Rule(DecisionMethod.DOTS, options, dots=DOTS)
    several = suggestion_words.to_choose(words)
    if several is not None and 1 < several < len(options):
        return Rule(DecisionMethod.APPROVAL, options, several)
    dated = sum(suggestion_words.MOMENT.search(label.casefold()) is not None for label in options)
    if (
        suggestion_words.WHEN.search(words)
        or suggestion_words.ACCEPTABLE.search(words)
        or 2 * dated >= len(options)
    ):
        return Rule(DecisionMethod.APPROVAL, options)
    if suggestion_words.HOW_MUCH.search(words):
        return Rule(DecisionMethod.SCORE, options)
    return Rule(DecisionMethod.IRV, options)


def _goes_on(first: str, rest: list[str]) -> bool:
    """Whether the question itself is broken over two lines."""
    if first.endswith(("?", ":")) or _BULLET.match(rest[0]) or _NUMBERED.match(rest[0]):
        return False
    ends = [line.endswith("?") for line in rest]
    return ends[0] and not any(ends[1:])


def _asking(text: str) -> str:
    return text.rstrip(" :")


def _unmarked(marked: list[str]) -> tuple[str, ...]:
    """The lines without bullets, and without numbers if these count from one on."""
    plain = [_BULLET.sub("", line, count=1) if _BULLET.match(line) else line for line in marked]
    found = [_NUMBERED.match(line) for line in plain]
    signs = [(match[1] or match[2]).lower() if match else "" for match in found]
    counting = [str(n + 1) for n in range(len(plain))]
    lettered = [chr(ord("a") + n) for n in range(len(plain))]
    if signs not in (counting, lettered):
        return tuple(plain)
    bare = [line[match.end() :] for line, match in zip(plain, found, strict=True) if match]
    if all(suggestion_words.MONTH.match(line.casefold()) for line in bare):
        return tuple(plain)  # 1. May, 2. May: days
    return tuple(bare)


def _within(line: str) -> Typed:
    """A question on one line, with its options if it is clear where they are."""
    wonders = suggestion_words.QUESTION_WORD.match(line.casefold()) is not None
    for mark in ("? ", ": ", ", "):
        before, found, after = line.partition(mark)
        if not found:
            continue
        sure = wonders or mark == "? "
        parts = _listed(after)
        alternatives = _OR.search(after) is not None
        if sure and len(parts) >= FEWEST_OPTIONS and (alternatives or (wonders and mark != ", ")):
            return Typed(before, parts)
    bare = line.rstrip(" ?")
    sides = _OR.split(bare)
    sizes = {len(side.split()) for side in sides}
    named = all(_NAMED.fullmatch(side) for side in sides)
    if named and len(sides) >= FEWEST_OPTIONS and len(sizes) == 1 and max(sizes) <= _BRIEF:
        return Typed(line, tuple(sides))
    return Typed(line)


def _listed(text: str) -> tuple[str, ...]:
    """`blue, green or yellow?` in parts; () where one of them is rather a sentence."""
    parts = [
        side
        for part in _BETWEEN.split(text.rstrip(" ?."))
        for side in _OR.split(part)
        if side.strip()
    ]
    brief = all(len(part.split()) <= _WORDS_OF_AN_OPTION for part in parts)
    return tuple(part.strip() for part in parts) if brief else ()

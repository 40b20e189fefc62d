"""The head of a BLT file: numbers of candidates and seats, who has withdrawn, other options."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assembly.counting.blt_words import BrokenBlt, Notes, Word, Words

_NICK = re.compile(r"[^\W\d][^\s=()\[\]]*")

_UNUSED = {"tie": "ties go by the rule of the method or by a lot", "droop": "it is for Droop alone"}
"""Options that change nothing here, and why."""


@dataclass(slots=True)
class Head:
    """What the first lines say. `numbers` has the candidates by the words that name them, from 0.

    Numbers are looked up as they come: a head can promise more candidates than it has names.
    """

    candidates: int
    seats: int
    withdrawn: frozenset[int]
    numbers: Numbers


class Numbers(dict[str, int]):
    """Candidates from 0 by the words that stand for them; KeyError for any other word."""

    def __init__(self, candidates: int) -> None:
        super().__init__()
        self.candidates = candidates

    def __missing__(self, word: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", word, re.ASCII) or not 0 < int(word) <= self.candidates:
            raise KeyError(word)
        self[word] = int(word) - 1
        return self[word]


def head(words: Words, notes: Notes) -> Head:
    """Read up to the first ballot. Raises BrokenBlt."""
    candidates = words.number("the number of candidates, 1 or more", least=1)
    seats = words.number("the number of seats, 1 or more", least=1)
    if seats > candidates:
        raise BrokenBlt(words.last.line, f"at most {candidates} seats", str(seats))
    numbers, gone = Numbers(candidates), set[int]()
    while (word := words.peek()) is not None and word.text.startswith(("-", "[")):
        if word.text.startswith("-"):
            words.take("a withdrawn candidate")
            _withdraw([Word(word.text.removeprefix("-"), word.line)], word.text, numbers, gone)
        else:
            _option(words, numbers, gone, notes)
    if len(gone) == candidates:
        raise BrokenBlt(words.last.line, "at least one candidate left", "all withdrawn")
    return Head(candidates, seats, frozenset(gone), numbers)


def _withdraw(named: Iterable[Word], found: str, numbers: Numbers, gone: set[int]) -> None:
    for word in named:
        candidate = _known(numbers, word.text)
        if candidate is None or candidate in gone:
            expected = f"a withdrawn candidate from -1 to -{numbers.candidates}, each once"
            raise BrokenBlt(word.line, expected, found)
        gone.add(candidate)


def _known(numbers: Numbers, word: str) -> int | None:
    try:
        return numbers[word]
    except KeyError:
        return None


def _option(words: Words, numbers: Numbers, gone: set[int], notes: Notes) -> None:
    """One option in brackets, which begins and ends in one line."""
    first = words.take("an option in brackets")
    line, texts = first.line, [first.text]
    while not texts[-1].endswith("]"):
        texts.append(words.take_in_line(line, "] at the end of the option").text)
    written = " ".join(texts)
    name, *values = written[1:-1].split() or [""]
    if name == "withdrawn" and values:
        _withdraw([Word(value, line) for value in values], written, numbers, gone)
    elif name == "nick":
        _nicknames(values, line, written, numbers)
    elif name in _UNUSED:
        notes.say(line, f"[{name} …] is passed over: {_UNUSED[name]}")
    else:
        expected = "the option withdrawn, nick, tie or droop in brackets"
        raise BrokenBlt(line, expected, written)


def _nicknames(values: list[str], line: int, written: str, numbers: Numbers) -> None:
    fitting = len(values) == numbers.candidates == len(set(values))
    if not fitting or not all(_NICK.fullmatch(value) for value in values):
        expected = f"[nick …] with {numbers.candidates} different words that are no numbers"
        raise BrokenBlt(line, expected, written)
    numbers.update({nick: number for number, nick in enumerate(values)})

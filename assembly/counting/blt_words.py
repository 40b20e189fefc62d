"""The words of a BLT file one after the other, each with its line, and what is told of them."""

from __future__ import annotations

import re

from assembly.immutable import immutable

_WORD = re.compile(r'"[^"]*"?|#.*|[^\s"#]+')
_NUMBER = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_EMPTY_CELLS = re.compile(r"[\s,]*,\s*$")

_SHOWN = 40  # characters of what was found instead


class BrokenBlt(Exception):
    """The text is not BLT: in `line` (from 1) there is `found` where `expected` should be."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        found = found if len(found) <= _SHOWN else found[:_SHOWN] + "…"
        super().__init__(f"line {line}: expected {expected}, found {found}")
        self.line = line
        self.expected = expected
        self.found = found


class Notes:
    """What is read in one of several ways that are in use, each way told once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[int]] = {}

    def say(self, line: int, what: str) -> None:
        """`what` was read in this line: a sentence in one piece, without its full stop."""
        lines = self._lines.setdefault(what, [])
        if line not in lines[-1:]:
            lines.append(line)

    def told(self) -> tuple[str, ...]:
        """All of it in the order of the file, as `line 3: what.` or `line 3 and 8 more: what.`"""
        return tuple(
            f"line {lines[0]}{f' and {len(lines) - 1} more' if lines[1:] else ''}: {what}."
            for what, lines in sorted(self._lines.items(), key=lambda each: each[1][0])
        )


@immutable
class Word:
    """A word and the number of its line, from 1."""

    text: str
    line: int


class Words:
    """The words of a text in order. Comments and a spreadsheet's empty cells are none.

    No word of `lines` from number `taken` on has been taken once `at_line_start` has been asked;
    `last` is the word taken last.
    """

    def __init__(self, text: str, notes: Notes) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.taken = 0
        self.last = Word("", 1)
        self._notes = notes
        self._coming: list[Word] = []
        self._begun = False

    @property
    def end(self) -> int:
        """The number of the last line."""
        return max(len(self.lines) - (1 if len(self.lines) > 1 and not self.lines[-1] else 0), 1)

    def at_line_start(self) -> bool:
        """Whether no line is half taken; one that was only looked at is put back."""
        if self._coming and not self._begun:
            self._coming, self.taken = [], self.taken - 1
        return not self._coming

    def rest(self) -> list[tuple[int, str]]:
        """What is left of the text, line by line with their numbers: all is taken then."""
        found = []
        if self._coming:
            begun = " ".join(word.text for word in reversed(self._coming))
            found.append((self._coming[-1].line, begun))
        found += [(at + 1, self.lines[at]) for at in range(self.taken, len(self.lines))]
        self._coming, self.taken = [], len(self.lines)
        return found

    def peek(self) -> Word | None:
        """The next word without taking it; None at the end."""
        while not self._coming and self.taken < len(self.lines):
            self.taken, self._begun = self.taken + 1, False
            line = without_empty_cells(self.lines[self.taken - 1], self.taken, self._notes)
            words = [text for text in _WORD.findall(line) if not text.startswith("#")]
            self._coming = [Word(text, self.taken) for text in reversed(words)]
        return self._coming[-1] if self._coming else None

    def take(self, expected: str) -> Word:
        """The next word. Raises BrokenBlt at the end of the text."""
        if self.peek() is None:
            raise BrokenBlt(self.end, expected, "the end of the file")
        self.last, self._begun = self._coming.pop(), True
        return self.last

    def take_in_line(self, line: int, expected: str) -> Word:
        """The next word of this line. Raises BrokenBlt where the line ends."""
        word = self.peek()
        if word is None or word.line != line:
            raise BrokenBlt(line, expected, "the end of the line")
        return self.take(expected)

    def number(self, expected: str, least: int) -> int:
        """The next word as a whole number from `least` on. Raises BrokenBlt for any other."""
        word = self.take(expected)
        if not _NUMBER.fullmatch(word.text) or int(word.text) < least:
            raise BrokenBlt(word.line, expected, word.text)
        return int(word.text)


def without_empty_cells(line: str, number: int, notes: Notes) -> str:
    """A line without the commas that a spreadsheet leaves at its end for cells without text."""
    if not line.rstrip().endswith(","):
        return line
    notes.say(number, "commas at the end of a line are a spreadsheet’s empty cells")
    return _EMPTY_CELLS.sub("", line)

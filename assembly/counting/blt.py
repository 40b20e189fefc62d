"""BLT, the file format in which ranked ballots travel between programs that count them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assembly.ranking import Ballots, Place, Ranking, members

_WORD = re.compile(r'"[^"]*"?|#.*|[^\s"#]+')
_PLACE = re.compile(r"[0-9]{1,9}(=[0-9]{1,9})*", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_UNWRITABLE = re.compile(r'["\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]')

_SHOWN = 40  # characters of what was found instead


class BrokenBlt(Exception):
    """The text is not BLT: in `line` (from 1) there is `found` where `expected` should be."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        found = found if len(found) <= _SHOWN else found[:_SHOWN] + "…"
        super().__init__(f"line {line}: expected {expected}, found {found}")
        self.line = line
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class Election:
    """What a BLT file holds: how many are to be elected, on which ballots, under which title."""

    title: str
    seats: int
    ballots: Ballots


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    line: int

    @property
    def quoted(self) -> bool:
        return self.text.startswith('"')


def parse(data: bytes) -> Election:
    """Read a BLT file.

    Numbers of candidates and seats; withdrawn candidates as negative numbers; ballots, each in
    one line, with their weight, the candidates in order, equal ones as `2=3`, and 0; then 0 alone;
    the names and the title in quotation marks, or each alone in its line. Anything from # to the
    end of a line is a comment.

    Raises BrokenBlt for anything else, for two candidates of one name and for bytes that are not
    UTF-8. Source: Hill, Wichmann and Woodall, Algorithm 123, The Computer Journal 30 (1987);
    equal ranks and comments as OpaVote and Droop write them.
    """
    words = _Words(_decode(data))
    candidates = words.number("the number of candidates, 1 or more", least=1)
    seats = words.number("the number of seats, 1 or more", least=1)
    if seats > candidates:
        raise BrokenBlt(words.last.line, f"at most {candidates} seats", str(seats))
    withdrawn = _withdrawn(words, candidates)
    rankings: Counter[Ranking] = Counter()
    while True:
        weight = words.number("the weight of a ballot, or 0 to end the ballots", least=0)
        if not weight:
            break
        rankings[_ranking(words, candidates)] += weight
    names: dict[str, None] = {}
    for number in range(1, candidates + 1):
        name = words.name(f"the name of candidate {number} in quotation marks")
        if name in names:
            raise BrokenBlt(words.last.line, "another name for each candidate", f'"{name}" again')
        names[name] = None
    title = words.name("the title in quotation marks")
    words.end()
    return Election(title, seats, Ballots(tuple(names), rankings, withdrawn))


def write(election: Election) -> str:
    """The BLT text of an election, from which `parse` makes the same.

    Raises ValueError where a name or the title has a quotation mark or a control character, for
    which BLT has no way, or is blank, and where two options have one name.
    """
    ballots = election.ballots
    texts = [*ballots.options, election.title]
    if any(_UNWRITABLE.search(text) or not text.strip() or text != text.strip() for text in texts):
        raise ValueError("BLT has no way to write a name")
    if len(set(ballots.options)) < len(ballots.options):
        raise ValueError("BLT tells candidates by their names")
    lines = [f"{len(ballots.options)} {election.seats}"]
    if ballots.withdrawn:
        lines.append(" ".join(str(-option - 1) for option in sorted(ballots.withdrawn)))
    for ranking, weight in ballots.rankings.items():
        places = ["=".join(str(option + 1) for option in members(place)) for place in ranking]
        lines.append(" ".join([str(weight), *places, "0"]))
    lines.append("0")
    lines += [f'"{text}"' for text in texts]
    return "\n".join(lines) + "\n"


class _Words:
    """The words of a file in order, each with its line."""

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").split("\n")
        self._words = _split(lines)
        self._coming = next(self._words, None)
        self.last = _Word("", 1)
        self._end = max(len(lines) - (1 if len(lines) > 1 and not lines[-1] else 0), 1)

    def peek(self) -> _Word | None:
        return self._coming

    def take(self, expected: str) -> _Word:
        if self._coming is None:
            raise BrokenBlt(self._end, expected, "the end of the file")
        self.last, self._coming = self._coming, next(self._words, None)
        return self.last

    def number(self, expected: str, least: int) -> int:
        word = self.take(expected)
        if not _NUMBER.fullmatch(word.text) or int(word.text) < least:
            raise BrokenBlt(word.line, expected, word.text)
        return int(word.text)

    def name(self, expected: str) -> str:
        word = self.take(expected)
        if not word.quoted:
            return self._unquoted(word, expected)
        if len(word.text) < 2 or not word.text.endswith('"'):
            raise BrokenBlt(word.line, "a closing quotation mark", "the end of the line")
        if not word.text[1:-1].strip():
            raise BrokenBlt(word.line, expected, "nothing between them")
        return word.text[1:-1].strip()

    def _unquoted(self, word: _Word, expected: str) -> str:
        """A name without quotation marks is its whole line."""
        name = [word.text]
        while self._coming is not None and self._coming.line == word.line:
            if self._coming.quoted:
                raise BrokenBlt(word.line, expected, word.text)
            name.append(self.take(expected).text)
        return " ".join(name)

    def end(self) -> None:
        if self._coming is not None:
            raise BrokenBlt(
                self._coming.line, "the end of the file after the title", self._coming.text
            )


def _split(lines: list[str]) -> Iterator[_Word]:
    for number, line in enumerate(lines, 1):
        for match in _WORD.finditer(line):
            if not match.group().startswith("#"):
                yield _Word(match.group(), number)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenBlt(line, "UTF-8", f"the byte 0x{data[error.start]:02x}") from None


def _withdrawn(words: _Words, candidates: int) -> frozenset[int]:
    gone: set[int] = set()
    while (word := words.peek()) is not None and word.text.startswith("-"):
        expected = f"a withdrawn candidate from -1 to -{candidates}, each once"
        number = words.number(expected, least=-candidates)
        if not number or -number - 1 in gone:
            raise BrokenBlt(word.line, expected, word.text)
        gone.add(-number - 1)
    if len(gone) == candidates:
        raise BrokenBlt(words.last.line, "at least one candidate left", "all withdrawn")
    return frozenset(gone)


def _check_alone(words: _Words, line: int) -> None:
    """Refuse what one program reads as two ballots, and another as one with a rank left out."""
    after = words.peek()
    if after is not None and after.line == line and after.text != "0":
        raise BrokenBlt(line, "the end of the line after the 0 that ends a ballot", after.text)


def _ranking(words: _Words, candidates: int) -> Ranking:
    """The places of the ballot whose weight was just read."""
    line, places = words.last.line, list[Place]()
    expected = f"a candidate from 1 to {candidates}, or 0 at the end of the ballot"
    while True:
        word = words.peek()
        if word is None or word.line != line:
            raise BrokenBlt(line, "0 at the end of the ballot", "the end of the line")
        words.take(expected)
        if word.text == "0":
            _check_alone(words, line)
            break
        if not _PLACE.fullmatch(word.text):
            raise BrokenBlt(line, expected, word.text)
        place = tuple(sorted(int(number) - 1 for number in word.text.split("=")))
        if place[0] < 0 or place[-1] >= candidates:
            raise BrokenBlt(line, expected, word.text)
        places.append(place if len(place) > 1 else place[0])
    named = sorted(option for place in places for option in members(place))
    twice = [one for one, other in pairwise(named) if one == other]
    if twice:
        raise BrokenBlt(line, "each candidate once on a ballot", f"candidate {twice[0] + 1} twice")
    return tuple(places)

"""BLT, the file format in which ranked ballots travel between programs that count them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from itertools import pairwise

from assembly.counting.blt_names import names
from assembly.counting.blt_options import Head, head
from assembly.counting.blt_words import BrokenBlt, Notes, Words
from assembly.immutable import immutable
from assembly.ranking import Ballots, Place, Ranking, members

_WEIGHT = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_UNWRITABLE = re.compile(r'["\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]')


@immutable
class Election:
    """What a BLT file holds: how many are to be elected, on which ballots, under which title.

    `notes` say, line by line, what was read in one of several ways that are in use.
    """

    title: str
    seats: int
    ballots: Ballots
    notes: tuple[str, ...] = field(default=(), compare=False)


def parse(data: bytes) -> Election:
    """Read a BLT file.

    Numbers of candidates and seats; withdrawn candidates as negative numbers, and options in
    brackets; ballots, each in one line, with their weight, perhaps an id in parentheses before
    it, the candidates in order, equal ones as `2=3`, `-` for a rank left out, and 0; then 0
    alone; the names and the title in quotation marks, or each alone in its line. Anything from #
    to the end of a line is a comment.

    Raises BrokenBlt for anything else, for two candidates of one name and for bytes that are not
    UTF-8. Sources: Hill, Wichmann and Woodall, Algorithm 123, The Computer Journal 30 (1987);
    comments, equal ranks, ranks left out and ids as OpenSTV and OpaVote have them, the options in
    brackets as Droop; the texts after the title as Wichmann.
    """
    notes = Notes()
    words = Words(_decode(data), notes)
    begun = head(words, notes)
    rankings = _ballots(words, begun, notes)
    named, title = names(words, begun.candidates, notes)
    return Election(title, begun.seats, Ballots(named, rankings, begun.withdrawn), notes.told())


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


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenBlt(line, "UTF-8", f"the byte 0x{data[error.start]:02x}") from None


def _ballots(words: Words, begun: Head, notes: Notes) -> Counter[Ranking]:
    """How many ballots say what, up to the 0 that ends them."""
    rankings, weights = Counter[Ranking](), _Weights()
    while True:
        if words.at_line_start():
            _plain_ballots(words, begun, weights, rankings)
        ranking, weight = _ballot(words, begun, notes)
        if not weight:
            return rankings
        rankings[ranking] += weight


class _Weights(dict[str, int]):
    """Weights by the words that stand for them; KeyError for any other word."""

    def __missing__(self, word: str) -> int:
        if not _WEIGHT.fullmatch(word):
            raise KeyError(word)
        self[word] = int(word)
        return self[word]


def _plain_ballots(
    words: Words, begun: Head, weights: _Weights, rankings: Counter[Ranking]
) -> None:
    """The lines that are a ballot of nothing but numbers, up to the first that is anything else.

    Nearly all lines of a file are like that; read word by word they take many times as long,
    and a line that was there already says what it said.
    """
    number, lines = begun.numbers.__getitem__, words.lines
    seen: dict[str, Ranking] = {}
    for at in range(words.taken, len(lines)):
        line = lines[at]
        if line in seen:
            ranking, weight = seen[line], weights[line.split(None, 1)[0]]
        else:
            found = line.split()
            try:
                weight = weights[found[0]]
                ranking = tuple(map(number, found[1:-1]))
            except (KeyError, IndexError):
                break
            if found[-1] != "0" or len(found) < 2 or len(set(ranking)) < len(ranking):
                break
            seen[line] = ranking
        rankings[ranking] += weight
        words.taken = at + 1


def _ballot(words: Words, begun: Head, notes: Notes) -> tuple[Ranking, int]:
    """The next ballot and its weight, read word by word; weight 0 at the end of the ballots."""
    expected = "the weight of a ballot, or 0 to end the ballots"
    word = words.peek()
    if word is not None and word.text.startswith("("):
        _pass_over_id(words)
        weight = words.number("the weight 1 of a ballot with an id", least=1)
        if weight > 1:
            raise BrokenBlt(word.line, "the weight 1 of a ballot with an id", str(weight))
    else:
        weight = words.number(expected, least=0)
    return (_ranking(words, begun, notes), weight) if weight else ((), 0)


def _pass_over_id(words: Words) -> None:
    word = words.take("the id of a ballot")
    while not word.text.endswith(")"):
        word = words.take_in_line(word.line, ") at the end of the id")


def _check_alone(words: Words, line: int) -> None:
    """Refuse what one program reads as two ballots, and another as one with a rank left out."""
    after = words.peek()
    if after is not None and after.line == line and after.text != "0":
        raise BrokenBlt(line, "the end of the line after the 0 that ends a ballot", after.text)


def _ranking(words: Words, begun: Head, notes: Notes) -> Ranking:
    """The places of the ballot whose weight was just read."""
    line, places = words.last.line, list[Place]()
    while (word := words.take_in_line(line, "0 at the end of the ballot")).text != "0":
        if word.text == "-":
            notes.say(line, "a rank left out (-) is passed over, and the next one moves up")
            continue
        place = _place(word.text, begun, line)
        if len(place) > 1:
            notes.say(line, "equal ranks (=) count as equal, where OpaVote passes over them")
        places.append(place if len(place) > 1 else place[0])
    _check_alone(words, line)
    named = sorted(option for place in places for option in members(place))
    twice = [one for one, other in pairwise(named) if one == other]
    if twice:
        raise BrokenBlt(line, "each candidate once on a ballot", f"candidate {twice[0] + 1} twice")
    return tuple(places)


def _place(word: str, begun: Head, line: int) -> tuple[int, ...]:
    """The candidates of one place, by number."""
    try:
        return tuple(sorted(begun.numbers[each] for each in word.split("=")))
    except KeyError:
        expected = f"a candidate from 1 to {begun.candidates}, or 0 at the end of the ballot"
        raise BrokenBlt(line, expected, word) from None

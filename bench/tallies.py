"""Counting 100,000 ranked ballots of 10 options beside PyRankVote, and Schulze beside its loop.

Both count the same ballots in the same run and take turns, in processor time. Ours starts from
single ballots: grouping them is in its time. PyRankVote's own ballots are made beforehand, which
is not in its time. The best of the rounds counts for each side:
what is left above it is the machine's other work. Three kinds of ballots:

- complete: all 10 options in a random order; nearly every ballot is the only one of its kind, so
  grouping can't help;
- cut short: the same, ending after a random number of options;
- like an election: options have more or less support, and most voters name three to five.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyrankvote

from assembly.counting import irv as instant_runoff
from assembly.counting import stv_meek, stv_scottish
from assembly.counting.pairwise import pairwise
from assembly.counting.schulze import strongest_paths
from assembly.ranking import Ballots, group
from bench.harness.figure import Figure

OPTIONS, SEATS = 10, 3
MANY_OPTIONS = 50
SEED = 7


@dataclass(frozen=True, slots=True)
class Size:
    """How many ballots, and in how many rounds."""

    ballots: int
    rounds: int


FULL, SMALL = Size(100_000, rounds=8), Size(100, rounds=1)


class Beside:
    """The figures of one kind of ballots, ours beside PyRankVote's."""

    def __init__(self, kind: str) -> None:
        self.distinct = Figure(f"{kind}: distinct ballots", digits=0)
        self.runoff = Figure(f"{kind}: instant runoff", "ms", 0)
        self.their_runoff = Figure(f"{kind}: instant runoff by PyRankVote", "ms", 0)
        self.runoff_ratio = Figure(f"{kind}: ratio", digits=1, at_least=5)
        self.stv = Figure(f"{kind}: STV, {SEATS} seats", "ms", 0)
        self.their_stv = Figure(f"{kind}: STV by PyRankVote", "ms", 0)
        self.stv_ratio = Figure(f"{kind}: ratio of STV", digits=1, at_least=5)
        self.meek = Figure(f"{kind}: Meek's method, {SEATS} seats", "ms", 0)
        self.grouping = Figure(f"{kind}: grouping, part of each of ours", "ms", 0)


COMPLETE, CUT_SHORT, ELECTION = Beside("complete"), Beside("cut short"), Beside("like an election")
PATHS = Figure(f"Schulze, {MANY_OPTIONS} options: strongest paths", "ms", 1)
BARE_LOOP = Figure("Schulze: bare loop", "ms", 1)
PATHS_RATIO = Figure("Schulze: ratio", at_most=1)
MAJORITIES = Figure("Schulze: the majorities of 1,001 ballots before that", "ms", 1)
FIGURES = (
    *(figure for kind in (COMPLETE, CUT_SHORT, ELECTION) for figure in vars(kind).values()),
    *(PATHS, BARE_LOOP, PATHS_RATIO, MAJORITIES),
)

Raw = list[tuple[int, ...]]


def complete(chance: random.Random, count: int) -> Raw:
    return [tuple(chance.sample(range(OPTIONS), OPTIONS)) for _ in range(count)]


def cut_short(chance: random.Random, count: int) -> Raw:
    return [ballot[: chance.randint(1, OPTIONS)] for ballot in complete(chance, count)]


def like_an_election(chance: random.Random, count: int) -> Raw:
    """Each next place by lot among those left, the first options twice as likely as the next."""
    return [
        tuple(sorted(range(OPTIONS), key=lambda option: chance.expovariate(0.8**option)))[
            : chance.choice((1, 2, 3, 3, 3, 4, 4, 5, 5, 10))
        ]
        for _ in range(count)
    ]


def best(rounds: int, works: Iterable[Callable[[], object]]) -> list[float]:
    """Processor milliseconds of each work, the best of several rounds in which they take turns."""
    works = list(works)
    took = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            begin = time.process_time()
            work()
            took[number] = min(took[number], time.process_time() - begin)
    return [seconds * 1000 for seconds in took]


def beside_pyrankvote(kind: Beside, raw: Raw, rounds: int) -> dict[Figure, float]:
    names = [f"option {number}" for number in range(OPTIONS)]
    candidates = [pyrankvote.Candidate(name) for name in names]
    theirs = [pyrankvote.Ballot([candidates[option] for option in ballot]) for ballot in raw]
    irv, their_irv, stv, their_stv, meek, grouping = best(
        rounds,
        [
            lambda: instant_runoff.tally(group(names, raw)),
            lambda: pyrankvote.instant_runoff_voting(candidates, theirs),
            lambda: stv_scottish.tally(group(names, raw), SEATS),
            lambda: pyrankvote.single_transferable_vote(candidates, theirs, SEATS),
            lambda: stv_meek.tally(group(names, raw), SEATS),
            lambda: group(names, raw),
        ],
    )
    distinct = len(group(names, raw).rankings)
    winner = pyrankvote.instant_runoff_voting(candidates, theirs).get_winners()[0].name
    assert [winner] == [names[o] for o in instant_runoff.tally(group(names, raw)).winners]
    return {
        kind.distinct: distinct,
        kind.runoff: irv,
        kind.their_runoff: their_irv,
        kind.runoff_ratio: their_irv / irv,
        kind.stv: stv,
        kind.their_stv: their_stv,
        kind.stv_ratio: their_stv / stv,
        kind.meek: meek,
        kind.grouping: grouping,
    }


def bare_loop(wins: list[list[int]]) -> list[list[int]]:
    """The loop that Schulze's paper prints, and nothing else."""
    strength = [row.copy() for row in wins]
    for middle in range(MANY_OPTIONS):
        for start in range(MANY_OPTIONS):
            for end in range(MANY_OPTIONS):
                reach = min(strength[start][middle], strength[middle][end])
                if reach > strength[start][end]:
                    strength[start][end] = reach
    return strength


def beside_the_bare_loop(chance: random.Random, rounds: int) -> dict[Figure, float]:
    raw = [tuple(chance.sample(range(MANY_OPTIONS), MANY_OPTIONS)) for _ in range(1_001)]
    ballots: Ballots = group([str(number) for number in range(MANY_OPTIONS)], raw)
    matrix = pairwise(ballots)
    wins = [
        [matrix[a][b] if a != b and matrix[a][b] > matrix[b][a] else 0 for b in range(MANY_OPTIONS)]
        for a in range(MANY_OPTIONS)
    ]
    found, expected = strongest_paths(matrix), bare_loop(wins)
    assert all(found[a][b] == expected[a][b] for a in found for b in found[a])
    paths, bare, majorities = best(
        rounds,
        [
            lambda: strongest_paths(matrix),
            lambda: bare_loop(wins),
            lambda: pairwise(ballots),
        ],
    )
    return {
        PATHS: paths,
        BARE_LOOP: bare,
        PATHS_RATIO: paths / bare,
        MAJORITIES: majorities,
    }


def measure(size: Size) -> dict[Figure, float]:
    """The best of the rounds."""
    chance = random.Random(SEED)  # noqa: S311
    return {
        **beside_pyrankvote(COMPLETE, complete(chance, size.ballots), size.rounds),
        **beside_pyrankvote(CUT_SHORT, cut_short(chance, size.ballots), size.rounds),
        **beside_pyrankvote(ELECTION, like_an_election(chance, size.ballots), size.rounds),
        **beside_the_bare_loop(chance, size.rounds),
    }

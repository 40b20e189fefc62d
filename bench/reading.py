"""Reading a BLT file of 100,000 ballots beside counting them by Scottish STV.

The same file is read and its ballots counted in turns, in processor time, for the three kinds of
ballots of `tallies`; the best of the rounds counts for each side. Counting starts from what was
read, so that nothing is in both.
"""

from __future__ import annotations

import random

from assembly.counting import stv_scottish
from assembly.counting.blt import parse
from bench.harness.figure import Figure
from bench.tallies import (
    OPTIONS,
    SEATS,
    SEED,
    Raw,
    Size,
    best,
    complete,
    cut_short,
    like_an_election,
)

FULL, SMALL = Size(100_000, rounds=8), Size(100, rounds=1)


class Beside:
    """The figures of one kind of ballots."""

    def __init__(self, kind: str) -> None:
        self.reading = Figure(f"{kind}: reading", "ms", 0)
        self.counting = Figure(f"{kind}: counting", "ms", 0)
        self.ratio = Figure(f"{kind}: reading, of counting", digits=1, at_most=12)


COMPLETE, CUT_SHORT, ELECTION = Beside("complete"), Beside("cut short"), Beside("like an election")
FIGURES = tuple(
    figure for kind in (COMPLETE, CUT_SHORT, ELECTION) for figure in vars(kind).values()
)


def written(raw: Raw) -> bytes:
    """A file with a line for each ballot, as most programs write it."""
    lines = [f"{OPTIONS} {SEATS}"]
    lines += [f"1 {' '.join(str(option + 1) for option in ballot)} 0" for ballot in raw]
    lines += ["0", *(f'"option {number}"' for number in range(OPTIONS)), '"title"']
    return "\n".join(lines).encode()


def beside(kind: Beside, raw: Raw, rounds: int) -> dict[Figure, float]:
    data = written(raw)
    ballots = parse(data).ballots
    assert ballots.cast == len(raw)
    reading, counting = best(
        rounds, [lambda: parse(data), lambda: stv_scottish.tally(ballots, SEATS)]
    )
    return {kind.reading: reading, kind.counting: counting, kind.ratio: reading / counting}


def measure(size: Size) -> dict[Figure, float]:
    """The best of the rounds."""
    chance = random.Random(SEED)  # noqa: S311
    return {
        **beside(COMPLETE, complete(chance, size.ballots), size.rounds),
        **beside(CUT_SHORT, cut_short(chance, size.ballots), size.rounds),
        **beside(ELECTION, like_an_election(chance, size.ballots), size.rounds),
    }

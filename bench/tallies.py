"""Counting 100,000 ranked ballots of 10 options beside PyRankVote, and Schulze beside its loop.

Both count the same ballots in the same run and take turns, in processor time. Ours starts from
single ballots: grouping them is in its time. PyRankVote's own ballots are made beforehand, which
is not in its time (a line says how long it takes). The best of the rounds counts for each side:
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

import pyrankvote

from assembly.counting import instant_runoff, meek_stv, scottish_stv
from assembly.counting.pairwise import pairwise
from assembly.counting.ranking import Ballots, group
from assembly.counting.schulze import strongest_paths

BALLOTS, OPTIONS, SEATS = 100_000, 10, 3
ROUNDS = 8
MANY_OPTIONS = 50
SEED = 7

Raw = list[tuple[int, ...]]


def complete(chance: random.Random) -> Raw:
    return [tuple(chance.sample(range(OPTIONS), OPTIONS)) for _ in range(BALLOTS)]


def cut_short(chance: random.Random) -> Raw:
    return [ballot[: chance.randint(1, OPTIONS)] for ballot in complete(chance)]


def like_an_election(chance: random.Random) -> Raw:
    """Each next place by lot among those left, the first options twice as likely as the next."""
    return [
        tuple(sorted(range(OPTIONS), key=lambda option: chance.expovariate(0.8**option)))[
            : chance.choice((1, 2, 3, 3, 3, 4, 4, 5, 5, 10))
        ]
        for _ in range(BALLOTS)
    ]


def best(works: Iterable[Callable[[], object]]) -> list[float]:
    """Processor seconds of each work, the best of several rounds in which they take turns."""
    works = list(works)
    took = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            begin = time.process_time()
            work()
            took[number] = min(took[number], time.process_time() - begin)
    return took


def beside_pyrankvote(name: str, raw: Raw) -> None:
    names = [f"option {number}" for number in range(OPTIONS)]
    candidates = [pyrankvote.Candidate(name) for name in names]
    begin = time.process_time()
    theirs = [pyrankvote.Ballot([candidates[option] for option in ballot]) for ballot in raw]
    making = time.process_time() - begin
    irv, their_irv, stv, their_stv, meek, grouping = best(
        [
            lambda: instant_runoff.tally(group(names, raw)),
            lambda: pyrankvote.instant_runoff_voting(candidates, theirs),
            lambda: scottish_stv.tally(group(names, raw), SEATS),
            lambda: pyrankvote.single_transferable_vote(candidates, theirs, SEATS),
            lambda: meek_stv.tally(group(names, raw), SEATS),
            lambda: group(names, raw),
        ]
    )
    distinct = len(group(names, raw).rankings)
    winner = pyrankvote.instant_runoff_voting(candidates, theirs).get_winners()[0].name
    assert [winner] == [names[o] for o in instant_runoff.tally(group(names, raw)).winners]
    print(f"{BALLOTS} ballots of {OPTIONS} options, {name}: {distinct} distinct")
    for what, ours, pyrank in (
        ("instant runoff", irv, their_irv),
        ("STV, 3 seats", stv, their_stv),
    ):
        print(
            f"  {what:<18} {ours * 1000:6.0f} ms   PyRankVote {pyrank * 1000:6.0f} ms"
            f"   ratio {pyrank / ours:5.1f}    (at least 5)"
        )
    print(f"  Meek, 3 seats      {meek * 1000:6.0f} ms")
    print(
        f"  of these grouping  {grouping * 1000:6.0f} ms   (making theirs {making * 1000:.0f} ms)"
    )


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


def beside_the_bare_loop(chance: random.Random) -> None:
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
        [
            lambda: strongest_paths(matrix),
            lambda: bare_loop(wins),
            lambda: pairwise(ballots),
        ]
    )
    print(f"Schulze, {MANY_OPTIONS} options")
    print(f"  strongest paths    {paths * 1000:6.1f} ms   bare loop {bare * 1000:6.1f} ms", end="")
    print(f"   ratio {paths / bare:5.2f}    (at most 3)")
    print(f"  majorities of {len(raw)} ballots before that {majorities * 1000:6.1f} ms")


def main() -> None:
    chance = random.Random(SEED)  # noqa: S311
    beside_pyrankvote("complete", complete(chance))
    beside_pyrankvote("cut short", cut_short(chance))
    beside_pyrankvote("like an election", like_an_election(chance))
    beside_the_bare_loop(chance)


if __name__ == "__main__":
    main()

"""Options chosen by counting ballots as any file of ballots is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from assembly.ballot import numbers
from assembly.collected import INVALID, CollectedBallots
from assembly.count import Count
from assembly.counting import borda
from assembly.counting.method import Decide
from assembly.counting.undecided import undecided
from assembly.outcome import Outcome, Turnout, Why
from assembly.ranking import Ballots, Ranking, named
from assembly.rule import Rule

Tally = Callable[[Ballots, int, Sequence[int] | None], Count]
"""Counts ballots for so many seats, with ties by the lot; see counting.methods.tally."""


def by_order(tally: Tally) -> Decide:
    """How a method whose ballots are orders decides; Borda's points stand beside it.

    Whom nobody names is never chosen: places stay free. (In the first edition of the rules somebody
    whom nobody had named could fill the last of several.)
    """

    def decide(
        rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
    ) -> Outcome:
        cast = ballots(rule, collected)
        if cast is None:
            return undecided(rule, taking_part)
        points = borda.tally(cast, rule.seats, drawn)
        seats = rule.seats if rule.edition == 1 else seats_filled(rule.seats, cast)
        return outcome(rule, taking_part, tally(cast, seats, drawn), points)

    return decide


def by_naming(tally: Tally) -> Decide:
    """How a method decides by which an option that nobody names is never chosen."""

    def decide(
        rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
    ) -> Outcome:
        cast = ballots(rule, collected)
        if cast is None:
            return undecided(rule, taking_part)
        return outcome(rule, taking_part, tally(cast, seats_filled(rule.seats, cast), drawn))

    return decide


def ballots(rule: Rule, collected: CollectedBallots) -> Ballots | None:
    """What was cast, invalid papers left out; None where no ballot names an option."""
    rankings = Counter[Ranking]()
    for choice, count in collected.everybody.said.items():
        if choice != INVALID:
            rankings[numbers(choice, len(rule.options)) or ()] += count
    return Ballots(rule.options, rankings) if any(rankings) else None


def seats_filled(seats: int, cast: Ballots) -> int:
    """No more seats than options that somebody names, but one at least: the rest stay free."""
    return min(seats, len(named(cast)) or 1)


def outcome(rule: Rule, taking_part: Turnout, count: Count, points: Count | None = None) -> Outcome:
    """What a count came to."""
    return Outcome(
        rule.method,
        "chosen",
        Why.COUNTED,
        taking_part,
        {},
        winners=count.winners,
        count=replace(count, seats=rule.seats),
        borda=points,
        ties=count.ties,
    )

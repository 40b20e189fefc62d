"""Dots: each member has some dots, and places them on the options, several on one if wished."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.ballot import DIGITS
from assembly.collected import INVALID, CollectedBallots, Group
from assembly.counting.method import Method
from assembly.counting.points import Rank, choose
from assembly.counting.undecided import undecided
from assembly.forms.dots import DOTS_TO_PLACE
from assembly.outcome import Outcome, Points, Turnout
from assembly.rule import Rule


def decide(
    rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
) -> Outcome:
    """The outcome by dots; quorum is the caller's.

    Most dots win, however many placed them; ties go by `drawn` (every option, the luckiest first).
    Dots that somebody keeps are lost. An option without a dot is never chosen; no dot at all is
    "no_result". Source: Delbecq and Van de Ven's nominal group technique (1971), by "dot voting".
    """
    points = [_points(collected.everybody, option) for option in range(len(rule.options))]
    ranks: dict[int, Rank] = {of.option: (of.total,) for of in points if of.total}
    if not ranks:
        return undecided(rule, taking_part)
    return choose(rule, taking_part, points, ranks, drawn)


def _points(group: Group, option: int) -> Points:
    given = {choice: DIGITS.index(choice[option]) for choice in group.said if choice != INVALID}
    return Points(
        option,
        sum(group.said[choice] * dots for choice, dots in given.items()),
        sum(group.said[choice] for choice, dots in given.items() if dots),
    )


METHOD = Method(DOTS_TO_PLACE, decide, dots=True, several=True)

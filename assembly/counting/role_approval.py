"""Approval where the roles weigh equally: a third each, however many of a role take part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assembly.ballot import DIGITS
from assembly.collected import INVALID, CollectedBallots, Group
from assembly.counting.points import Rank, choose
from assembly.counting.undecided import undecided
from assembly.outcome import Outcome, Points, Turnout
from assembly.parity import may_be_told, mean
from assembly.rule import Rule


def decide(
    rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
) -> Outcome:
    """The outcome by approval with equal weights; quorum is the caller's.

    Of each role's ballots that name an option at all, the share that names this one; the option
    with the highest mean of these shares wins. A role that names none gives nothing. Ties go by
    `drawn` (every option, the luckiest first). An option that nobody agrees with is never chosen;
    no option named is "no_result". Sources: approval.py and parity.py.
    """
    approved = {
        option: _approvals(collected.everybody, option) for option in range(len(rule.options))
    }
    if not any(approved.values()):
        return undecided(rule, taking_part)
    weighed = {option: _of_roles(collected, option) for option in approved if approved[option]}
    told = may_be_told(collected)
    points = [
        Points(option, approved[option], approved[option], weighed.get(option) if told else None)
        for option in approved
    ]
    ranks: dict[int, Rank] = {option: (share,) for option, share in weighed.items()}
    return choose(rule, taking_part, points, ranks, drawn, unordered=not told)


def _of_roles(collected: CollectedBallots, option: int) -> Fraction:
    def share(group: Group) -> Fraction | None:
        naming = sum(n for choice, n in group.said.items() if choice not in ("", INVALID))
        return Fraction(_approvals(group, option), naming) if naming else None

    return mean(collected, share)


def _approvals(group: Group, option: int) -> int:
    named = (choice for choice in group.said if choice != INVALID and DIGITS[option] in choice)
    return sum(group.said[choice] for choice in named)

"""What releases have cost the members of a centre, in epsilon, and whether there is enough left."""

from __future__ import annotations

from fractions import Fraction

from assembly.questionnaire import PULSE, WEEKLY

YEAR_WEEKS = 52

YEARLY = {WEEKLY.name: Fraction(26), PULSE.name: Fraction(26)}
"""A year's epsilon for each questionnaire: exactly 13 blocks of four weeks in any tier.

The accounts are apart: of whoever answers both, both tell."""


def account_year(week: int) -> int:
    """Which year's account a window is charged to, from its first week in the centre's calendar.

    A year is 52 weeks, so that it holds whole blocks: weeks 0 to 51 are year 0. Raises ValueError
    for a negative week.
    """
    if week < 0:
        raise ValueError(f"before the centre's first week: {week}")
    return week // YEAR_WEEKS


def may_spend(spent: Fraction, epsilon: Fraction, limit: Fraction) -> bool:
    """Whether a year's account that has `spent` can still pay `epsilon`, exactly.

    The charge falls due by drawing, whether or not something is published, for every enrolled
    member, whether or not they answered; where the answer is no, nothing is drawn. Raises
    ValueError when an amount is negative, or when drawing would cost nothing.
    Source: docs/anonymity.md, "Summaries".
    """
    if spent < 0 or epsilon <= 0 or limit < 0:
        raise ValueError(f"no such amounts: {spent} spent, {epsilon} to pay, of {limit}")
    return spent + epsilon <= limit

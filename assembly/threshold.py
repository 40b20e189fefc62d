"""Thresholds: which there can be, and how many it takes to reach one, for people to read."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from assembly.rule import HALF, DecisionMethod, Rule


def check_threshold(rule: Rule) -> None:
    """Raises ValueError for a threshold outside 1/2 to 1."""
    if not HALF <= rule.threshold <= 1:
        raise ValueError(f"a threshold is from one half to one: {rule.threshold}")


def least(rule: Rule, of: int) -> int:
    """The least number out of `of` (0 or more) that reaches the rule's threshold.

    By majority exactly half means more than half; any other threshold, and every one of a
    consensus, is reached by at least that share. Sources: majority.py and consensus.py.
    """
    if rule.method is DecisionMethod.MAJORITY and rule.threshold == HALF:
        return of // 2 + 1
    return ceil(Fraction(rule.threshold) * of)

"""How many it takes to reach a threshold: the same rule as a whole number, for people to read."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from assembly.rule import HALF, DecisionMethod, Rule


def least(rule: Rule, of: int) -> int:
    """The least number out of `of` (0 or more) that reaches the rule's threshold.

    By majority exactly half means more than half; any other threshold, and every one of a
    consensus, is reached by at least that share. Sources: majority.py and consensus.py.
    """
    if rule.method is DecisionMethod.MAJORITY and rule.threshold == HALF:
        return of // 2 + 1
    return ceil(Fraction(rule.threshold) * of)

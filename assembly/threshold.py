"""Thresholds: how a share is compared with one, and how many it takes to reach it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from assembly.immutable import immutable
from assembly.rule import HALF, Rule


@immutable
class Threshold:
    """How a method compares a share with its threshold: it has to be at least that.

    Unless `half_is_enough`, a threshold of exactly one half asks for more than that. `usual` is the
    threshold where nobody chose one. Sources: majority.py and consensus.py.
    """

    half_is_enough: bool
    usual: Fraction = HALF

    def is_more_than_half(self, threshold: Fraction) -> bool:
        """Whether a threshold stands for "more than half"."""
        return threshold == HALF and not self.half_is_enough

    def reached(self, share: Fraction, threshold: Fraction) -> bool:
        """Whether a share is enough; both exact, from 0 to 1."""
        return share > HALF if self.is_more_than_half(threshold) else share >= threshold

    def least(self, threshold: Fraction, of: int) -> int:
        """The least number out of `of` (0 or more) that is enough."""
        return of // 2 + 1 if self.is_more_than_half(threshold) else ceil(threshold * of)


def check_threshold(rule: Rule) -> None:
    """Raises ValueError for a threshold outside 1/2 to 1."""
    if not HALF <= rule.threshold <= 1:
        raise ValueError(f"a threshold is from one half to one: {rule.threshold}")

"""What is said about everybody's answers, so that nothing can be told about anybody's.

Everything that a release says is computed from two noisy integers, drawn once: how many answered,
and the sum of their answers. Drawing them at an epsilon e changes the chance of any release by at
most the factor exp(e), whether one person answers otherwise, joins or leaves, whatever else is
known: joining moves the number by 1 and the sum by at most 24, which costs e/2 + e/2; another
answer moves the sum by at most 48, which costs e. (Dwork et al., TCC 2006, doi 10.1007/11681878_14;
discrete: Ghosh et al., STOC 2009, doi 10.1145/1536414.1536464.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, Protocol

from assembly.immutable import immutable
from assembly.questionnaire import LEVELS
from assembly.roles import Role

Band = Literal["10-19", "20-49", "50+"]
Direction = Literal["higher", "lower"]

PER_FACE = 12
"""Averages of 1, 2, 3 or 4 answers, times 12, are whole."""
_CENTRE, _TOP = 24, 48
_PUBLISHED_FROM = 10
_ROLE_SHOWN_FROM = 20
_NAMED_FROM = 1.0


class Noise(Protocol):
    """Where the noise comes from: injected, so that the rule itself can be enumerated."""

    def discrete_laplace(self, scale: float) -> int:
        """An independent integer k, each with a probability proportional to exp(-|k|/scale)."""


@immutable
class Figures:
    """What is told: how many took part, as a band, and their mean, 0.5 to 3.5 in steps of 0.5."""

    band: Band
    mean: float


@immutable
class Release:
    """One question in one window, drawn once and then frozen.

    `total` is None where nothing is said (the same sentence for nobody and for nine), `by_role` is
    empty unless all three roles are shown. `c` is the noisy number of answers: kept for the next
    tier and never told; keeping it costs nothing, as the noise is already in it.
    """

    c: int
    total: Figures | None
    by_role: tuple[tuple[Role, Figures], ...] = ()


def contribution(answers: Sequence[int]) -> int:
    """One member's value in a window: the mean of the own answers (0 to 4) times 12, 0 to 48.

    Exact for 1 to 4 answers and for 6. Otherwise (five, when a late one counts in the next window)
    rounded to the nearest integer, halves to the even one, so that nothing leans up or down.
    Raises ValueError without any answer or for one that is no face.
    """
    if not answers or any(answer not in LEVELS for answer in answers):
        raise ValueError("a contribution needs answers from 0 to 4")
    return round(Fraction(PER_FACE * sum(answers), len(answers)))


def release(values: Sequence[int], epsilon: Fraction, noise: Noise) -> Release:
    """Draw what is said about one question: `values` holds each member's contribution (0 to 48).

    `epsilon` is the plan's. Published from a noisy number of 10 on. Draws twice from `noise`: for
    the number, then for the sum. Raises ValueError for a value out of range (it would break the
    promise) or an epsilon that is not positive. Source: docs/anonymity.md, "Summaries".
    """
    c, s = _draw(values, epsilon, noise)
    return Release(c, _figures(c, s, _PUBLISHED_FROM))


def release_by_role(
    values: Mapping[Role, Sequence[int]], epsilon: Fraction, noise: Noise
) -> Release:
    """The same with a pair drawn for each role, in the order of Role, each at the same epsilon.

    A role that is missing has no values, but is drawn like the others. The total is the sum of the
    three pairs, never a draw of its own; roles are shown only if all three noisy numbers are 20 or
    more. Raises ValueError as `release` does.
    """
    pairs = {role: _draw(values.get(role, ()), epsilon, noise) for role in Role}
    c, s = (sum(part) for part in zip(*pairs.values(), strict=True))
    shown = [(role, _figures(*pair, _ROLE_SHOWN_FROM)) for role, pair in pairs.items()]
    by_role = tuple((role, figures) for role, figures in shown if figures is not None)
    complete = len(by_role) == len(Role)
    return Release(c, _figures(c, s, _PUBLISHED_FROM), by_role if complete else ())


def trend(before: float | None, now: float | None) -> Direction | None:
    """How a published mean moved against the last published one of the same question.

    Named only from a change of 1.0 on; None for less, and where either was not published. Both are
    published means (0.5 to 3.5), so that a trend tells nothing new.
    """
    if before is None or now is None or abs(now - before) < _NAMED_FROM:
        return None
    return "higher" if now > before else "lower"


def _draw(values: Sequence[int], epsilon: Fraction, noise: Noise) -> tuple[int, int]:
    if epsilon <= 0:
        raise ValueError(f"epsilon must be positive: {epsilon}")
    if any(not 0 <= value <= _TOP for value in values):
        raise ValueError(f"a contribution lies between 0 and {_TOP}")
    c = len(values) + noise.discrete_laplace(float(2 / epsilon))
    s = sum(value - _CENTRE for value in values) + noise.discrete_laplace(float(_TOP / epsilon))
    return c, s


def _figures(c: int, s: int, least: int) -> Figures | None:
    if c < least:
        return None
    halves = 2 * (2 + Fraction(s, PER_FACE * c))
    return Figures(_band(c), round(min(max(halves, Fraction(1)), Fraction(7))) / 2)


def _band(c: int) -> Band:
    if c >= 50:
        return "50+"
    return "20-49" if c >= 20 else "10-19"

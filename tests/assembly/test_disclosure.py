from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.disclosure import (
    Figures,
    Release,
    contribution,
    release,
    release_by_role,
    trend,
)
from assembly.roles import Role
from assembly.windows import LARGE, MIDDLE, SMALL

TWO = Fraction(2)
VALUES = st.lists(st.integers(0, 48), max_size=80)


class Given:
    """Noise that is handed out as given, and remembers the scales asked for."""

    def __init__(self, *noise: int) -> None:
        self.left = list(noise)
        self.scales: list[float] = []

    def discrete_laplace(self, scale: float) -> int:
        self.scales.append(scale)
        return self.left.pop(0)


class Seeded:
    """Discrete Laplace noise from a seed: the difference of two geometric draws."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def discrete_laplace(self, scale: float) -> int:
        draws = [int(-scale * math.log(1 - self.random.random())) for _ in range(2)]
        return draws[0] - draws[1]


# --- one member's value ---


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([0], 0),
        ([3], 36),
        ([4], 48),
        ([0, 1], 6),
        ([3, 4, 4], 44),
        ([1, 1, 2], 16),
        ([0, 0, 0, 1], 3),
        ([4, 4, 4, 3], 45),
        # five: 12/5 = 2.4, 36/5 = 7.2, 84/5 = 16.8; eight: 1.5 and 4.5 go to the even neighbour
        ([0, 0, 0, 0, 1], 2),
        ([1, 1, 1, 0, 0], 7),
        ([2, 2, 1, 1, 1], 17),
        ([1] + [0] * 7, 2),
        ([3] + [0] * 7, 4),
    ],
)
def test_a_contribution_is_the_own_mean_times_twelve(answers, expected):
    assert contribution(answers) == expected


def test_up_to_four_answers_are_exact():
    for count in (1, 2, 3, 4):
        for answers in product(range(5), repeat=count):
            assert Fraction(contribution(answers), 12) == Fraction(sum(answers), count)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_a_contribution_is_in_range_and_leans_neither_way(answers):
    assert 0 <= contribution(answers) <= 48
    assert contribution([4 - answer for answer in answers]) == 48 - contribution(answers)


@pytest.mark.parametrize("answers", [[], [5], [-1], [0, 4, 7]])
def test_what_is_no_answer_is_refused(answers):
    with pytest.raises(ValueError, match="from 0 to 4"):
        contribution(answers)


# --- one release ---


@pytest.mark.parametrize("tier", [SMALL, MIDDLE, LARGE])
@pytest.mark.parametrize("share", [1, 3])
def test_noise_is_asked_for_at_the_scales_of_the_design(tier, share):
    epsilon = tier.epsilon / share
    noise = Given(0, 0)
    release([24] * 10, epsilon, noise)
    assert [Fraction(scale) for scale in noise.scales] == [2 / epsilon, 48 / epsilon]
    # whole numbers, so nothing is lost between fraction and float
    assert all(scale.is_integer() for scale in noise.scales)


@pytest.mark.parametrize(
    ("c", "band"),
    [
        (10, "10-19"),
        (19, "10-19"),
        (20, "20-49"),
        (49, "20-49"),
        (50, "50+"),
        (5000, "50+"),
    ],
)
def test_participation_is_told_in_bands(c, band):
    assert release([24] * 15, TWO, Given(c - 15, 0)) == Release(c, Figures(band, 2.0))


@pytest.mark.parametrize(
    ("s", "mean"),
    [
        (0, 2.0),
        # with c = 10 half a step is 30: ties go to the even number of halves, alike on both sides
        (29, 2.0),
        (30, 2.0),
        (31, 2.5),
        (-30, 2.0),
        (-31, 1.5),
        (60, 2.5),
        (89, 2.5),
        (90, 3.0),
        (-89, 1.5),
        (-90, 1.0),
        (180, 3.5),
        (-180, 0.5),
        (240, 3.5),
        (-240, 0.5),
        (100_000, 3.5),
        (-100_000, 0.5),
    ],
)
def test_the_mean_is_clamped_and_rounded_to_halves(s, mean):
    assert release([24] * 10, TWO, Given(0, s)) == Release(10, Figures("10-19", mean))


def test_nobody_and_nine_are_told_alike():
    silent = {release([value] * n, TWO, Given(0, 0)).total for n in range(10) for value in (0, 48)}
    assert silent == {None}
    assert release([], TWO, Given(9, 5000)) == release([48] * 9, TWO, Given(0, -77))
    assert release([], TWO, Given(-7, 0)) == Release(-7, None)


@given(VALUES, st.integers(-100, 100), st.integers(-3000, 3000))
def test_a_release_depends_on_the_two_noisy_integers_alone(values, noise_c, noise_s):
    drawn = release(values, TWO, Given(noise_c, noise_s))
    c, s = len(values) + noise_c, sum(values) - 24 * len(values) + noise_s
    assert drawn == release([], TWO, Given(c, s))
    assert drawn.by_role == ()
    assert (drawn.total is None) == (c < 10)
    if drawn.total:
        assert drawn.total.mean in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)


@pytest.mark.parametrize("value", [-1, 49])
def test_a_value_that_would_break_the_promise_is_refused(value):
    with pytest.raises(ValueError, match="between 0 and 48"):
        release([24, value], TWO, Given(0, 0))
    with pytest.raises(ValueError, match="between 0 and 48"):
        release_by_role({Role.FAMILY: [value]}, TWO, Given(0, 0, 0, 0, 0, 0))


@pytest.mark.parametrize("epsilon", [Fraction(0), Fraction(-1)])
def test_an_epsilon_that_is_not_positive_is_refused(epsilon):
    with pytest.raises(ValueError, match="positive"):
        release([24], epsilon, Given(0, 0))


# --- by role ---


def test_three_pairs_are_drawn_and_the_total_is_their_sum():
    noise = Given(1, 10, -2, -20, 3, 30)
    values = {Role.USER: [36] * 30, Role.FAMILY: [12] * 25, Role.PROFESSIONAL: [24] * 20}
    drawn = release_by_role(values, LARGE.epsilon, noise)
    assert noise.scales == [4.0, 96.0] * 3
    assert noise.left == []
    assert drawn.c == 31 + 23 + 23
    # s: 370, -320 and 30, so 80 in all
    assert drawn == Release(
        77,
        Figures("50+", 2.0),
        (
            (Role.USER, Figures("20-49", 3.0)),
            (Role.FAMILY, Figures("20-49", 1.0)),
            (Role.PROFESSIONAL, Figures("20-49", 2.0)),
        ),
    )


@pytest.mark.parametrize("role", Role)
def test_one_small_role_hides_all_three(role):
    values = {other: [24] * (19 if other == role else 60) for other in Role}
    assert release_by_role(values, TWO, Given(0, 0, 0, 0, 0, 0)) == Release(
        139, Figures("50+", 2.0)
    )
    enough = {other: [24] * (20 if other == role else 60) for other in Role}
    assert len(release_by_role(enough, TWO, Given(0, 0, 0, 0, 0, 0)).by_role) == 3


def test_a_role_without_anybody_is_drawn_all_the_same():
    noise = Given(0, 0, 25, 0, 0, 0)
    drawn = release_by_role({Role.USER: [24] * 30, Role.PROFESSIONAL: [24] * 30}, TWO, noise)
    assert len(noise.scales) == 6
    assert drawn.c == 85
    assert len(drawn.by_role) == 3


def test_a_total_under_ten_is_not_told_by_role_either():
    assert release_by_role({}, TWO, Given(3, 0, 3, 0, 3, 0)) == Release(9, None)


# --- trends ---


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (2.0, 3.0, "higher"),
        (3.5, 0.5, "lower"),
        (2.5, 1.5, "lower"),
        (2.0, 2.5, None),
        (2.5, 2.0, None),
        (2.0, 2.0, None),
        (None, 3.0, None),
        (3.0, None, None),
        (None, None, None),
    ],
)
def test_a_trend_is_named_from_a_whole_point(before, now, expected):
    assert trend(before, now) == expected


# --- the promise itself, by enumeration ---
# With q = exp(-e/48) the sum's noise is k with probability (1-q)/(1+q) q^|k| and the number's the
# same with q^24. A rational q makes every probability exact: no rounding can hide or fake a leak.

Q = Fraction(24, 25)
BOUND = Q**-48  # exp(e)
FAR = 3000


def tail(q: Fraction, least: int) -> Fraction:
    """The chance that the noise is `least` or more: its geometric tail, summed."""
    return q**least / (1 + q) if least > 0 else 1 - q ** (1 - least) / (1 + q)


def chance(q: Fraction, value: int) -> Fraction:
    return (1 - q) / (1 + q) * q ** abs(value)


def least_noise(values: Sequence[int], noise_c: int, mean: float) -> int:
    """The least noise on the sum with which the published mean is at least this."""
    low, high = -FAR, FAR
    while low < high:
        middle = (low + high) // 2
        total = release(values, TWO, Given(noise_c, middle)).total
        assert total is not None
        if total.mean >= mean:
            high = middle
        else:
            low = middle + 1
    return low


def distribution(values: Sequence[int]) -> Iterator[tuple[tuple[int, float | None], Fraction]]:
    """What can be seen by somebody who is even shown `c`, with its exact probability."""
    for c in range(-5, 34):
        noise_c = c - len(values)
        chance_c = chance(Q**24, noise_c)
        if release(values, TWO, Given(noise_c, 0)).total is None:
            yield (c, None), chance_c
            continue
        means = [halves / 2 for halves in range(1, 8)]
        tails = [tail(Q, least_noise(values, noise_c, mean)) for mean in means[1:]]
        for mean, above, beyond in zip(
            means, [Fraction(1), *tails], [*tails, Fraction(0)], strict=True
        ):
            yield (c, mean), chance_c * (above - beyond)


NEIGHBOURS = {
    "one answer from worst to best": ([0] * 12, [0] * 11 + [48]),
    "one answer among mixed ones": ([0, 48, 24, 10] * 3 + [48], [0, 48, 24, 10] * 3 + [0]),
    "one answer by a step": ([24] * 10, [24] * 9 + [36]),
    "the tenth joins with the best": ([24] * 9, [24] * 9 + [48]),
    "the tenth joins with the worst": ([48] * 9, [48] * 9 + [0]),
    "the first joins": ([], [48]),
    "one of twenty leaves": ([36] * 20, [36] * 19),
}


@pytest.mark.parametrize("pair", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_one_person_changes_no_chance_by_more_than_the_bound(pair):
    one, other = (dict(distribution(values)) for values in pair)
    assert one.keys() == other.keys()
    for seen, probability in one.items():
        assert 0 < probability <= BOUND * other[seen]
        assert other[seen] <= BOUND * probability


@pytest.mark.parametrize("n", [0, 9, 10, 25])
def test_whether_anything_is_published_costs_half_the_bound(n):
    with_one, without = tail(Q**24, 10 - (n + 1)), tail(Q**24, 10 - n)
    assert without <= with_one <= Q**-24 * without
    assert 1 - without <= Q**-24 * (1 - with_one)


def test_the_bound_is_used_and_not_wasted():
    one, other = (
        dict(distribution(values)) for values in NEIGHBOURS["the tenth joins with the best"]
    )
    assert max(other[seen] / one[seen] for seen in one) == BOUND


def test_all_that_can_be_seen_adds_up():
    seen = sum(probability for _, probability in distribution([24] * 14))
    assert 1 - seen == tail(Q**24, 34 - 14) + tail(Q**24, 14 + 5 + 1)


# --- usefulness: the table of docs/anonymity.md, "Summaries" ---


@pytest.mark.parametrize(
    ("n", "tier", "error"),
    [
        (10, SMALL, 0.6),
        (19, SMALL, 0.45),
        (20, MIDDLE, 0.65),
        (49, MIDDLE, 0.35),
        (60, LARGE, 0.5),
        (150, LARGE, 0.3),
    ],
)
def test_the_error_of_the_mean_is_as_the_design_says(n, tier, error):
    # 1,500 centres from a fixed seed with means spread over 0.5 to 3.5: the 95th percentile then
    # has a standard error of about 0.015, the design's figures are rounded to 0.05
    noise, errors = Seeded(n), []
    for _ in range(1500):
        level = noise.random.randrange(6, 43)
        values = [min(48, max(0, level + noise.random.randrange(-9, 10))) for _ in range(n)]
        total = release(values, tier.epsilon, noise).total
        if total:
            errors.append(abs(total.mean - sum(values) / n / 12))
    assert len(errors) > 900
    assert sorted(errors)[len(errors) * 95 // 100] == pytest.approx(error, abs=0.07)

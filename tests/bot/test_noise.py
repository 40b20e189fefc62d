from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from math import exp

import pytest

from assembly.disclosure import Noise, release
from bot.noise import OpenDpNoise

DRAWS = 4000


def test_it_draws_whole_numbers_of_the_right_spread():
    # Discrete Laplace at scale 4: 0 has a chance of 0.124, |k| > 12 one of 0.044, a mean of 0 and a
    # standard deviation of 5.6. Each bound is more than 7 standard errors away: a chance of 1e-11.
    noise: Noise = OpenDpNoise()
    draws = [noise.discrete_laplace(4.0) for _ in range(DRAWS)]
    assert {type(draw) for draw in draws} == {int}
    q = exp(-1 / 4)
    assert draws.count(0) / DRAWS == pytest.approx((1 - q) / (1 + q), abs=0.04)
    beyond = sum(abs(draw) > 12 for draw in draws) / DRAWS
    assert beyond == pytest.approx(2 * q**13 / (1 + q), abs=0.03)
    assert abs(sum(draws) / DRAWS) < 0.7
    assert min(draws) < 0 < max(draws)


def test_a_larger_scale_spreads_wider():
    noise = OpenDpNoise()
    narrow, wide = (
        sum(abs(noise.discrete_laplace(scale)) for _ in range(500)) for scale in (2.0, 96.0)
    )
    assert wide > 10 * narrow


def test_a_release_can_be_drawn_with_it():
    drawn = release([36] * 200, Fraction(2), OpenDpNoise())
    # the chance that noise of scale 1 moves 200 below 100 is about 1e-43
    assert drawn.c > 100
    assert drawn.total is not None
    assert drawn.total.band == "50+"


@pytest.mark.parametrize("scale", [0.0, -1.0, float("inf"), float("nan")])
def test_a_scale_that_would_give_no_noise_is_refused(scale):
    with pytest.raises(ValueError, match="positive"):
        OpenDpNoise().discrete_laplace(scale)


def test_the_library_is_loaded_only_when_it_is_needed():
    script = "import sys, bot.noise; print('opendp' in sys.modules)"
    loaded = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "False"

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import poll

from assembly.counting.table import METHODS
from assembly.deciding import decide
from assembly.rule import HALF, DecisionMethod, Rule
from assembly.threshold import check_threshold

TWO_THIRDS = Fraction(2, 3)


@pytest.mark.parametrize(
    ("method", "threshold", "of", "number"),
    [
        (DecisionMethod.MAJORITY, HALF, 24, 13),
        (DecisionMethod.MAJORITY, HALF, 25, 13),
        (DecisionMethod.MAJORITY, TWO_THIRDS, 24, 16),
        (DecisionMethod.MAJORITY, TWO_THIRDS, 25, 17),
        (DecisionMethod.MAJORITY, Fraction(1), 7, 7),
        (DecisionMethod.CONSENSUS, HALF, 24, 12),
        (DecisionMethod.CONSENSUS, Fraction(3, 4), 10, 8),
    ],
)
def test_the_least_number_that_is_enough(method, threshold, of, number):
    kind = METHODS[method].threshold
    assert kind is not None and kind.least(threshold, of) == number


@given(
    st.sampled_from([("majority", "yes", "no"), ("consensus", "agree", "aside")]),
    st.fractions(HALF, 1, max_denominator=12),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_exactly_those_with_at_least_so_many_are_carried(words, threshold, agreed, against):
    method, for_, not_for = words
    rule = Rule(DecisionMethod(method), threshold=threshold)
    of = agreed + against
    if of:
        kind = METHODS[rule.method].threshold
        assert kind is not None
        least = kind.least(threshold, of)
        outcome = decide(rule, poll(rule, f"{agreed} {for_} {against} {not_for}"))
        assert (outcome.result == "carried") is (agreed >= least)


@pytest.mark.parametrize("threshold", [HALF, TWO_THIRDS, Fraction(1)])
def test_from_one_half_to_one_a_threshold_is_one(threshold):
    check_threshold(Rule(threshold=threshold))


@pytest.mark.parametrize("threshold", [Fraction(49, 100), Fraction(101, 100), Fraction(2)])
def test_beyond_there_is_none(threshold):
    with pytest.raises(ValueError, match="from one half to one"):
        check_threshold(Rule(threshold=threshold))

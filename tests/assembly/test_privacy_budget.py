from __future__ import annotations

from fractions import Fraction

import pytest

from assembly.privacy_budget import YEARLY, account_year, may_spend
from assembly.questionnaire import WEEKLY


@pytest.mark.parametrize(
    ("spent", "epsilon", "expected"),
    [
        (Fraction(0), Fraction(2), True),
        (Fraction(24), Fraction(2), True),
        (Fraction(49, 2), Fraction(2), False),
        (Fraction(51, 2), Fraction(1, 2), True),
        (Fraction(26), Fraction(1, 2), False),
        (Fraction(30), Fraction(1, 2), False),
        # thirds add up exactly, where floats would overshoot or undershoot
        (sum([Fraction(1, 6)] * 155, Fraction(0)), Fraction(1, 6), True),
        (sum([Fraction(1, 6)] * 156, Fraction(0)), Fraction(1, 6), False),
        (Fraction(26) - Fraction(1, 10**30), Fraction(1, 10**30), True),
        (Fraction(26), Fraction(1, 10**30), False),
    ],
)
def test_an_account_pays_until_it_is_spent(spent, epsilon, expected):
    assert may_spend(spent, epsilon, YEARLY[WEEKLY.name]) is expected


def test_another_questionnaire_has_a_limit_of_its_own():
    assert may_spend(Fraction(3), Fraction(1), limit=Fraction(4))
    assert not may_spend(Fraction(4), Fraction(1), limit=Fraction(4))
    assert may_spend(Fraction(0), Fraction(1, 2), limit=Fraction(1, 2))
    assert not may_spend(Fraction(0), Fraction(1, 2), limit=Fraction(0))


@pytest.mark.parametrize(
    ("spent", "epsilon", "limit"),
    [(-1, 1, 26), (0, 0, 26), (0, -1, 26), (0, 1, -1)],
)
def test_amounts_that_make_no_sense_are_refused(spent, epsilon, limit):
    with pytest.raises(ValueError, match="no such amounts"):
        may_spend(Fraction(spent), Fraction(epsilon), Fraction(limit))


@pytest.mark.parametrize(("week", "year"), [(0, 0), (51, 0), (52, 1), (103, 1), (104, 2)])
def test_a_year_is_fifty_two_weeks(week, year):
    assert account_year(week) == year


def test_there_is_no_year_before_the_first_week():
    with pytest.raises(ValueError, match="before"):
        account_year(-1)

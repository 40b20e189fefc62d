"""Every outcome that a count can come to is stored and read back exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import marking
from assembly.ballot import Ballot
from assembly.counting.table import WORDS, form
from assembly.deciding import decide
from assembly.outcome import Outcome, Poll, Turnout, Why
from assembly.roles import Role
from assembly.rule import DecisionMethod, Rule
from storage import outcomes

OPTIONS = ("Bread", "Cake", 'Soup \u2013 "warm"')


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, whatever a count makes of it one day."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (Union, UnionType):
        return st.one_of(*(anything(each) for each in inside))
    if origin is tuple:
        return st.lists(anything(inside[0]), max_size=3).map(tuple)
    if origin is not None:
        return st.dictionaries(anything(inside[0]), anything(inside[1]), max_size=3)
    if hint is Decimal:
        return st.decimals(allow_nan=False, allow_infinity=False)
    if hasattr(hint, "__dataclass_fields__"):
        hints = get_type_hints(hint)
        return st.fixed_dictionaries({name: anything(each) for name, each in hints.items()}).map(
            lambda fields: hint(**fields)
        )
    return st.from_type(hint)


@given(anything(Outcome))
def test_any_outcome_reads_back_exactly(outcome: Outcome) -> None:
    back = outcomes.read(outcomes.written(outcome), outcome.result, 7)
    assert back == outcome
    assert repr(back) == repr(outcome)  # types and the digits of decimals, too


@pytest.mark.parametrize("method", DecisionMethod)
def test_what_each_method_comes_to(method: DecisionMethod) -> None:
    if method in WORDS:
        rule, choices = Rule(method=method), list(WORDS[method])
    else:
        rule = Rule(method=method, options=OPTIONS, dots=4)
        said = ("310", "022", "211") if marking.blank(rule).choice else ("01", "2", "12", "0")
        choices = [choice for choice in said if form(rule).valid(choice, rule)]
    ballots = tuple(Ballot(choice) for choice in choices for _ in range(2))
    heads = {Role.USER: len(ballots)}
    outcome = decide(rule, Poll(ballots, heads, heads, drawn=tuple(range(len(rule.options)))))
    assert outcomes.read(outcomes.written(outcome), outcome.result, len(ballots)) == outcome


@pytest.mark.parametrize(
    ("votes", "result", "why"),
    [
        ((4, 1, 0), "carried", Why.REACHED),
        ((2, 2, 1), "not_carried", Why.TIE),
        ((1, 4, 0), "not_carried", Why.MISSED),
        ((5, 0, 0), "no_quorum", Why.TOO_FEW),
        ((0, 0, 5), "no_result", Why.NOTHING_SAID),
    ],
)
def test_figures_of_before_there_were_methods(
    votes: tuple[int, int, int], result: Any, why: Why
) -> None:
    yes, no, abstain = votes
    stored = json.dumps({"yes": yes, "no": no, "abstain": abstain, "needed": 2})
    outcome = outcomes.read(stored, result, 9)
    assert (outcome.result, outcome.why) == (result, why)
    assert outcome.votes == {"yes": yes, "no": no, "abstain": abstain}
    assert outcome.turnout == Turnout(5, 0, 9, None, 2, None)
    assert outcome.share == (Fraction(yes, yes + no) if yes + no else None)
    assert replace(outcome, share=None, of=None).winners == ()

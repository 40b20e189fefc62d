"""Consent: one objection is enough, and silence is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, times, told, votes

from assembly.deciding import decide
from assembly.outcome import InPersonBallots
from assembly.rule import DecisionMethod, Rule

RULE = Rule(DecisionMethod.CONSENT)
SAID = votes(st.sampled_from(["consent", "object"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 consent", ("carried", "no_objection")),
        ("30 consent", ("carried", "no_objection")),
        ("30 consent 1 object", ("not_carried", "objections")),
        ("1 object", ("not_carried", "objections")),
        ("", ("no_result", "nothing_said")),
    ],
)
def test_results(text, expected):
    assert told(decide(RULE, poll(RULE, text, silent=9))) == expected


def test_there_is_no_share_to_compare():
    outcome = decide(RULE, poll(RULE, "3 consent 2 object"))
    assert outcome.votes == {"consent": 3, "object": 2}
    assert (outcome.share, outcome.of, outcome.roles) == (None, None, None)


def test_an_objection_in_the_hall_counts_and_an_invalid_paper_does_not():
    hall = (InPersonBallots("object", 1), InPersonBallots("invalid", 2))
    collected = replace(poll(RULE, "3 consent"), hall=hall, headcounts={None: 3})
    assert told(decide(RULE, collected)) == ("not_carried", "objections")
    collected = replace(collected, hall=hall[1:])
    outcome = decide(RULE, collected)
    assert told(outcome) == ("carried", "no_objection")
    assert outcome.votes == {"consent": 3, "object": 0, "invalid": 2}
    nothing = replace(poll(RULE), hall=hall[1:], headcounts={None: 2})
    assert told(decide(RULE, nothing)) == ("no_result", "nothing_said")


@given(SAID, st.integers(2, 4))
def test_neither_order_nor_number_matters(said, factor):
    collected = of_votes(RULE, said)
    outcome = decide(RULE, collected)
    assert decide(RULE, replace(collected, ballots=collected.ballots[::-1])) == outcome
    assert told(decide(RULE, of_votes(RULE, times(said, factor)))) == told(outcome)
    objected = any(words.get("object") for words in said.values())
    assert (outcome.result == "not_carried") is objected

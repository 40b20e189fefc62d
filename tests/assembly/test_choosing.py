from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.choosing import Topic, chosen, needs_present, offered, topics, typed, with_method
from assembly.counting.table import WORDS
from assembly.rule import Base, DecisionMethod, Electorate, Parity, Quorum, QuorumOf, Rule, Secrecy

OPTIONS = ("Blue", "Green", "Yellow")
RULES = [Rule(method, () if method in WORDS else OPTIONS) for method in DecisionMethod]
BY_METHOD = {rule.method: rule for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.method))
def test_every_choice_that_is_offered_means_something(rule: Rule) -> None:
    for topic in topics(rule):
        for present in (False, True):
            choices = offered(rule, topic, present=present)
            assert len(set(choices)) == len(choices)
            assert bool(choices) is (topic is not Topic.OPTIONS)
            for choice in choices:
                changed = chosen(rule, topic, choice)
                assert changed is not None
                assert chosen(changed, topic, choice) == changed  # twice is the same as once


def test_what_can_be_chosen_depends_on_the_method() -> None:
    always = {Topic.METHOD, Topic.OPTIONS, Topic.ELECTORATE, Topic.QUORUM, Topic.SECRECY}
    more = {
        DecisionMethod.MAJORITY: {Topic.THRESHOLD, Topic.BASE, Topic.PARITY},
        DecisionMethod.CONSENT: set(),
        DecisionMethod.CONSENSUS: {Topic.THRESHOLD, Topic.PARITY},
        DecisionMethod.APPROVAL: {Topic.SEATS, Topic.PARITY},
        DecisionMethod.SCORE: {Topic.SEATS, Topic.PARITY},
        DecisionMethod.DOTS: {Topic.SEATS, Topic.DOTS},
        DecisionMethod.IRV: set(),
        DecisionMethod.SCHULZE: set(),
        DecisionMethod.RANKED_PAIRS: set(),
        DecisionMethod.STV_SCOTTISH: {Topic.SEATS},
        DecisionMethod.STV_MEEK: {Topic.SEATS},
    }
    for method, topics_of_its_own in more.items():
        assert set(topics(BY_METHOD[method])) == always | topics_of_its_own


def test_methods_fit_the_options() -> None:
    with_words = offered(Rule(), Topic.METHOD, present=True)
    assert with_words[:3] == ("majority", "consent", "consensus")
    with_options = offered(BY_METHOD[DecisionMethod.IRV], Topic.METHOD, present=True)
    assert set(with_words) == set(WORDS)
    assert len(with_options) >= 8 and set(with_options) == set(DecisionMethod) - set(WORDS)
    assert chosen(Rule(), Topic.METHOD, "irv") is None
    assert chosen(BY_METHOD[DecisionMethod.IRV], Topic.METHOD, "majority") is None


@pytest.mark.parametrize(
    ("choice", "threshold", "base"),
    [
        ("simple", Fraction(1, 2), Base.YES_NO),
        ("absolute", Fraction(1, 2), Base.ENTITLED),
        ("2/3", Fraction(2, 3), Base.CAST),
        ("3/5", Fraction(3, 5), Base.CAST),
    ],
)
def test_thresholds(choice: str, threshold: Fraction, base: Base) -> None:
    rule = chosen(Rule(base=Base.CAST), Topic.THRESHOLD, choice)
    assert rule == Rule(threshold=threshold, base=base)


def test_quorums() -> None:
    share = Rule(quorum=Quorum(Fraction(1, 3)))
    number = chosen(share, Topic.QUORUM, "n7")
    assert number is not None and number.quorum == Quorum(number=7)
    each = chosen(number, Topic.QUORUM, "each")
    assert each is not None and each.quorum == Quorum(number=7, each_role=True)
    back = chosen(each, Topic.QUORUM, "1/2")
    assert back is not None and back.quorum == Quorum(Fraction(1, 2), each_role=True)
    present = chosen(share, Topic.QUORUM, "present")
    assert present is not None
    assert present.quorum == Quorum(Fraction(1, 3), of=QuorumOf.PRESENT)


def test_another_method_starts_as_usual() -> None:
    rule = replace(BY_METHOD[DecisionMethod.APPROVAL], seats=2, electorate=Electorate.USER)
    assert with_method(rule, DecisionMethod.STV_MEEK).seats == 2
    assert with_method(rule, DecisionMethod.IRV).seats == 1
    dots = with_method(rule, DecisionMethod.DOTS)
    assert (dots.dots, dots.electorate) == (10, Electorate.USER)
    assert with_method(dots, DecisionMethod.SCORE).dots == 0
    strict = Rule(threshold=Fraction(3, 4), base=Base.CAST)
    consensus = with_method(strict, DecisionMethod.CONSENSUS)
    assert (consensus.threshold, consensus.base) == (Fraction(3, 4), Base.YES_NO)
    assert with_method(strict, DecisionMethod.CONSENT).threshold == Fraction(1, 2)
    usual = with_method(Rule(), DecisionMethod.CONSENSUS)
    assert usual.threshold == Fraction(2, 3)
    assert with_method(usual, DecisionMethod.MAJORITY).threshold == Fraction(1, 2)


@pytest.mark.parametrize(
    ("topic", "text", "choice"),
    [
        (Topic.THRESHOLD, " 3 / 5 ", "3/5"),
        (Topic.THRESHOLD, "60%", "3/5"),
        (Topic.THRESHOLD, "100 %", "1/1"),
        (Topic.THRESHOLD, "3", None),
        (Topic.THRESHOLD, "half", None),
        (Topic.QUORUM, "7", "n7"),
        (Topic.QUORUM, "007", "n7"),
        (Topic.QUORUM, "1/3", "1/3"),
        (Topic.QUORUM, "-7", None),
        (Topic.QUORUM, "99999", None),
        (Topic.DOTS, "12", "12"),
        (Topic.DOTS, "1/2", None),
        (Topic.SEATS, "3", "3"),
        (Topic.METHOD, "3", None),
    ],
)
def test_what_is_typed(topic: Topic, text: str, choice: str | None) -> None:
    assert typed(topic, text) == choice


@pytest.mark.parametrize(
    ("topic", "choice"),
    [
        (Topic.THRESHOLD, "1/0"),
        (Topic.QUORUM, "1/0"),
        (Topic.QUORUM, "n"),
        (Topic.BASE, "nobody"),
        (Topic.SECRECY, ""),
        (Topic.PARITY, "yes"),
        (Topic.ELECTORATE, "hugo"),
        (Topic.OPTIONS, "a"),
        (Topic.SEATS, "2"),
        (Topic.DOTS, "5"),
        (Topic.METHOD, "borda"),
    ],
)
def test_what_means_nothing_here(topic: Topic, choice: str) -> None:
    assert chosen(Rule(), topic, choice) is None


def test_numbers_out_of_range_mean_nothing() -> None:
    dots = BY_METHOD[DecisionMethod.DOTS]
    for choice in ("0", "20", "-1", "99999", "٣"):
        assert chosen(dots, Topic.DOTS, choice) is None
    assert chosen(dots, Topic.SEATS, "21") is None
    assert chosen(BY_METHOD[DecisionMethod.CONSENSUS], Topic.THRESHOLD, "absolute") is None


@given(st.sampled_from(RULES), st.sampled_from(Topic), st.text(max_size=8))
def test_anything_can_be_typed_and_pressed(rule: Rule, topic: Topic, text: str) -> None:
    choice = typed(topic, text)
    for each in (text, choice):
        changed = chosen(rule, topic, each) if each is not None else None
        assert changed is None or changed.options == rule.options


def test_parity_and_secrecy() -> None:
    assert offered(Rule(), Topic.PARITY, present=False) == tuple(Parity)
    approval = BY_METHOD[DecisionMethod.APPROVAL]
    assert offered(approval, Topic.PARITY, present=False) == ("none", "equal-weights")
    opened = chosen(Rule(), Topic.SECRECY, "open")
    assert opened is not None and opened.secrecy is Secrecy.OPEN


@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        (Rule(), False),
        (Rule(electorate=Electorate.PRESENT), True),
        (Rule(base=Base.PRESENT), True),
        (Rule(DecisionMethod.CONSENT, base=Base.PRESENT), False),
        (Rule(quorum=Quorum(Fraction(1, 3), of=QuorumOf.PRESENT)), True),
        (Rule(quorum=Quorum(of=QuorumOf.PRESENT)), False),
    ],
)
def test_what_needs_to_know_who_is_there(rule: Rule, needed: bool) -> None:
    assert needs_present(rule) is needed

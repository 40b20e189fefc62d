"""A rule changed choice by choice: what can be chosen, and what becomes of the rule then.

A choice is a short text, so that it travels in a button: `2/3` for a threshold, `n7` for a quorum
of seven. Whether the changed rule is possible with the people there are is fitting.py's to say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from assembly.collected import goes_by_present
from assembly.fitting import MOST_DOTS, THRESHOLD
from assembly.parity import possible
from assembly.rule import (
    HALF,
    MOST_OPTIONS,
    SEVERAL,
    WORDS,
    Base,
    DecisionMethod,
    Electorate,
    Parity,
    Quorum,
    QuorumOf,
    Rule,
    Secrecy,
)
from assembly.suggestion import DOTS

SIMPLE, ABSOLUTE = "simple", "absolute"
WHOLE, EACH = "whole", "each"

_FRACTION = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})\s*%", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_BALLOTS = re.compile(r"n(\d{1,4})", re.ASCII)


class Topic(StrEnum):
    """What can be chosen about a question, in the order in which it is offered."""

    METHOD = "m"
    OPTIONS = "o"
    SEATS = "s"
    DOTS = "d"
    THRESHOLD = "t"
    BASE = "b"
    PARITY = "p"
    ELECTORATE = "e"
    QUORUM = "q"
    SECRECY = "x"


def topics(rule: Rule) -> tuple[Topic, ...]:
    """What there is to choose under this rule's method."""
    unused = set()
    if rule.method not in SEVERAL:
        unused.add(Topic.SEATS)
    if rule.method is not DecisionMethod.DOTS:
        unused.add(Topic.DOTS)
    if rule.method not in THRESHOLD:
        unused.add(Topic.THRESHOLD)
    if rule.method is not DecisionMethod.MAJORITY:
        unused.add(Topic.BASE)
    if not possible(rule.method, Parity.EQUAL_WEIGHTS):
        unused.add(Topic.PARITY)
    return tuple(topic for topic in Topic if topic not in unused)


def offered(rule: Rule, topic: Topic, *, present: bool) -> tuple[str, ...]:
    """The choices worth a button; `present`: it is known who is there."""
    if topic is Topic.METHOD:
        return tuple(method for method in DecisionMethod if (method in WORDS) is (not rule.options))
    if topic is Topic.THRESHOLD:
        majority = rule.method is DecisionMethod.MAJORITY
        return (SIMPLE, ABSOLUTE, "2/3", "3/4") if majority else ("1/2", "2/3", "3/4", "1/1")
    if topic is Topic.BASE:
        return tuple(base for base in Base if present or base is not Base.PRESENT)
    if topic is Topic.SEATS:
        return tuple(str(seats) for seats in range(1, len(rule.options)))
    if topic is Topic.DOTS:
        return ("3", "5", "10", "15")
    if topic is Topic.ELECTORATE:
        return tuple(each for each in Electorate if present or each is not Electorate.PRESENT)
    if topic is Topic.QUORUM:
        whom: tuple[str, ...] = (QuorumOf.PRESENT, QuorumOf.ELECTORATE) if present else ()
        return ("0/1", "1/4", "1/3", "1/2", "2/3", "3/4", *whom, WHOLE, EACH)
    if topic is Topic.PARITY:
        return tuple(parity for parity in Parity if possible(rule.method, parity))
    return (Secrecy.SECRET, Secrecy.OPEN) if topic is Topic.SECRECY else ()


def typed(topic: Topic, text: str) -> str | None:
    """The choice that somebody wrote: `3/5` or `60 %`, a number of ballots, of seats or dots."""
    text = text.strip()
    if found := _PERCENT.fullmatch(text):
        text = f"{Fraction(int(found[1]), 100)}"
        text = text if "/" in text else f"{text}/1"
    if found := _FRACTION.fullmatch(text):
        return (
            f"{int(found[1])}/{int(found[2])}" if topic in (Topic.THRESHOLD, Topic.QUORUM) else None
        )
    if not _NUMBER.fullmatch(text):
        return None
    if topic is Topic.QUORUM:
        return f"n{int(text)}"
    return str(int(text)) if topic in (Topic.SEATS, Topic.DOTS) else None


def chosen(rule: Rule, topic: Topic, choice: str) -> Rule | None:
    """The rule with this choice; None where the choice means nothing here. Raises nothing."""
    if topic not in topics(rule):
        return None
    try:
        return _chosen(rule, topic, choice)
    except (ValueError, ZeroDivisionError):
        return None


def with_method(rule: Rule, method: DecisionMethod) -> Rule:
    """The same question by another method; what only the former method had is as usual again."""
    return replace(
        rule,
        method=method,
        seats=rule.seats if method in SEVERAL else 1,
        dots=(rule.dots or DOTS) if method is DecisionMethod.DOTS else 0,
        threshold=rule.threshold if method in THRESHOLD else HALF,
        base=rule.base if method is DecisionMethod.MAJORITY else Base.YES_NO,
    )


def _chosen(rule: Rule, topic: Topic, choice: str) -> Rule | None:
    if topic is Topic.METHOD:
        method = DecisionMethod(choice)
        fits = (method in WORDS) is (not rule.options)
        return with_method(rule, method) if fits else None
    if topic is Topic.THRESHOLD:
        return _with_threshold(rule, choice)
    if topic is Topic.BASE:
        return replace(rule, base=Base(choice))
    if topic is Topic.SEATS:
        seats = _whole(choice, MOST_OPTIONS)
        return None if seats is None else replace(rule, seats=seats)
    if topic is Topic.DOTS:
        dots = _whole(choice, MOST_DOTS)
        return None if dots is None else replace(rule, dots=dots)
    if topic is Topic.ELECTORATE:
        return replace(rule, electorate=Electorate(choice))
    if topic is Topic.QUORUM:
        quorum = _quorum(rule.quorum, choice)
        return None if quorum is None else replace(rule, quorum=quorum)
    if topic is Topic.PARITY:
        return replace(rule, parity=Parity(choice))
    return replace(rule, secrecy=Secrecy(choice)) if topic is Topic.SECRECY else None


def _with_threshold(rule: Rule, choice: str) -> Rule | None:
    if choice in (SIMPLE, ABSOLUTE):
        if rule.method is not DecisionMethod.MAJORITY:
            return None
        base = Base.YES_NO if choice == SIMPLE else Base.ENTITLED
        return replace(rule, threshold=HALF, base=base)
    share = _share(choice)
    return None if share is None else replace(rule, threshold=share)


def _quorum(quorum: Quorum, choice: str) -> Quorum | None:
    if choice in (WHOLE, EACH):
        return replace(quorum, each_role=choice == EACH)
    if found := _BALLOTS.fullmatch(choice):
        return replace(quorum, number=int(found[1]), share=Fraction(0), of=QuorumOf.ELECTORATE)
    if choice in tuple(QuorumOf):
        return replace(quorum, of=QuorumOf(choice))
    share = _share(choice)
    return None if share is None else replace(quorum, share=share, number=None)


def _share(choice: str) -> Fraction | None:
    found = _FRACTION.fullmatch(choice)
    return Fraction(int(found[1]), int(found[2])) if found else None


def _whole(choice: str, most: int) -> int | None:
    return int(choice) if _NUMBER.fullmatch(choice) and 1 <= int(choice) <= most else None


def needs_present(rule: Rule) -> bool:
    """Whether the rule can only be put where it is known who is there."""
    return rule.electorate is Electorate.PRESENT or goes_by_present(rule)

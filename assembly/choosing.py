"""A rule changed choice by choice: what can be chosen, and what becomes of the rule then.

A choice is a short text, so that it travels in a button: `2/3` for a threshold, `n7` for a quorum
of seven. Whether the changed rule is possible with the people there are is fitting.py's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from assembly.counting.method import Method
from assembly.counting.table import METHODS
from assembly.fitting import MOST_DOTS, goes_by_present, possible
from assembly.immutable import immutable
from assembly.rule import (
    HALF,
    MOST_OPTIONS,
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
from assembly.threshold import Threshold

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
    method = METHODS[rule.method]
    return tuple(topic for topic in Topic if _CHOICES[topic].used_by(method))


def offered(rule: Rule, topic: Topic, *, present: bool) -> tuple[str, ...]:
    """The choices worth a button; `present`: it is known who is there."""
    return tuple(_CHOICES[topic].offered(rule, present))


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
        return _CHOICES[topic].chosen(rule, choice)
    except (ValueError, ZeroDivisionError):
        return None


def with_method(rule: Rule, name: DecisionMethod) -> Rule:
    """The same question by another method; what only the former method had is as usual again."""
    method = METHODS[name]
    return replace(
        rule,
        method=name,
        seats=rule.seats if method.several else 1,
        dots=(rule.dots or DOTS) if method.dots else 0,
        threshold=_threshold(rule, method.threshold),
        base=rule.base if method.base else Base.YES_NO,
    )


def _threshold(rule: Rule, now: Threshold | None) -> Fraction:
    """The threshold that was chosen; the usual one where none was, or none can be."""
    before = METHODS[rule.method].threshold
    if now is not None and before is not None and rule.threshold != before.usual:
        return rule.threshold
    return now.usual if now is not None else HALF


def needs_present(rule: Rule) -> bool:
    """Whether the rule can only be put where it is known who is there."""
    return rule.electorate is Electorate.PRESENT or goes_by_present(rule)


def _methods(rule: Rule) -> tuple[DecisionMethod, ...]:
    """Those that ask for what the rule has: options, or one word."""
    one_word = not rule.options
    return tuple(each for each in DecisionMethod if bool(METHODS[each].words) is one_word)


def _offered_thresholds(rule: Rule, _present: bool) -> tuple[str, ...]:
    if METHODS[rule.method].base:
        return SIMPLE, ABSOLUTE, "2/3", "3/4"
    return "1/2", "2/3", "3/4", "1/1"


def _offered_quorums(_rule: Rule, present: bool) -> tuple[str, ...]:
    whom: tuple[str, ...] = (QuorumOf.PRESENT, QuorumOf.ELECTORATE) if present else ()
    return ("0/1", "1/4", "1/3", "1/2", "2/3", "3/4", *whom, WHOLE, EACH)


def _with_method(rule: Rule, choice: str) -> Rule | None:
    method = DecisionMethod(choice)
    return with_method(rule, method) if method in _methods(rule) else None


def _with_seats(rule: Rule, choice: str) -> Rule | None:
    seats = _whole(choice, MOST_OPTIONS)
    return None if seats is None else replace(rule, seats=seats)


def _with_dots(rule: Rule, choice: str) -> Rule | None:
    dots = _whole(choice, MOST_DOTS)
    return None if dots is None else replace(rule, dots=dots)


def _with_quorum(rule: Rule, choice: str) -> Rule | None:
    quorum = _quorum(rule.quorum, choice)
    return None if quorum is None else replace(rule, quorum=quorum)


def _with_threshold(rule: Rule, choice: str) -> Rule | None:
    if choice in (SIMPLE, ABSOLUTE):
        if not METHODS[rule.method].base:
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


def _always(_method: Method) -> bool:
    return True


@immutable
class _Choice:
    """What there is to choose about one topic: what is offered depends on the rule, and on whether
    it is known who is there; `chosen` may raise what chosen() catches."""

    offered: Callable[[Rule, bool], Iterable[str]]
    chosen: Callable[[Rule, str], Rule | None]
    used_by: Callable[[Method], bool] = _always


_CHOICES = {
    Topic.METHOD: _Choice(lambda rule, _: _methods(rule), _with_method),
    Topic.OPTIONS: _Choice(lambda *_: (), lambda *_: None),  # they are typed
    Topic.SEATS: _Choice(
        lambda rule, _: (str(seats) for seats in range(1, len(rule.options))),
        _with_seats,
        used_by=lambda method: method.several,
    ),
    Topic.DOTS: _Choice(
        lambda *_: ("3", "5", "10", "15"), _with_dots, used_by=lambda method: method.dots
    ),
    Topic.THRESHOLD: _Choice(
        _offered_thresholds,
        _with_threshold,
        used_by=lambda method: method.threshold is not None,
    ),
    Topic.BASE: _Choice(
        lambda _, present: (base for base in Base if present or base is not Base.PRESENT),
        lambda rule, choice: replace(rule, base=Base(choice)),
        used_by=lambda method: method.base,
    ),
    Topic.PARITY: _Choice(
        lambda rule, _: (parity for parity in Parity if possible(rule.method, parity)),
        lambda rule, choice: replace(rule, parity=Parity(choice)),
        used_by=lambda method: len(method.parities) > 1,
    ),
    Topic.ELECTORATE: _Choice(
        lambda _, present: (who for who in Electorate if present or who is not Electorate.PRESENT),
        lambda rule, choice: replace(rule, electorate=Electorate(choice)),
    ),
    Topic.QUORUM: _Choice(_offered_quorums, _with_quorum),
    Topic.SECRECY: _Choice(
        lambda *_: (Secrecy.SECRET, Secrecy.OPEN),
        lambda rule, choice: replace(rule, secrecy=Secrecy(choice)),
    ),
}

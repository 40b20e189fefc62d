"""Decisions that are answered by one word: what all of them have in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assembly.outcome import Outcome, Turnout, Why
from assembly.rule import Rule

_NOTHING: Mapping[str, int] = MappingProxyType({})


def undecided(rule: Rule, turnout: Turnout, said: Mapping[str, int] = _NOTHING) -> Outcome:
    """The outcome where nobody said anything that counts; `said`: ballots by word."""
    return Outcome(rule.method, "no_result", Why.NOTHING_SAID, turnout, dict(said))

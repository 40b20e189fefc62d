"""Decisions that are answered by one word: what all of them have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assembly.collected import INVALID, Group
from assembly.outcome import Outcome, Turnout, Why
from assembly.rule import Rule

_NOTHING: Mapping[str, int] = MappingProxyType({})


def votes(words: Sequence[str], group: Group) -> Mapping[str, int]:
    """Ballots by word, all `words` of the method; invalid papers where there are any."""
    said = {word: group.said.get(word, 0) for word in words}
    if words and group.said.get(INVALID):
        said[INVALID] = group.said[INVALID]
    return said


def undecided(rule: Rule, turnout: Turnout, said: Mapping[str, int] = _NOTHING) -> Outcome:
    """The outcome where nobody said anything that counts; `said`: ballots by word."""
    return Outcome(rule.method, "no_result", Why.NOTHING_SAID, turnout, dict(said))

"""Decisions that are answered by one word: what all of them have in common."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.collected import INVALID, CollectedBallots, Group
from assembly.outcome import Outcome, Turnout, Why
from assembly.rule import WORDS, Rule


def votes(rule: Rule, group: Group) -> Mapping[str, int]:
    """Ballots by word, all words of the method; invalid papers where there are any."""
    words = WORDS.get(rule.method, ())
    said = {word: group.said.get(word, 0) for word in words}
    if words and group.said.get(INVALID):
        said[INVALID] = group.said[INVALID]
    return said


def undecided(rule: Rule, collected: CollectedBallots, turnout: Turnout) -> Outcome:
    """The outcome where nobody said anything that counts."""
    said = votes(rule, collected.everybody)
    return Outcome(rule.method, "no_result", Why.NOTHING_SAID, turnout, said)

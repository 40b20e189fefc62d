"""Ballots as people fill them in, for any method: with one tap after the other."""

from __future__ import annotations

from hypothesis import strategies as st

from assembly import marking
from assembly.counting.table import METHODS
from assembly.forms.scores import score
from assembly.rule import Rule

VALUES = (None, *range(6))


def filled(rule: Rule) -> st.SearchStrategy[str]:
    """What one ballot says under a rule."""
    if words := METHODS[rule.method].words:
        return st.sampled_from(words)
    chances = st.lists(st.integers(0, 999), max_size=max(len(rule.options), rule.dots))
    return chances.map(lambda taps: tapped(rule, taps))


def tapped(rule: Rule, taps: list[int]) -> str:
    """What the ballot says after these taps, each on one of the options that are open then."""
    marks = marking.blank(rule)
    for tap in taps:
        if options := marking.open_options(marks, rule):
            marks = marking.tap(marks, options[tap % len(options)], rule)
        if marks.picked is not None:
            marks = score(marks, VALUES[tap // len(options) % len(VALUES)])
    return marks.choice

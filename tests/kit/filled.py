"""Ballots as people fill them in, for any method: with one tap after the other."""

from __future__ import annotations

from hypothesis import strategies as st

from assembly import marking
from assembly.counting.table import METHODS
from assembly.forms.scores import score
from assembly.rule import Rule


@st.composite
def filled(draw: st.DrawFn, rule: Rule) -> str:
    """What one ballot says under a rule."""
    if words := METHODS[rule.method].words:
        return draw(st.sampled_from(words))
    marks = marking.blank(rule)
    for _ in range(draw(st.integers(0, max(len(rule.options), rule.dots)))):
        options = marking.open_options(marks, rule)
        if not options:
            break
        marks = marking.tap(marks, draw(st.sampled_from(options)), rule)
        if marks.picked is not None:
            marks = score(marks, draw(st.sampled_from([None, *range(6)])))
    return marks.choice

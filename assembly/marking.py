"""A ballot that is being filled in, one tap after the other, before it is given.

The half-filled ballot is a short text, so that it can ride in the buttons themselves: each button
carries the whole state that it leads to. Nothing half-filled is ever stored, pressing twice is the
same as once, and a restart forgets nothing.

Whatever a tap makes of a valid state is a valid state; and what is marked is always a ballot of the
decision, even the first one, on which nothing is marked. What a tap does is the form's to say
(assembly/forms/).
"""

from __future__ import annotations

from assembly.counting.table import form
from assembly.forms.form import Marks
from assembly.rule import Rule


def read(text: str, rule: Rule) -> Marks:
    """What a button carried. Raises Misvote for anything that no tap leads to."""
    return form(rule).read(text, rule)


def blank(rule: Rule) -> Marks:
    """Nothing marked."""
    return Marks(form(rule).blank(rule))


def is_blank(choice: str, rule: Rule) -> bool:
    """Whether a choice marks nothing at all: whoever gives it takes part, and prefers nothing."""
    return choice == form(rule).blank(rule)


def open_options(marks: Marks, rule: Rule) -> tuple[int, ...]:
    """The options, by number, on which a tap does something now."""
    return form(rule).open_options(marks, rule)


def tap(marks: Marks, option: int, rule: Rule) -> Marks:
    """After a tap on an option: at the end of the ranking, on or off, picked to be scored, a dot
    more or less. Nothing changes where a tap does nothing (see `open_options`).
    """
    if option not in open_options(marks, rule):
        return marks
    return form(rule).tap(marks, option, rule)


def undo(marks: Marks, rule: Rule) -> Marks:
    """One step back: the last of a ranking leaves it, the picked option is put down."""
    return form(rule).undo(marks)

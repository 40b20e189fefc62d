"""A ballot that shares out dots among the options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assembly.ballot import DIGITS, Misvote
from assembly.forms.form import TAKING, Form, Marks, replaced
from assembly.rule import Rule

MOST_ON_ONE = len(DIGITS) - 1  # dots on one option: what one sign can say


class Dots(Form):
    """One sign for each option, how many dots it has: `3020`; at most as many as the rule gives."""

    def valid(self, choice: str, rule: Rule) -> bool:
        signs = len(choice) == len(rule.options) and set(choice) <= set(DIGITS)
        return signs and left(choice, rule) >= 0

    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        """The dots of each option."""
        return [str(on(choice, option)) for option in range(len(rule.options))]

    def blank(self, rule: Rule) -> str:
        return DIGITS[0] * len(rule.options)

    def read(self, text: str, rule: Rule) -> Marks:
        if not text.endswith(TAKING):
            return super().read(text, rule)
        choice = self.check(text[:-1], rule)
        if not _placed(choice):
            raise Misvote("no dot to take away")
        return Marks(choice, taking=True)

    def open_options(self, marks: Marks, rule: Rule) -> tuple[int, ...]:
        options = range(len(rule.options))
        if marks.taking:
            return tuple(option for option in options if on(marks.choice, option))
        if not left(marks.choice, rule):
            return ()
        return tuple(option for option in options if on(marks.choice, option) < MOST_ON_ONE)

    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        """A dot more on the option, or one less."""
        dots = on(marks.choice, option) + (-1 if marks.taking else 1)
        choice = replaced(marks.choice, option, DIGITS[dots])
        return Marks(choice, taking=marks.taking and _placed(choice) > 0)


DOTS_TO_PLACE = Dots()


def turn(marks: Marks) -> Marks:
    """From placing dots to taking them away, where there are any, and back."""
    return replace(marks, taking=not marks.taking and _placed(marks.choice) > 0)


def on(choice: str, option: int) -> int:
    """How many dots an option has, by its number."""
    return DIGITS.index(choice[option])


def left(choice: str, rule: Rule) -> int:
    """How many dots can still be placed; negative where there are too many."""
    return rule.dots - _placed(choice)


def _placed(choice: str) -> int:
    return sum(DIGITS.index(sign) for sign in choice)

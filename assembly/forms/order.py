"""A ballot that puts options in an order."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.ballot import DIGITS, numbers
from assembly.forms.form import Form, Marks
from assembly.rule import Rule


class Order(Form):
    """The options from the best on: `20a1`; those left out rank last together."""

    def valid(self, choice: str, rule: Rule) -> bool:
        return numbers(choice, len(rule.options)) is not None

    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        """The rank of each option, from 1 on; empty where it has none."""
        ranks = {sign: str(place) for place, sign in enumerate(choice, 1)}
        return [ranks.get(DIGITS[option], "") for option in range(len(rule.options))]

    def open_options(self, marks: Marks, rule: Rule) -> tuple[int, ...]:
        options = range(len(rule.options))
        return tuple(option for option in options if DIGITS[option] not in marks.choice)

    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        """At the end of the order."""
        return Marks(marks.choice + DIGITS[option])

    def undo(self, marks: Marks) -> Marks:
        """The last of the order leaves it."""
        return Marks(marks.choice[:-1])


ORDER = Order()

"""A ballot that names any number of options, all alike."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.ballot import DIGITS, numbers
from assembly.forms.form import Form, Marks
from assembly.rule import Rule


class AnyOptions(Form):
    """The options agreed with, by number: `03a`; "" for none of them."""

    def valid(self, choice: str, rule: Rule) -> bool:
        named = numbers(choice, len(rule.options))
        return named is not None and "".join(sorted(choice)) == choice

    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        """1 or 0 for each option."""
        options = range(len(rule.options))
        return ["1" if DIGITS[option] in choice else "0" for option in options]

    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        """The mark on, or off again."""
        return Marks("".join(sorted({*marks.choice} ^ {DIGITS[option]})))


ANY_OPTIONS = AnyOptions()

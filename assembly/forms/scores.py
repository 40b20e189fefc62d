"""A ballot that gives options a score from 0 to 5, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assembly.ballot import DIGITS, SCORES, UNSCORED, Misvote
from assembly.forms.form import Form, Marks, replaced
from assembly.rule import Rule


class Scores(Form):
    """One sign for each option, 0 to 5 or `-` for unscored: `5-30`."""

    def valid(self, choice: str, rule: Rule) -> bool:
        return len(choice) == len(rule.options) and set(choice) <= {*SCORES, UNSCORED}

    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        """The score of each option; empty where it has none."""
        return ["" if sign == UNSCORED else sign for sign in choice]

    def blank(self, rule: Rule) -> str:
        return UNSCORED * len(rule.options)

    def read(self, text: str, rule: Rule) -> Marks:
        count = len(rule.options)
        if len(text) != count + 1:
            return super().read(text, rule)
        picked = DIGITS.find(text[-1])
        if not 0 <= picked < count:
            raise Misvote("no option of this decision")
        return Marks(self.check(text[:-1], rule), picked=picked)

    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        """Picked, to be scored next."""
        return replace(marks, picked=option)


SCORES_0_TO_5 = Scores()


def score(marks: Marks, value: int | None) -> Marks:
    """The picked option scored 0 to 5, or not at all; nothing changes where none is picked."""
    if marks.picked is None:
        return marks
    sign = UNSCORED if value is None else SCORES[value]
    return Marks(replaced(marks.choice, marks.picked, sign))

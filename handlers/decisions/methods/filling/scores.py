"""Scoring options, in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.ballot import UNSCORED
from assembly.forms.form import Marks
from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.filling import Filling


class Scores(Filling):
    """An option is tapped, then its score."""

    said = later("Your scores: {named}.")

    def instruction(self, rule: Rule, marks: Marks, speak: Speech) -> Markup:
        if marks.picked is not None:
            option = rule.options[marks.picked]
            return speak("<b>{option}</b>: how good is it? 0 is worst, 5 is best.", option=option)
        return speak(
            "Tap an option, then give it 0 to 5: 5 is best. No score is not a 0: "
            "it does not count at all."
        )

    def items(self, rule: Rule, choice: str) -> tuple[Markup, ...]:
        scored = zip(rule.options, choice, strict=True)
        return tuple(Markup("{}: {}").format(name, n) for name, n in scored if n != UNSCORED)

    def briefly(self, rule: Rule, choice: str, speak: Speech) -> Markup:
        scored = len(self.items(rule, choice))
        return speak.many("Recorded: one option scored.", "Recorded: {n} options scored.", scored)

    def mark(self, marks: Marks, option: int) -> str:
        sign = marks.choice[option]
        return "" if sign == UNSCORED else f"{sign} · "

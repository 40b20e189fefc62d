"""Putting options in an order, in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.ballot import DIGITS
from assembly.forms.form import Marks
from assembly.forms.order import ORDER
from assembly.rule import Rule
from assembly.shortening import fitting
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.filling import SHORT, Filling, Step


class Order(Filling):
    """One tap after the other, the best option first."""

    said = later("Your order: {named}.")

    def instruction(self, rule: Rule, marks: Marks, speak: Speech) -> Markup | None:
        if len(marks.choice) == len(rule.options):
            return None
        return speak(
            "Tap the options in your order, the best one first. "
            "Those that you leave out rank last together."
        )

    def items(self, rule: Rule, choice: str) -> tuple[Markup, ...]:
        ranked = (rule.options[DIGITS.index(sign)] for sign in choice)
        return tuple(
            Markup("{}. {}").format(place, option) for place, option in enumerate(ranked, 1)
        )

    def briefly(self, rule: Rule, choice: str, speak: Speech) -> Markup:
        first = fitting(rule.options[DIGITS.index(choice[0])], SHORT)
        return speak("Your order is recorded: “{first}” first.", first=first)

    def steps_back(self, rule: Rule, marks: Marks, speak: Speech) -> tuple[Step, ...]:
        return ((speak("Undo"), ORDER.undo(marks)),)

"""Placing dots, in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.forms import dots
from assembly.forms.form import Marks
from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.filling import Filling, Step


class Dots(Filling):
    """A tap places a dot, or takes one away."""

    said = later("Your dots: {named}.")

    def instruction(self, rule: Rule, marks: Marks, speak: Speech) -> Markup:
        if marks.taking:
            return speak("Tap an option to take a dot away from it.")
        left = dots.left(marks.choice, rule)
        if not left:
            return speak("All your dots are placed.")
        return speak.many(
            "You have one dot left. Tap an option to place it.",
            "You have {n} dots left. Tap an option to place one; it can have several.",
            left,
        )

    def items(self, rule: Rule, choice: str) -> tuple[Markup, ...]:
        placed = ((name, dots.on(choice, option)) for option, name in enumerate(rule.options))
        return tuple(Markup("{}: {}").format(name, n) for name, n in placed if n)

    def briefly(self, rule: Rule, choice: str, speak: Speech) -> Markup:
        placed = sum(dots.on(choice, option) for option in range(len(rule.options)))
        return speak.many("Recorded: one dot.", "Recorded: {n} dots.", placed)

    def mark(self, marks: Marks, option: int) -> str:
        placed = dots.on(marks.choice, option)
        return f"{placed} · " if placed else ""

    def steps_back(self, rule: Rule, marks: Marks, speak: Speech) -> tuple[Step, ...]:
        turned = speak("Place dots") if marks.taking else speak("Take a dot away")
        return ((turned, dots.turn(marks)),)

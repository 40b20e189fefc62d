"""Marking any number of options, in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.ballot import DIGITS
from assembly.forms.form import Marks
from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.filling import Filling

ON, OFF = "☑", "☐"


class AnyOptions(Filling):
    """Each option is on or off."""

    blank = later("None of them")
    said_nothing = later("You agreed with none of them.")
    said = later("You agreed with: {named}.")

    def instruction(self, rule: Rule, marks: Marks, speak: Speech) -> Markup:
        return speak("Tap every option that you agree with. Another tap takes the mark off.")

    def items(self, rule: Rule, choice: str) -> tuple[Markup, ...]:
        return tuple(Markup("{}").format(rule.options[DIGITS.index(sign)]) for sign in choice)

    def briefly(self, rule: Rule, choice: str, speak: Speech) -> Markup:
        return speak.many(
            "Recorded: one option marked.", "Recorded: {n} options marked.", len(choice)
        )

    def mark(self, marks: Marks, option: int) -> str:
        return f"{ON if DIGITS[option] in marks.choice else OFF} "

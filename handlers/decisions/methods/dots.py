"""The words of dots."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.dots import Dots
from handlers.decisions.methods.method import Figures, OptionsWords


def _way(rule: Rule, speak: Speech) -> Markup:
    return speak.many(
        "Everybody has {dots} dots to place, and the option with the most dots wins.",
        "Everybody has {dots} dots to place, and the {n} options with the most dots win.",
        rule.seats,
        dots=rule.dots,
    )


WORDS = OptionsWords(
    name=later("Dots"),
    good_for=later("a few dots each; for sharing out money or time."),
    how=later(
        "<b>Dots to place</b> (dot voting): several may go on one option, and the most dots win."
    ),
    filling=Dots(),
    way=_way,
    figures=Figures(
        later("Dots for each"), lambda one, speak: speak.many("{n} dot", "{n} dots", one.total)
    ),
)

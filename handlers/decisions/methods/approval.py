"""The words of approval."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.any_options import AnyOptions
from handlers.decisions.methods.method import Figures, OptionsWords


def _way(rule: Rule, speak: Speech) -> Markup:
    return speak.many(
        "Everybody marks all the options they can live with, and the one with the most marks wins.",
        "Everybody marks all the options they can live with, and the {n} with the most marks win.",
        rule.seats,
    )


WORDS = OptionsWords(
    name=later("Approval"),
    good_for=later("all that one can live with; for dates and quick choices."),
    how=later(
        "<b>All that one can live with</b> (approval): each ballot marks any number of options, "
        "and the most marks win."
    ),
    filling=AnyOptions(),
    way=_way,
    figures=Figures(
        later("How many can live with each"),
        lambda one, speak: speak.many("{n} mark", "{n} marks", one.total),
    ),
)

"""The words of ranked pairs."""

from __future__ import annotations

from handlers.core.speech import later
from handlers.decisions.methods.filling.order import Order
from handlers.decisions.methods.method import OptionsWords

WORDS = OptionsWords(
    name=later("Ranked pairs"),
    good_for=later("like Schulze, the clearest comparisons first."),
    how=later(
        "<b>In order, each against each</b> (ranked pairs): the option wins that more people put "
        "before each of the others. Where they go round in a circle, the largest majorities are "
        "kept first."
    ),
    filling=Order(),
    way=lambda _rule, speak: speak(
        "Everybody puts the options in order, and the one wins that more people "
        "prefer to each of the others (Ranked pairs)."
    ),
    level=later("The majorities between {names} were level."),
)

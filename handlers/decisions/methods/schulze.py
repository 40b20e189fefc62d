"""The words of the Schulze method."""

from __future__ import annotations

from handlers.core.speech import later
from handlers.decisions.methods.filling.order import Order
from handlers.decisions.methods.method import OptionsWords

WORDS = OptionsWords(
    name=later("Schulze"),
    good_for=later("the same, but what suits most in every comparison of two."),
    how=later(
        "<b>In order, each against each</b> (Schulze method): the option wins that more people "
        "put before each of the others. Where they go round in a circle, the strongest chains of "
        "majorities decide."
    ),
    filling=Order(),
    way=lambda _rule, speak: speak(
        "Everybody puts the options in order, and the one wins that more people "
        "prefer to each of the others (Schulze method)."
    ),
)

"""The words of instant runoff."""

from __future__ import annotations

from handlers.core.speech import later
from handlers.decisions.methods.filling.order import Order
from handlers.decisions.methods.method import OptionsWords

WORDS = OptionsWords(
    name=later("Instant runoff"),
    good_for=later("the options in order; for choosing one person or one thing."),
    how=later(
        "<b>In order, the weakest drops out</b> (instant runoff): a ballot counts for the first of "
        "its options that is still in. The option with the fewest drops out, until one has more "
        "than half."
    ),
    filling=Order(),
    way=lambda _rule, speak: speak(
        "Everybody puts the options in order, and the weakest drops out round by "
        "round until one has more than half."
    ),
)

"""The words of Meek's STV."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.order import Order
from handlers.decisions.methods.method import OptionsWords


def _way(rule: Rule, speak: Speech) -> Markup:
    return speak.many(
        "Everybody puts the options in order, and one is elected (Meek’s STV).",
        "Everybody puts the options in order, and {n} are elected so that each larger"
        " group gets its share (Meek’s STV).",
        rule.seats,
    )


WORDS = OptionsWords(
    name=later("Meek’s STV"),
    good_for=later("the same, with shares of ballots counted more finely."),
    how=later(
        "<b>In order, for several places</b> (single transferable vote, Meek’s method): whoever "
        "reaches the quota is elected and keeps just as much of each ballot as that takes. The "
        "rest moves on, and so do the ballots of whoever drops out."
    ),
    filling=Order(),
    way=_way,
    chosen=later("Elected: {names}."),
)

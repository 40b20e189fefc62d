"""The words of Scottish STV."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.order import Order
from handlers.decisions.methods.method import OptionsWords


def _way(rule: Rule, speak: Speech) -> Markup:
    return speak.many(
        "Everybody puts the options in order, and one is elected (Scottish STV).",
        "Everybody puts the options in order, and {n} are elected so that each larger"
        " group gets its share (Scottish STV).",
        rule.seats,
    )


WORDS = OptionsWords(
    name=later("Scottish STV"),
    good_for=later(
        "the options in order; for electing several, so that smaller groups are heard too."
    ),
    how=later(
        "<b>In order, for several places</b> (single transferable vote, Scottish rules): whoever "
        "reaches the quota is elected. What they have above it moves on to the next on those "
        "ballots, and so do the ballots of whoever drops out."
    ),
    filling=Order(),
    way=_way,
    chosen=later("Elected: {names}."),
)

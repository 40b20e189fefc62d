"""Fractions as people say them."""

from __future__ import annotations

from fractions import Fraction

from handlers.core.speech import Speech, later

_NAMES = {
    Fraction(1, 2): later("half"),
    Fraction(1, 3): later("a third"),
    Fraction(2, 3): later("two thirds"),
    Fraction(1, 4): later("a quarter"),
    Fraction(3, 4): later("three quarters"),
    Fraction(1): later("100%"),
}


def share(fraction: Fraction, speak: Speech) -> str:
    """`two thirds`, or `3/5` where there is no short word for it."""
    name = _NAMES.get(fraction)
    return str(fraction) if name is None else str(speak(name))


def grammatical_number(fraction: Fraction) -> int:
    """For the verb beside it: a third takes part, two thirds take part."""
    return 2 if fraction == 1 else fraction.numerator

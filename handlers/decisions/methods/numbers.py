"""Numbers of a count as people read them: exact, or said to be rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal
from markupsafe import Markup

from handlers.core.speech import Speech, later


def number(value: Decimal | int, speak: Speech) -> str:
    """An exact number: all its decimals, none that says nothing."""
    exact = Decimal(value).normalize()
    return str(format_decimal(exact, locale=speak.language, decimal_quantization=False))


def average(value: Fraction, speak: Speech) -> Markup:
    """`4.2`; `about 3.33` where that is not all of it."""
    return _rounded(value, 2, speak, "{n}", later("about {n}"))


def percent(value: Fraction, speak: Speech) -> Markup:
    """`62.5%`; `7/12 (about 58.3%)` where that is not all of it."""
    return _rounded(value, 1, speak, later("{n}%"), later("{share} (about {n}%)"), scale=100)


def _rounded(
    value: Fraction, places: int, speak: Speech, exact: str, about: str, scale: int = 1
) -> Markup:
    units = value * scale * 10**places
    near = number(Decimal(round(units)).scaleb(-places), speak)
    return speak(exact if units.denominator == 1 else about, n=near, share=value)

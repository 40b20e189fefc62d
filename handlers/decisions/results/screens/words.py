"""How an outcome is put into words: its method, names as a list, and exact numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from assembly.outcome import Outcome, Result, shows_figures
from assembly.roles import Role
from assembly.rule import DecisionMethod, Rule, Secrecy
from assembly.shortening import fitting
from handlers.core.speech import Speech, later

HOW = {
    DecisionMethod.MAJORITY: later(
        "<b>Yes or no</b> (majority): it is carried if enough of those who count say yes."
    ),
    DecisionMethod.CONSENT: later(
        "<b>No objection</b> (sociocratic consent): it is carried if nobody objects."
    ),
    DecisionMethod.CONSENSUS: later(
        "<b>Agreeing together</b> (consensus): it is carried if nobody blocks it, and enough of "
        "those who take a stand agree."
    ),
    DecisionMethod.APPROVAL: later(
        "<b>All that one can live with</b> (approval): each ballot marks any number of options, "
        "and the most marks win."
    ),
    DecisionMethod.SCORE: later(
        "<b>0 to 5 points for each option</b> (score): the best average of those who gave points "
        "wins. No points given is not the same as 0."
    ),
    DecisionMethod.DOTS: later(
        "<b>Dots to place</b> (dot voting): several may go on one option, and the most dots win."
    ),
    DecisionMethod.IRV: later(
        "<b>In order, the weakest drops out</b> (instant runoff): a ballot counts for the first of "
        "its options that is still in. The option with the fewest drops out, until one has more "
        "than half."
    ),
    DecisionMethod.SCHULZE: later(
        "<b>In order, each against each</b> (Schulze method): the option wins that more people "
        "put before each of the others. Where they go round in a circle, the strongest chains of "
        "majorities decide."
    ),
    DecisionMethod.RANKED_PAIRS: later(
        "<b>In order, each against each</b> (ranked pairs): the option wins that more people put "
        "before each of the others. Where they go round in a circle, the largest majorities are "
        "kept first."
    ),
    DecisionMethod.STV_SCOTTISH: later(
        "<b>In order, for several places</b> (single transferable vote, Scottish rules): whoever "
        "reaches the quota is elected. What they have above it moves on to the next on those "
        "ballots, and so do the ballots of whoever drops out."
    ),
    DecisionMethod.STV_MEEK: later(
        "<b>In order, for several places</b> (single transferable vote, Meek’s method): whoever "
        "reaches the quota is elected and keeps just as much of each ballot as that takes. The "
        "rest moves on, and so do the ballots of whoever drops out."
    ),
}
ROLES = {
    Role.USER: later("Users of the service"),
    Role.FAMILY: later("Family members"),
    Role.PROFESSIONAL: later("Professionals"),
}

_TAG = re.compile("<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Bare:
    """All that is kept where so few took part that figures would tell who said what."""

    result: Result
    winners: tuple[int, ...] = ()


def figures(rule: Rule, came: Outcome | Bare) -> Outcome | None:
    """The outcome if its figures may be told: always where ballots are open, with names."""
    if isinstance(came, Bare):
        return None
    return came if rule.secrecy is Secrecy.OPEN or shows_figures(came) else None


class Names:
    """The options' names as they are told here, each in at most `most` characters."""

    def __init__(self, rule: Rule, speak: Speech, most: int | None = None) -> None:
        self._speak = speak
        self._names = [name if most is None else fitting(name, most) for name in rule.options]

    def one(self, option: int) -> str:
        """An option's name, not escaped."""
        return self._names[option]

    def all(self, options: Iterable[int]) -> Markup:
        """`A, B and C`."""
        return listing([Markup("{}").format(self._names[each]) for each in options], self._speak)


def listing(parts: Iterable[Markup], speak: Speech) -> Markup:
    """Parts as a sentence has them: `A, B and C`."""
    locale = "en_GB" if speak.language == "en" else speak.language
    return Markup(format_list([str(part) for part in parts], locale=locale))  # noqa: S704


def number(value: Decimal | int, speak: Speech) -> str:
    """An exact number: all its decimals, none that says nothing."""
    exact = Decimal(value).normalize()
    return str(format_decimal(exact, locale=speak.language, decimal_quantization=False))


def change(value: Decimal, speak: Speech) -> str:
    """How much more or less: `+3`, `−0.5`."""
    return ("+" if value > 0 else "−") + number(abs(value), speak)


def average(value: Fraction, speak: Speech) -> Markup:
    """`4.2`; `about 3.33` where that is not all of it."""
    return _rounded(value, 2, speak, "{n}", later("about {n}"))


def percent(value: Fraction, speak: Speech) -> Markup:
    """`62.5%`; `7/12 (about 58.3%)` where that is not all of it."""
    return _rounded(value, 1, speak, later("{n}%"), later("{share} (about {n}%)"), scale=100)


def length(text: Markup) -> int:
    """As Telegram counts a text: UTF-16 units, without the tags."""
    return len(Markup(_TAG.sub("", str(text))).unescape().encode("utf-16-le")) // 2  # noqa: S704


def _rounded(
    value: Fraction, places: int, speak: Speech, exact: str, about: str, scale: int = 1
) -> Markup:
    units = value * scale * 10**places
    near = number(Decimal(round(units)).scaleb(-places), speak)
    return speak(exact if units.denominator == 1 else about, n=near, share=value)

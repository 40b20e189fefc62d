"""How an outcome is put into words: its method, names as a list, and exact numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.lists import format_list
from markupsafe import Markup

from assembly.immutable import immutable
from assembly.outcome import Outcome, Result, shows_figures
from assembly.roles import Role
from assembly.rule import Rule, Secrecy
from assembly.shortening import fitting
from handlers.core.speech import Speech, later
from handlers.decisions.methods.numbers import number

ROLES = {
    Role.USER: later("Users of the service"),
    Role.FAMILY: later("Family members"),
    Role.PROFESSIONAL: later("Professionals"),
}


@immutable
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


def change(value: Decimal, speak: Speech) -> str:
    """How much more or less: `+3`, `−0.5`."""
    return ("+" if value > 0 else "−") + number(abs(value), speak)

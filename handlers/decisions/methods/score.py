"""The words of score."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from assembly.ballot import SCORES
from assembly.outcome import Points
from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.scores import Scores
from handlers.decisions.methods.method import Figures, OptionsWords
from handlers.decisions.methods.numbers import average, number


def _way(rule: Rule, speak: Speech) -> Markup:
    return speak.many(
        "Everybody gives each option 0 to 5 points, and the best average wins.",
        "Everybody gives each option 0 to 5 points, and the {n} best averages win.",
        rule.seats,
    )


def _got(one: Points, speak: Speech) -> Markup:
    if one.mean is None:
        return speak("no points given")
    mean, total = average(one.mean, speak), number(one.total, speak)
    if not one.enough:
        return speak.many(
            "{mean} on average, but only from {n} person: too few to be chosen",
            "{mean} on average, but only from {n} people: too few to be chosen",
            one.given_by,
            mean=mean,
        )
    return speak.many(
        "{mean} on average ({total} points from {n} person)",
        "{mean} on average ({total} points from {n} people)",
        one.given_by,
        mean=mean,
        total=total,
    )


class _Averages(Figures):
    """Points on average, out of five."""

    def weighed(self, value: Fraction, speak: Speech) -> Markup:
        return average(value, speak)

    def bar(self, one: Points, speak: Speech) -> tuple[Fraction, str]:
        value = one.weighed if one.weighed is not None else one.mean
        if value is None:
            return Fraction(0), "–"
        return value, average(value, speak).unescape()

    def full(self, *, weighed: bool) -> float:
        return int(SCORES[-1])


WORDS = OptionsWords(
    name=later("Points from 0 to 5"),
    good_for=later("how good each option is; for seeing how strongly we feel."),
    how=later(
        "<b>0 to 5 points for each option</b> (score): the best average of those who gave points "
        "wins, unless only few gave any. No points given is not the same as 0."
    ),
    filling=Scores(),
    way=_way,
    figures=_Averages(later("Points on average, from 0 to 5"), _got),
)

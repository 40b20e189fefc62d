"""What is said of a decision method: its words stand in the module with its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.outcome import Points
from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.filling.filling import Filling
from handlers.decisions.methods.numbers import number, percent


@immutable
class MethodWords:
    """`name` on a button; `good_for`, what it is and when to take it, in one line after the name;
    `how` it is counted, in a few sentences that stand alone."""

    name: str
    good_for: str
    how: str


@immutable
class Answer:
    """A word that a ballot can say: `label` on its button; what one has `said`; `told` after a
    name; `counted`, so many of them; `bar` of a picture; what it `means`, where that is explained;
    the `heading` of its reasons. `always`: counted even where nobody said it.
    """

    label: str
    said: str
    told: str
    counted: Callable[[Speech, int], Markup]
    bar: str
    means: str | None = None
    heading: str | None = None
    always: bool = False


@immutable
class Reached:
    """What was `needed`, in words and as a number of ballots `least` out of `of`; who `said` it."""

    needed: str
    of: int
    least: int
    said: int


def _no_tie(rule: Rule, speak: Speech) -> Markup | None:
    return None


@immutable
class OneWordWords(MethodWords):
    """Of a method that is answered by one word: `answers` in the order of the ballot's words;
    `conditions` under which it is carried; what was `reached`, where a share was asked for; what a
    `tie` is worth, where that is to be said."""

    answers: Mapping[str, Answer]
    conditions: Callable[[Rule, Speech], list[Markup]]
    reached: Callable[[Rule, Reached, Speech], Markup] | None = None
    tie: Callable[[Rule, Speech], Markup | None] = _no_tie

    @property
    def plain(self) -> bool:
        """Whether nothing needs to be explained: then one press in the group is an answer."""
        return not any(answer.means for answer in self.answers.values())


class Figures:
    """What options got, for methods by which each has a figure of its own."""

    def __init__(self, title: str, got: Callable[[Points, Speech], Markup]) -> None:
        """`title` of the picture; `got`: what an option got, in words."""
        self.title, self.got = title, got

    def weighed(self, value: Fraction, speak: Speech) -> Markup:
        """What it got where all roles weigh the same."""
        return percent(value, speak)

    def bar(self, one: Points, speak: Speech) -> tuple[Fraction, str]:
        """The length of an option's bar, and what stands beside it."""
        if one.weighed is not None:
            return one.weighed, percent(one.weighed, speak).unescape()
        return Fraction(one.total), number(one.total, speak)

    def full(self, *, weighed: bool) -> float:
        """The length of a full bar: the best that an option can get; 0 where there is none."""
        return 1 if weighed else 0


@immutable
class OptionsWords(MethodWords):
    """Of a method that chooses among options: `filling` in its ballot; the `way` in which options
    are answered and chosen, in a sentence; who is `chosen`; what options got as
    `figures`, except where they are counted in rounds or in pairs; and who was `level` in a tie,
    where the method has a word of its own for that."""

    filling: Filling
    way: Callable[[Rule, Speech], Markup]
    chosen: str = later("Chosen: {names}.")
    figures: Figures | None = None
    level: str | None = None

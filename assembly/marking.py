"""A ballot that is being filled in, one tap after the other, before it is given.

The half-filled ballot is a short text, so that it can ride in the buttons themselves: each button
carries the whole state that it leads to. Nothing half-filled is ever stored, pressing twice is the
same as once, and a restart forgets nothing.

Whatever a tap makes of a valid state is a valid state; and what is marked is always a ballot of the
decision, even the first one, on which nothing is marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assembly import ballot
from assembly.ballot import DIGITS, SCORES, UNSCORED, Misvote
from assembly.rule import RANKED, WORDS, DecisionMethod, Rule

TAKING = "-"
MOST_ON_ONE = len(DIGITS) - 1  # dots on one option: what one sign can say


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked: `choice` as in assembly.ballot.Ballot ("" where the answer is one word).

    `picked`: the option that is being scored, by its number. `taking`: a tap takes a dot away.
    """

    choice: str
    picked: int | None = None
    taking: bool = False

    @property
    def text(self) -> str:
        """As it rides in a button: the choice, and perhaps one sign more."""
        if self.picked is not None:
            return self.choice + DIGITS[self.picked]
        return self.choice + TAKING if self.taking else self.choice


def read(text: str, rule: Rule) -> Marks:
    """What a button carried. Raises Misvote for anything that no tap leads to."""
    count, method = len(rule.options), rule.method
    marks = Marks(text)
    if method in WORDS:
        if text:
            raise Misvote("one word is not marked, but said")
        return marks
    if method is DecisionMethod.SCORE and len(text) == count + 1:
        marks = Marks(text[:-1], picked=DIGITS.find(text[-1]))
        if not 0 <= (marks.picked or 0) < count:
            raise Misvote("no option of this decision")
    elif method is DecisionMethod.DOTS and text.endswith(TAKING):
        marks = Marks(text[:-1], taking=True)
    ballot.check(marks.choice, rule)
    if marks.taking and not _placed(marks.choice):
        raise Misvote("no dot to take away")
    return marks


def blank(rule: Rule) -> Marks:
    """Nothing marked."""
    signs = {DecisionMethod.SCORE: UNSCORED, DecisionMethod.DOTS: DIGITS[0]}
    return Marks(signs.get(rule.method, "") * len(rule.options))


def is_blank(choice: str, rule: Rule) -> bool:
    """Whether a choice marks nothing at all: whoever gives it takes part, and prefers nothing."""
    return choice == blank(rule).choice


def open_options(marks: Marks, rule: Rule) -> tuple[int, ...]:
    """The options, by number, on which a tap does something now."""
    numbers = range(len(rule.options))
    if rule.method in RANKED:
        return tuple(number for number in numbers if DIGITS[number] not in marks.choice)
    if rule.method is not DecisionMethod.DOTS:
        return tuple(numbers)
    if marks.taking:
        return tuple(number for number in numbers if dots_on(marks.choice, number))
    if not dots_left(marks.choice, rule):
        return ()
    return tuple(number for number in numbers if dots_on(marks.choice, number) < MOST_ON_ONE)


def tap(marks: Marks, option: int, rule: Rule) -> Marks:
    """After a tap on an option: at the end of the ranking, on or off, picked to be scored, a dot
    more or less. Nothing changes where a tap does nothing (see `open_options`).
    """
    if option not in open_options(marks, rule):
        return marks
    sign = DIGITS[option]
    if rule.method in RANKED:
        return Marks(marks.choice + sign)
    if rule.method is DecisionMethod.SCORE:
        return replace(marks, picked=option)
    if rule.method is DecisionMethod.DOTS:
        return _with_dots(
            marks, option, dots_on(marks.choice, option) + (-1 if marks.taking else 1)
        )
    return Marks("".join(sorted({*marks.choice} ^ {sign})))


def score(marks: Marks, value: int | None) -> Marks:
    """The picked option scored 0 to 5, or not at all; nothing changes where none is picked."""
    if marks.picked is None:
        return marks
    sign = UNSCORED if value is None else SCORES[value]
    return Marks(_replaced(marks.choice, marks.picked, sign))


def undo(marks: Marks, rule: Rule) -> Marks:
    """One step back: the last of a ranking leaves it, the picked option is put down."""
    if rule.method in RANKED:
        return Marks(marks.choice[:-1])
    return replace(marks, picked=None)


def turn(marks: Marks) -> Marks:
    """From placing dots to taking them away, where there are any, and back."""
    return replace(marks, taking=not marks.taking and _placed(marks.choice) > 0)


def dots_on(choice: str, option: int) -> int:
    """How many dots an option has."""
    return DIGITS.index(choice[option])


def dots_left(choice: str, rule: Rule) -> int:
    """How many dots can still be placed."""
    return rule.dots - _placed(choice)


def _placed(choice: str) -> int:
    return sum(DIGITS.index(sign) for sign in choice)


def _with_dots(marks: Marks, option: int, dots: int) -> Marks:
    choice = _replaced(marks.choice, option, DIGITS[dots])
    return Marks(choice, taking=marks.taking and _placed(choice) > 0)


def _replaced(choice: str, place: int, sign: str) -> str:
    return choice[:place] + sign + choice[place + 1 :]

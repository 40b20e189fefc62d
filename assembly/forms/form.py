"""What a ballot can say by a method, and how it is filled in, one tap after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from assembly.ballot import DIGITS, Misvote
from assembly.immutable import immutable
from assembly.rule import Rule

TAKING = "-"


@immutable
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


class Form(ABC):
    """The form of a ballot. Methods whose ballots look alike share one."""

    words: tuple[str, ...] = ()
    """What a ballot can say where the answer is one word; () where there are options."""

    reasoned: frozenset[str] = frozenset()
    """Words that ask for a reason."""

    @abstractmethod
    def valid(self, choice: str, rule: Rule) -> bool:
        """Whether a choice is a ballot under the rule."""

    @abstractmethod
    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        """What a valid choice says, a cell for each option (or one for the word)."""

    @abstractmethod
    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        """After a tap on an option, by its number, which is one of the open ones."""

    def check(self, choice: str, rule: Rule) -> str:
        """The choice, if it is a ballot under the rule; raises Misvote for anything else."""
        if not self.valid(choice, rule):
            raise Misvote("no ballot of this decision")
        return choice

    def blank(self, rule: Rule) -> str:
        """The choice that marks nothing."""
        return ""

    def read(self, text: str, rule: Rule) -> Marks:
        """What a button carried. Raises Misvote for anything that no tap leads to."""
        return Marks(self.check(text, rule))

    def open_options(self, marks: Marks, rule: Rule) -> tuple[int, ...]:
        """The options, by number, on which a tap does something now."""
        return tuple(range(len(rule.options)))

    def undo(self, marks: Marks) -> Marks:
        """One step back."""
        return replace(marks, picked=None)


def replaced(choice: str, place: int, sign: str) -> str:
    """The choice with another sign at a place, counted from 0."""
    return choice[:place] + sign + choice[place + 1 :]

"""The words of a form of ballot with options: filling it in, and what it says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from markupsafe import Markup

from assembly.forms.form import Marks
from assembly.rule import Rule
from handlers.core.speech import Speech, later

SHORT = 40  # characters of an option in a toast

Step = tuple[Markup, Marks]
"""What is on a button, and what is marked after it."""


class Filling(ABC):
    """How a ballot is marked, in words. Methods whose ballots look alike share one."""

    blank: ClassVar[str] = later("I abstain")
    """On the button that gives a ballot on which nothing is marked."""

    said_nothing: ClassVar[str] = later("You abstained.")
    """What one has said then."""

    said: ClassVar[str]
    """What one has said otherwise, with `{named}` for the items."""

    @abstractmethod
    def instruction(self, rule: Rule, marks: Marks, speak: Speech) -> Markup | None:
        """What to do next, in a sentence or two."""

    @abstractmethod
    def items(self, rule: Rule, choice: str) -> tuple[Markup, ...]:
        """What a choice says of the options that it says anything of, one item each."""

    @abstractmethod
    def briefly(self, rule: Rule, choice: str, speak: Speech) -> Markup:
        """What one has said, who marked anything at all, short enough for a toast."""

    def mark(self, marks: Marks, option: int) -> str:
        """What stands before an option on its button; marks stand before the words, where a narrow
        screen does not cut them off, and none depends on a colour."""
        return ""

    def steps_back(self, rule: Rule, marks: Marks, speak: Speech) -> tuple[Step, ...]:
        """What takes marks off again, beside the button that clears all."""
        return ()

"""A ballot that is one word, like yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assembly.ballot import Misvote
from assembly.forms.form import Form, Marks
from assembly.rule import Rule


class OneWord(Form):
    """One of a few words, of which some ask for a reason; the first is the one in favour."""

    def __init__(self, *words: str, reasoned: Iterable[str] = ()) -> None:
        self.words, self.reasoned = words, frozenset(reasoned)

    def valid(self, choice: str, rule: Rule) -> bool:
        return choice in self.words

    def cells(self, choice: str, rule: Rule) -> Sequence[str]:
        return [choice]

    def read(self, text: str, rule: Rule) -> Marks:
        if text:
            raise Misvote("one word is not marked, but said")
        return Marks("")

    def open_options(self, marks: Marks, rule: Rule) -> tuple[int, ...]:
        return ()

    def tap(self, marks: Marks, option: int, rule: Rule) -> Marks:
        return marks

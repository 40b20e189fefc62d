"""Questionnaires: what is asked together, as data.

Everything that depends on the questions (the rounds, the answers, the windows, what is told of
them) is handed a questionnaire, or carries the one that it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection

from assembly.immutable import immutable

LEVELS = range(5)
"""The scale of every question: five labelled faces, 0 (very hard, none) to 4 (very good, very
much). The noise that hides single answers is made for these five."""


@immutable
class Questionnaire:
    """A questionnaire; `questions` are keys, in the order in which they are asked.

    The name and the keys are stored: never rename one. Their words are in
    handlers/checkins/screens/questionnaire.py.
    """

    name: str
    questions: tuple[str, ...]

    def next_question(self, dealt_with: Collection[str]) -> str | None:
        """The first question, in order, that is neither answered nor skipped; None when all are.

        `dealt_with` holds keys in any order. Raises ValueError for an unknown key.
        """
        unknown = sorted(set(dealt_with) - set(self.questions))
        if unknown:
            raise ValueError(f"no such question: {', '.join(unknown)}")
        return next((each for each in self.questions if each not in dealt_with), None)


WEEKLY = Questionnaire("weekly", ("week", "connection", "say"))
PULSE = Questionnaire("pulse", ("voice", "weight", "respect", "belonging", "followed"))
"""About the assembly itself. Its sentences follow what the co-production of a centre is made of:
parity, respectful relationships, belonging (Pocobello et al. 2020, doi 10.1111/inm.12681)."""

QUESTIONNAIRES = {each.name: each for each in (WEEKLY, PULSE)}

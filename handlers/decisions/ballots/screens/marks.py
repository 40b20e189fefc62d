"""Filling in a ballot of options: what is marked so far, and a button for each next tap.

Each button carries the whole ballot that it leads to. Marks stand before the words, where a narrow
screen does not cut them off, and none of them depends on a colour.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from assembly import marking, shortening
from assembly.ballot import SCORES
from assembly.counting.table import RANKED
from assembly.forms.form import Marks
from assembly.forms.scores import score
from assembly.rule import Rule
from handlers.core.screen import Button, column, lines
from handlers.core.speech import Speech
from handlers.decisions.ballots.presses import Fill
from handlers.decisions.methods.table import of_options
from handlers.decisions.results.screens.ballot_words import items

LABEL = 34  # characters that a button shows on a narrow phone
BEFORE = 6  # of them, for a mark and a letter
LETTERS = "ABCDEFGHIJKLMNOPQRST"  # a name for each option where its own does not fit on a button

Rows = tuple[tuple[Button, ...], ...]


def instruction(rule: Rule, marks: Marks, speak: Speech) -> Markup | None:
    """What to do next, in a sentence or two."""
    return of_options(rule).filling.instruction(rule, marks, speak)


def marked(rule: Rule, marks: Marks) -> Markup | None:
    """The marks one under the other, or by letter where names are long; None without any."""
    if _lettered(rule) and rule.method not in RANKED:
        by_letter = replace(rule, options=tuple(LETTERS[: len(rule.options)]))
        return Markup(", ").join(items(by_letter, marks.choice)) or None
    return lines(*items(rule, marks.choice)) or None


def in_full(rule: Rule, marks: Marks) -> Markup | None:
    """The options at their full length, where buttons are too narrow for them."""
    if not _lettered(rule) or marks.picked is not None:
        return None
    numbers = tuple(range(len(rule.options)))
    if rule.method in RANKED:
        numbers = marking.open_options(marks, rule)
    return lines(*(Markup("{}  {}").format(LETTERS[n], rule.options[n]) for n in numbers)) or None


def rows(ids: tuple[int, int], rule: Rule, marks: Marks, speak: Speech) -> Rows:
    """A button for each tap that does something now."""
    if marks.picked is not None:
        return _scores(ids, rule, marks, speak)
    options = column(
        *(
            Button(_label(rule, marks, number), Fill(*ids, marking.tap(marks, number, rule).text))
            for number in marking.open_options(marks, rule)
        )
    )
    back = _backwards(ids, rule, marks, speak)
    return (*options, back) if back else options


def _scores(ids: tuple[int, int], rule: Rule, marks: Marks, speak: Speech) -> Rows:
    values = tuple(
        Button(sign, Fill(*ids, score(marks, value).text)) for value, sign in enumerate(SCORES)
    )
    none = Button(str(speak("No score")), Fill(*ids, score(marks, None).text))
    keep = Button(str(speak("As it was")), Fill(*ids, marking.undo(marks, rule).text))
    return values, (none, keep)


def _backwards(ids: tuple[int, int], rule: Rule, marks: Marks, speak: Speech) -> tuple[Button, ...]:
    """What takes marks off again."""
    if marking.is_blank(marks.choice, rule):
        return ()
    clear = Button(str(speak("Clear all")), Fill(*ids, marking.blank(rule).text))
    steps = of_options(rule).filling.steps_back(rule, marks, speak)
    return (*(Button(str(said), Fill(*ids, after.text)) for said, after in steps), clear)


def _label(rule: Rule, marks: Marks, number: int) -> str:
    name, letter = rule.options[number], ""
    if _lettered(rule):
        name, letter = shortening.fitting(name, LABEL - BEFORE), f"{LETTERS[number]}  "
    mark = of_options(rule).filling.mark(marks, number)
    return f"{mark}{letter}{name}"


def _lettered(rule: Rule) -> bool:
    return any(len(option) > LABEL for option in rule.options)

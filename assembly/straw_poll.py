"""A straw poll: a poll of Telegram's own, to see where a group stands. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assembly.counting.table import form
from assembly.forms.any_options import ANY_OPTIONS
from assembly.immutable import immutable
from assembly.suggestion import OptionsError, suggest

QUESTION = 300  # UTF-16 units, as Telegram counts
OPTION = 100  # UTF-16 units
OPTIONS = 12


@immutable
class Excess:
    """What a poll can't hold: how much it is, how much fits, and of an option which one."""

    kind: Literal["question", "options", "option"]
    amount: int
    most: int
    option: str = ""


def excess(question: str, options: Sequence[str]) -> Excess | None:
    """The first thing that is too long or too many; None where it all fits. Raises nothing.

    Lengths are in UTF-16 units. Source: Bot API, sendPoll.
    """
    if units(question) > QUESTION:
        return Excess("question", units(question), QUESTION)
    if len(options) > OPTIONS:
        return Excess("options", len(options), OPTIONS)
    for option in options:
        if units(option) > OPTION:
            return Excess("option", units(option), OPTION, option)
    return None


def several(question: str, options: tuple[str, ...]) -> bool:
    """Whether several answers make sense: where a ballot of the suggested method has any number of
    options, or several would be chosen."""
    try:
        rule = suggest(question, options)
    except OptionsError:
        return True  # as many are to be elected as there are names
    return form(rule) is ANY_OPTIONS or rule.seats > 1


def units(text: str) -> int:
    """How long Telegram says that a text is: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2

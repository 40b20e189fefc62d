"""Numbers to press, from 0 on."""

from __future__ import annotations

from collections.abc import Callable

from handlers.press import Press
from handlers.screen import Button

IN_A_ROW = 4
ON_BUTTONS = 10  # the largest number that is pressed; others are typed

Rows = tuple[tuple[Button, ...], ...]


def numbers(most: int, press: Callable[[int], Press]) -> Rows:
    """A button for each number up to `most`, but not beyond 10."""
    buttons = [Button(str(number), press(number)) for number in range(min(most, ON_BUTTONS) + 1)]
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )

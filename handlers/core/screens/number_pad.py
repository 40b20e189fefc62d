"""Numbers to press, from 0 on."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from handlers.core.press import Press
from handlers.core.screen import Button
from handlers.core.speech import Speech

IN_A_ROW = 4
ON_BUTTONS = 10  # the largest number that is pressed; others are typed

Rows = tuple[tuple[Button, ...], ...]


def numbers(most: int, press: Callable[[int], Press]) -> Rows:
    """A button for each number up to `most`, but not beyond 10."""
    buttons = [Button(str(number), press(number)) for number in range(min(most, ON_BUTTONS) + 1)]
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )


def press_only(speak: Speech) -> Markup:
    """While something else is being written."""
    return speak("Press a number. What you write belongs to something else that you have begun.")


def write_instead(press: Press, speak: Speech) -> tuple[Button, ...]:
    """The way to a number that is on no button."""
    return (Button(str(speak("Leave that, and write the number")), press),)

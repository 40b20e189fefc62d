"""When a question can close: what is chosen, and a button for everything else on offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembly.deadlines import Span
from assembly.immutable import immutable
from handlers.core.press import Press
from handlers.core.screen import Button
from handlers.core.speech import Speech
from handlers.decisions.putting.screens.words import span_label


@immutable
class Closings:
    """The span that is chosen, and the moment (UTC epoch seconds) at which each on offer ends."""

    chosen: Span
    offered: Mapping[Span, int]


def other_closings(
    closings: Closings, press: Callable[[Span], Press], speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    """What could be chosen instead, two buttons a row."""
    buttons = [
        Button(span_label(span, speak, closes_at), press(span))
        for span, closes_at in closings.offered.items()
        if span is not closings.chosen
    ]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))

"""Points that are open again while the assembly is at another one: nobody would look for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.assemblies.presses import GoToPoint
from handlers.core.screen import Button, Screen, paragraphs
from handlers.core.speech import Speech
from storage.points import AgendaItem

SHOWN = 3  # titles; the list of all points has the others


def beside(screen: Screen, position: int, again: Sequence[AgendaItem], speak: Speech) -> Screen:
    """The screen at `position`, with which are open again, and the way to the first of them."""
    if not again:
        return screen
    first, titles = again[0], Markup(" · ").join(item.title for item in again[:SHOWN])
    line = speak("Open again, since somebody does not agree: {titles}", titles=titles)
    press = GoToPoint(first.centre_id, first.id, position)
    button = Button(str(speak("To the point that is open again")), press)
    return replace(screen, text=paragraphs(screen.text, line), buttons=((button,), *screen.buttons))

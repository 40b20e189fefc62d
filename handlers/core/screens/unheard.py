"""What an operator reads where a centre's facilitators can't be told something."""

from __future__ import annotations

from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech


def nobody_to_tell(speak: Speech, centre: str) -> Screen:
    """That it is about posts to the group, and not which."""
    return Screen(
        lines(
            speak("<b>{centre}: no facilitator can be reached.</b>", centre=centre),
            speak("Each of them has blocked Voci, or there is none."),
            speak("Messages to their group do not arrive, or may be missing there."),
            speak("Please tell somebody of the centre."),
        )
    )

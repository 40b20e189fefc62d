"""Who is at the open assembly, as a number; the button with which members say so."""

from __future__ import annotations

from markupsafe import Markup

from assembly.attendance_bands import Band, band
from handlers.assemblies.presses import Here
from handlers.core.screen import Button
from handlers.core.speech import Speech, later
from storage.assemblies import Assembly

THERE: dict[Band, str] = {
    "0-4": later("Fewer than 5 people were there."),
    "5-9": later("5 to 9 people were there."),
    "10-19": later("10 to 19 people were there."),
    "20-49": later("20 to 49 people were there."),
    "50+": later("50 people or more were there."),
}


def button(assembly: Assembly, speak: Speech, *, here: bool = False) -> Button:
    """*I'm here*; for somebody who has said so, the way back."""
    label = speak("I’m not here after all") if here else speak("I’m here")
    return Button(label.unescape(), Here(assembly.centre_id, assembly.id, not here))


def were_here(number: int, speak: Speech) -> Markup | None:
    """How many were there, as a band that singles nobody out; None where nobody was counted."""
    return speak(THERE[band(number)]) if number else None


def said(here: bool, changed: bool, speak: Speech) -> str:
    """What the toast says; pressed again, how to take it back."""
    if not here:
        return speak("You are no longer counted as here.").unescape()
    if changed:
        return speak(
            "You are counted as here. Only the number is told, and who it was is deleted when the "
            "assembly closes."
        ).unescape()
    return speak(
        "You are counted as here already. To take that back, write /assembly in your chat with me."
    ).unescape()

"""Who is at the open assembly, as a number; the button with which members say so."""

from __future__ import annotations

from markupsafe import Markup

from handlers.assemblies.presses import Here
from handlers.core.screen import Button
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def button(assembly: Assembly, speak: Speech, *, here: bool = False) -> Button:
    """*I'm here*; for somebody who has said so, the way back."""
    label = speak("I’m not here after all") if here else speak("I’m here")
    return Button(label.unescape(), Here(assembly.centre_id, assembly.id, not here))


def were_here(number: int, speak: Speech) -> Markup | None:
    """To the group, once it is closed."""
    if not number:
        return None
    return speak.many("One member was there.", "{n} members were there.", number)


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

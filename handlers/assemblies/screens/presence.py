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


def were_here(number: int, in_room: int | None, speak: Speech) -> Markup | None:
    """To the group, once it is closed.

    `in_room`: how many don't vote by phone; None where nobody has counted them, so that nobody
    knows how many were there.
    """
    if not number + (in_room or 0):
        return None
    if in_room is None:
        return speak.many("One member said: I’m here.", "{n} members said: I’m here.", number)
    return speak.many("One person was there.", "{n} people were there.", number + in_room)


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

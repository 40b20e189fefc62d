"""Buttons that several screens of /me have."""

from __future__ import annotations

from handlers.core.navigation import Door, MyDoor, ShowMe
from handlers.core.screen import Button
from handlers.core.speech import Speech


def back(speak: Speech, centre_id: int) -> Button:
    """The way back to /me."""
    return Button(speak("Back").unescape(), ShowMe(centre_id))


def back_to_held(speak: Speech, centre_id: int) -> Button:
    """The way back to what is held about somebody, for what stands behind that door."""
    return Button(speak("Back").unescape(), MyDoor(centre_id, Door.HELD))

"""Buttons that several screens of /me have."""

from __future__ import annotations

from handlers.core.navigation import ShowMe
from handlers.core.screen import Button
from handlers.core.speech import Speech


def back(speak: Speech, centre_id: int) -> Button:
    """The way back to /me."""
    return Button(speak("Back").unescape(), ShowMe(centre_id))

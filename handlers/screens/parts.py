"""Pieces that several screens share."""

from __future__ import annotations

from handlers.screen import Button
from handlers.speech import Speech
from handlers.unit import Services
from storage.centres import Centre


def take_part(speak: Speech, services: Services, centre: Centre) -> Button:
    """The link under the group's posts by which somebody can ask to join this centre."""
    return Button(str(speak("Take part")), url=services.link(f"join_{centre.id}"))

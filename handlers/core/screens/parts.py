"""Pieces that several screens share."""

from __future__ import annotations

from handlers.core.screen import Button, DeepLink
from handlers.core.speech import Speech
from storage.centres import Centre
from storage.decisions import Decision


def way_in(speak: Speech, link: DeepLink, decision: Decision) -> Button:
    """The link under the group's question, and its outcome: to one's ballot, or what came of it.

    Who is no member finds the way to join behind it.
    """
    told = speak("Take part") if decision.status == "open" else speak("Open in private")
    return Button(str(told), url=link(f"decide_{decision.id}"))


def take_part(speak: Speech, link: DeepLink, centre: Centre) -> Button:
    """The link under the group's posts by which somebody can ask to join this centre."""
    return Button(str(speak("Take part")), url=link(f"join_{centre.id}"))

"""The screen that tells who runs the bot how much was forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.retention import Kept
from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech, later

_COUNTED = {
    Kept.LEFT: later("members who had left: {n}"),
    Kept.ANSWERS: later("check-ins: {n}"),
    Kept.INVITATIONS: later("invitations: {n}"),
    Kept.REQUESTS: later("requests to join: {n}"),
    Kept.MINUTES: later("minutes of assemblies: {n}"),
    Kept.TASKS: later("tasks, of which it is forgotten who did them: {n}"),
    Kept.NAMES: later("names beside proposals, voices and ballots by name: {n}"),
    Kept.AUDIT: later("notes of what was done, and by whom: {n}"),
    Kept.MESSAGES: later("places of old messages: {n}"),
    Kept.DRAFTS: later("half-written texts: {n}"),
}


def swept(speak: Speech, centre: str, counts: Mapping[Kept, int]) -> Screen:
    """To who runs the bot: how much, and not whose."""
    return Screen(
        lines(
            speak("{centre}: what was kept long enough is gone.", centre=centre),
            Markup(" · ").join(
                speak(_COUNTED[kept], n=speak.number(counts[kept]))
                for kept in Kept
                if kept in counts
            ),
        )
    )

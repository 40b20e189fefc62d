"""Whether one comes: the three buttons, and what was recorded."""

from __future__ import annotations

from handlers.assemblies.presses import Attend, Post
from handlers.core.screen import Button
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.attendances import Attendance


def answers(
    assembly: Assembly, kind: Post, chosen: Attendance | None, speak: Speech
) -> tuple[Button, ...]:
    """The buttons; what was chosen is marked where only the member themselves sees it."""
    words = {
        Attendance.YES: speak("I’m coming"),
        Attendance.MAYBE: speak("Maybe"),
        Attendance.NO: speak("I can’t"),
    }
    return tuple(
        Button(
            f"✓ {word.unescape()}" if answer is chosen else word.unescape(),
            Attend(assembly.centre_id, assembly.id, answer, kind),
        )
        for answer, word in words.items()
    )


def said(answer: Attendance, speak: Speech, *, begun: bool) -> str:
    """What the toast says was recorded; once it has `begun`, how to say that one is here."""
    if begun:
        return speak("It has begun. When you are here, press “I’m here”.").unescape()
    return {
        Attendance.YES: speak("You said that you are coming. You can change it at any time."),
        Attendance.MAYBE: speak("You said: maybe. You can change it at any time."),
        Attendance.NO: speak("You said that you can’t come. You can change it at any time."),
    }[answer].unescape()

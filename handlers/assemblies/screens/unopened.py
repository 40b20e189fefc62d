"""To facilitators, in private: it is time, and nobody has opened the assembly."""

from __future__ import annotations

from handlers.assemblies.presses import CancelAssembly, Convene, OpenAssembly
from handlers.assemblies.screens.assembly import headline
from handlers.core.navigation import Facilitate
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def asked(assembly: Assembly, until: int, speak: Speech) -> Screen:
    """What is to happen now, and what happens at `until` (UTC epoch seconds) by itself."""
    ids = assembly.centre_id, assembly.id
    text = lines(
        speak(
            "<b>It is time for the assembly: {moment}</b>", moment=speak.moment(assembly.starts_at)
        ),
        assembly.place,
        speak(
            "Nobody has opened it yet. If nobody does by {time}, the group is told that it did "
            "not take place.",
            time=speak.time(until),
        ),
    )
    buttons = column(
        Button(str(speak("Open it now")), OpenAssembly(*ids, sure=True)),
        Button(str(speak("Move it")), Convene(*ids, 0)),
        Button(str(speak("It does not take place")), CancelAssembly(*ids, sure=False)),
    )
    return Screen(text, buttons)


def answered(assembly: Assembly, now: int, speak: Speech) -> Screen:
    """In its place, once somebody has answered or it is too late."""
    back = Button(str(speak("Back")), Facilitate(assembly.centre_id))
    return Screen(headline(assembly, now, speak), column(back))

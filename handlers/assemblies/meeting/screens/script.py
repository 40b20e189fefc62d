"""The script for whoever leads: at each step of the assembly one sentence, what to do or say now.

It goes by the kind of the point and by how far it has come, and names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from assembly.endings import Course, Ending
from handlers.core.screen import Screen, paragraphs
from handlers.core.speech import Speech, later
from storage.decisions import Decision
from storage.points import AgendaItem

_BEGIN: dict[str, str] = {
    "proposal": later(
        "Now: ask who would like to begin. When nobody has anything new to say, say how it ends."
    ),
    "opening": later("Now: begin yourself, then go round. Whoever doesn’t want to passes it on."),
    "follow-up": later("Now: read it out, and ask who would like to say something about it."),
    "report": later("Now: ask all who report for two sentences. Questions come afterwards."),
    "late": later("Now: say that it came later, and ask who would like to say something about it."),
    "minutes": later("Now: ask whether they are right. What is not goes into the notes."),
    "task": later("Now: ask what stood in its way, and who could help with it."),
}
_ENDED = {
    Ending.DECIDED: later("Now: read out what came of it, and ask who looks after it."),
    Ending.AGREED: later("Now: read out what you agreed, and ask who looks after it."),
    Ending.TALKED: later("Now: say in a sentence what you take from it, and go on."),
    Ending.GOES_ON: later("Now: ask what it needs until next time, and go on."),
    Ending.TAKEN_BACK: later("Now: say that it was taken back, and go on."),
    Ending.MERGED: later("Now: say that it is part of another point, and go on."),
    Ending.TAKEN_DOWN: later("Now: say that it is off the list, and go on."),
    Ending.NOT_REACHED: later("Now: say that it waits for next time, and go on."),
}


def at_point(
    item: AgendaItem,
    course: Course,
    put: Sequence[Decision],
    speak: Speech,
    *,
    pause: bool = False,
) -> Markup:
    """The sentence at a point; `put`: what was put to a decision on it, the latest last.

    `pause`: it is time for the break, once nothing is being answered.
    """
    if course.agreeing:
        return speak("Now: read it out. Whoever doesn’t agree says so, or presses it unseen.")
    latest = put[-1] if put else None
    if latest is not None and latest.status == "open":
        return speak("Now: read the question out, and wait until all who want to have answered.")
    if pause:
        return speak("Now: say when you go on, and go.")
    if item.ending is not None:
        return speak(_ENDED[item.ending])
    if course.decided:
        return speak(_ENDED[Ending.DECIDED])
    if item.gone is not None:
        # Taken back, taken down, erased, or put together with another one: so nobody is named.
        return speak("Now: say that it is off the list, and go on.")
    return speak(_BEGIN[item.kind])


def at_the_end(speak: Speech, *, came_later: bool = False) -> Markup:
    """After the last point; `came_later`: something did, and waits to be taken or not."""
    if came_later:
        return speak("Now: ask whether you take it today. If not, it waits for next time.")
    return speak("Now: ask whether something was forgotten. Thank everybody, and close.")


def beside(screen: Screen, sentence: Markup) -> Screen:
    """The screen of a step, with its sentence."""
    cue = Markup("<i>{}</i>").format(sentence)
    return replace(screen, text=paragraphs(screen.text, cue))

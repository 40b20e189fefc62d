"""An assembly is opened: asked once where it is early, then told to the group."""

from __future__ import annotations

from markupsafe import Markup

from handlers.assemblies.presses import OpenAssembly
from handlers.assemblies.screens import presence
from handlers.assemblies.screens.assembly import Overview, first_point, headline
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def sure_to_open(assembly: Assembly, speak: Speech) -> Screen:
    """Asked once when it is early: opening fixes the agenda and ends the reminders."""
    text = lines(
        speak("It starts on {moment}.", moment=speak.moment(assembly.starts_at)),
        speak("Open it already? The group is told, and the points are fixed."),
    )
    centre_id = assembly.centre_id
    buttons = column(
        Button(str(speak("Open it now")), OpenAssembly(centre_id, assembly.id, sure=True)),
        Button(str(speak("Not yet")), Facilitate(centre_id)),
    )
    return Screen(text, buttons)


def another_is_open(other: Assembly, speak: Speech) -> Screen:
    """One assembly at a time."""
    return Screen(
        lines(
            speak("The assembly of {moment} is still open.", moment=speak.moment(other.starts_at)),
            speak("Close it first."),
        ),
        column(
            Button(str(speak("Go there")), ShowSession(other.centre_id, other.id)),
            Button(str(speak("Back")), Facilitate(other.centre_id)),
        ),
    )


def opened_post(
    seen: Overview,
    speak: Speech,
    rules: Markup | None = None,
    followed: Markup | None = None,
) -> Screen:
    """To the group: it begins, with how people talk with each other here. `followed`: how much of
    what was to be done is done.
    """
    begins = speak("Nobody has put a point on the list: we start with what is on our minds.")
    text = lines(
        speak("<b>The assembly is open.</b>"),
        first_point(seen, speak) if seen.points else begins,
        followed,
    )
    text = paragraphs(text, rules)
    return Screen(text, ((presence.button(seen.assembly, speak),),), public=True)


def opened_before(assembly: Assembly, now: int, speak: Speech) -> Screen:
    """In its place once the assembly is closed: nobody says any more that they are there."""
    return Screen(headline(assembly, now, speak), public=True)

"""An assembly that nobody has closed: the question to whoever leads it, and what became of it."""

from __future__ import annotations

from markupsafe import Markup

from handlers.assemblies.presses import CloseAssembly, GoesOn
from handlers.core.navigation import Facilitate, ShowMinutes, ShowSession
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def asked(assembly: Assembly, until: int, speak: Speech) -> Screen:
    """Whether it is over, and what happens at `until` (UTC epoch seconds) by itself."""
    ids = assembly.centre_id, assembly.id
    text = lines(
        speak("<b>Is the assembly over?</b>"),
        speak(
            "It has been open since {moment}, and nobody has closed it.",
            moment=speak.moment(assembly.opened_at or assembly.starts_at),
        ),
        speak(
            "If nobody does, it closes by itself on {moment}. What it did not come to stays on "
            "the list.",
            moment=speak.moment(until),
        ),
    )
    return Screen(
        text,
        column(
            Button(str(speak("Close the assembly")), CloseAssembly(*ids, sure=False)),
            Button(str(speak("Still going on")), GoesOn(*ids)),
        ),
    )


def goes_on(assembly: Assembly, until: int, speak: Speech) -> Screen:
    """In its place, once somebody else has said so."""
    text = lines(
        speak("Somebody says that the assembly is still going on."),
        speak("If nobody closes it, it closes by itself on {moment}.", moment=speak.moment(until)),
    )
    see = Button(
        str(speak("Go on with the assembly")), ShowSession(assembly.centre_id, assembly.id)
    )
    return Screen(text, column(see))


def answered(assembly: Assembly, speak: Speech, *, desk: bool) -> Screen:
    """In its place, once somebody has closed it."""
    return Screen(_is_closed(assembly, speak), _onwards(assembly, speak, desk=desk))


def closed(assembly: Assembly, speak: Speech, *, desk: bool) -> Screen:
    """To whoever led it, once it has closed by itself; `desk`: who reads it facilitates."""
    text = lines(
        _is_closed(assembly, speak),
        speak("Nobody closed it, so it closed by itself. The group gets a summary."),
        speak("The minutes are drafted. Look them over."),
    )
    return Screen(text, _onwards(assembly, speak, desk=desk))


def _is_closed(assembly: Assembly, speak: Speech) -> Markup:
    return speak("<b>The assembly of {day} is closed.</b>", day=speak.day(assembly.began_at))


def _onwards(assembly: Assembly, speak: Speech, *, desk: bool) -> tuple[tuple[Button, ...], ...]:
    centre_id = assembly.centre_id
    minutes = Button(str(speak("The minutes")), ShowMinutes(centre_id, assembly.id, 1))
    back = Button(str(speak("Back")), Facilitate(centre_id)) if desk else to_home(speak, centre_id)
    return column(minutes, back)

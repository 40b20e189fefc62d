"""Screens that belong to no feature: refusals, apologies, single sentences."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.navigation import Facilitate
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def sentence(text: str) -> Screen:
    """Nothing but a sentence."""
    return Screen(lines(text))


def not_a_member(speak: Speech) -> Screen:
    """To somebody who has not joined a centre."""
    return Screen(
        lines(
            speak("This is for members of a centre."),
            speak(
                "If you have an invitation, open its link. If not, ask with the link "
                "in the posts of your centre's group."
            ),
        )
    )


def anonymous_here(speak: Speech) -> Screen:
    """To an anonymous admin in a group: everybody takes part as themselves."""
    return Screen(
        speak(
            "Here everybody takes part as themselves. Turn off “Remain anonymous” "
            "for a moment and write that again."
        ),
        public=True,
    )


def facilitators_only(speak: Speech, *, public: bool) -> Screen:
    """To a member who is not a facilitator."""
    return Screen(
        speak("Facilitators can do this. Ask one of them, or propose it for the assembly."),
        public=public,
    )


def perhaps_not_posted(speak: Speech, centre: str) -> Screen:
    """To facilitators: a post may be missing in the group."""
    return Screen(
        lines(
            speak("A message to the group of {centre} may not have arrived.", centre=centre),
            speak("It is not sent again by itself. Please look, and tell the group if needed."),
        )
    )


def nothing_asked(speak: Speech) -> Screen:
    """Somebody wrote, and no question is open."""
    return Screen(
        lines(
            speak("I did not ask anything just now, so I keep nothing of that."),
            speak("To propose something, use /propose. All you can do here: /help"),
        )
    )


def may_be_lost(speak: Speech) -> Markup:
    """Above what is shown again after an outage."""
    return speak(
        "Voci was away. What was pressed meanwhile may not have arrived: please press again."
    )


def words_only(speak: Speech) -> Screen:
    """Somebody sent a sticker, a photo, a voice message."""
    return Screen(speak("I can read written words and buttons only. Nothing was kept."))


def unknown_command(speak: Speech) -> Screen:
    """A command that does not exist."""
    return Screen(speak("I do not know that command. All you can do here: /help"))


def over(assembly: Assembly, speak: Speech) -> Screen:
    """The assembly is not open, or not any more."""
    text = {
        "closed": speak("This assembly is closed."),
        "cancelled": speak("This assembly does not take place."),
    }.get(assembly.status, speak("This assembly is not open."))
    return Screen(text, column(Button(str(speak("Back")), Facilitate(assembly.centre_id))))


def too_little(least: int, speak: Speech) -> Markup:
    """On top of the question, when there was too little to go on."""
    if least > 1:
        return speak("A little more, please: at least {n} characters, in words.", n=least)
    return speak("There was nothing in it that can be read.")

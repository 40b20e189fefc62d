"""Screens about a post of which nobody knows whether the group has it."""

from __future__ import annotations

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech


@immutable
class ItIsThere(Press, tag="upT"):
    """The post stands in the group."""

    centre_id: int
    outgoing_id: int


@immutable
class PostAgain(Press, tag="upA"):
    """The group does not have it: the same once more."""

    centre_id: int
    outgoing_id: int


def perhaps_not_posted(
    speak: Speech, centre: str, words: str, centre_id: int, outgoing_id: int
) -> Screen:
    """To facilitators: which post may be missing in the group, and what to do about it."""
    return Screen(
        paragraphs(
            speak("This message to the group of {centre} may not have arrived:", centre=centre),
            Markup("<i>{}</i>").format(words),
            speak("Please look there: only people can tell. One answer is enough for all of you."),
        ),
        column(
            Button(str(speak("It is there")), ItIsThere(centre_id, outgoing_id)),
            Button(str(speak("Post it again")), PostAgain(centre_id, outgoing_id)),
        ),
    )


def found(speak: Speech) -> Screen:
    """To all of them: it was there."""
    return Screen(speak("The message is there: one of you has looked. Nothing is posted again."))


def found_and_may_change(speak: Speech) -> Screen:
    """The same, where it can change: which of the group's messages it is, the bot doesn't know."""
    return Screen(
        lines(
            speak("The message is there: one of you has looked."),
            speak("If anything of it changes, that comes as a new message."),
        )
    )


def too_late(speak: Speech) -> Screen:
    """To all of them: nobody has answered, and it makes no sense any more."""
    return Screen(speak("It is too late for this message by now: it is not posted again."))


def posted_again(speak: Speech) -> Screen:
    """To all of them: it was not there."""
    return Screen(speak("One of you has looked: the same message goes to the group once more."))


def answered(speak: Speech) -> Screen:
    """In place of buttons that have had their answer, or whose post would come too late."""
    return Screen(speak("That is settled: one of you has answered, or it is too late by now."))

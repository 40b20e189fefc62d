"""Screens that belong to no feature: refusals, apologies, single sentences."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.wording import WordingError
from handlers.core.navigation import Facilitate, ProposeWritten, ShowContacts
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.screens.parts import ask_to_join, how_to_join
from handlers.core.screens.whom_to_call import in_an_emergency
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.centres import Centre


def sentence(text: str) -> Screen:
    """Nothing but a sentence."""
    return Screen(lines(text))


def not_a_member(speak: Speech, near: Sequence[Centre] = ()) -> Screen:
    """To somebody who has not joined a centre; `near`: which they can ask."""
    return Screen(
        lines(speak("This is for members of a centre."), how_to_join(speak, near)),
        ask_to_join(speak, near),
    )


def in_private(speak: Speech, address: str) -> Screen:
    """To a command in the group whose answer concerns one person; the same for everybody."""
    return Screen(
        speak("I answer that in your private chat with me."),
        column(Button(str(speak("Go there")), url=address)),
        public=True,
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


def operators_only(speak: Speech) -> Screen:
    """To somebody else who writes /setup."""
    return Screen(
        speak("Setting up a centre is for the person who runs this bot."),
        public=True,
    )


def nothing_held(speak: Speech) -> Screen:
    """To somebody about whom there is nothing."""
    return Screen(speak("I hold nothing about you."))


def begun_is_lost(speak: Speech, centre_id: int | None) -> Screen:
    """What somebody has half-written can't be opened any more."""
    text = lines(
        speak("What you had begun can’t be read any more, so it is gone."),
        speak("Nothing else is lost. Begin again, please."),
    )
    return Screen(text, ((to_home(speak, centre_id),),) if centre_id is not None else ())


def nothing_asked(speak: Speech, centre_id: int) -> Screen:
    """To a member who wrote, and no question is open: whatever it was, it may have been a cry.

    So it is never read, and everybody is told the same: who is there, and where to go from here.
    """
    return Screen(
        lines(
            speak("<b>Nobody reads this here.</b>"),
            speak("Voci is a program. It has kept nothing of what you wrote."),
            in_an_emergency(speak),
        ),
        (
            *_call(speak, centre_id),
            (Button(str(speak("Make it a proposal")), ProposeWritten(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def nothing_asked_of_strangers(speak: Speech, near: Sequence[Centre] = ()) -> Screen:
    """To somebody who is in no centre and wrote; `near`: which they can ask."""
    return Screen(
        lines(
            speak("<b>Nobody reads this here.</b>"),
            speak("Voci is a program. It has kept nothing of what you wrote."),
            in_an_emergency(speak),
            speak("All you can do here: /help"),
        ),
        ask_to_join(speak, near),
    )


def may_be_lost(speak: Speech) -> Markup:
    """Above what is shown again after an outage."""
    return speak(
        "Voci was away. What was pressed meanwhile may not have arrived: please press again."
    )


def words_only(speak: Speech, centre_id: int) -> Screen:
    """A member sent a sticker, a photo, a voice message."""
    return Screen(
        lines(
            speak("<b>Nobody sees or hears this here.</b>"),
            speak("Voci understands written words and buttons only. It has kept nothing."),
            in_an_emergency(speak),
        ),
        (*_call(speak, centre_id), (to_home(speak, centre_id),)),
    )


def words_only_of_strangers(speak: Speech, near: Sequence[Centre] = ()) -> Screen:
    """Somebody who is in no centre sent a sticker, a photo, a voice message."""
    return Screen(
        lines(
            speak("<b>Nobody sees or hears this here.</b>"),
            speak("Voci understands written words and buttons only. It has kept nothing."),
            in_an_emergency(speak),
            speak("All you can do here: /help"),
        ),
        ask_to_join(speak, near),
    )


def _call(speak: Speech, centre_id: int) -> tuple[tuple[Button, ...], ...]:
    return column(Button(str(speak("Whom to call")), ShowContacts(centre_id)))


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


def misfit(error: WordingError, speak: Speech) -> Markup:
    """On top of the question, when what was written does not fit."""
    if error.kind != "long":
        return too_little(error.limit, speak)
    return speak(
        "That is {length} characters; up to {most} fit. Please write it again, shorter.",
        length=speak.number(error.length),
        most=speak.number(error.limit),
    )


def too_little(least: int, speak: Speech) -> Markup:
    """On top of the question, when there was too little to go on."""
    if least > 1:
        return speak("A little more, please: at least {n} characters, in words.", n=least)
    return speak("There was nothing in it that can be read.")

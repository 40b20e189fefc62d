"""Screens of help and privacy, of languages, and of the centre's contacts."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.immutable import immutable
from handlers.centre.presses import ChooseLanguage, ShowLanguages, ShowLimits, ShowPrivacy
from handlers.core.navigation import ShowHelp, ShowResponsible, WriteContacts
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import consent_words
from handlers.core.screens.home import to_home
from handlers.core.screens.parts import ask_to_join, how_to_join
from handlers.core.screens.responsible import named
from handlers.core.screens.whom_to_call import contacts, no_service
from handlers.core.speech import LANGUAGES, Speech
from storage.centre_facts import Facts
from storage.centres import Centre


@immutable
class VerifyContacts(Press, tag="hV"):
    """A facilitator has checked today that the numbers are right."""

    centre_id: int


@immutable
class RemoveContacts(Press, tag="hR"):
    """A facilitator takes the contacts away."""

    centre_id: int


def help_page(speak: Speech, centre: Centre, *, facilitates: bool) -> Screen:
    """Whom to call, and what can be done here."""
    deeds = [
        speak("/propose: what the assembly should talk about"),
        speak("/agenda: the list, and your voice for what matters to you"),
        speak("/assembly: when and where we meet"),
        speak("/decide: what is being decided"),
        speak("/minutes: what past assemblies leave, and all outcomes"),
        speak("/tasks: what is to be done, and what you took"),
        speak("/checkin: say how you are · /me: what Voci holds about you"),
    ]
    if facilitates:
        deeds.append(speak("/facilitate: assemblies and decisions · /invite: bring somebody in"))
    screen = Screen(
        paragraphs(
            no_service(speak),
            contacts(speak, centre),
            lines(speak("<b>Help</b>"), *deeds),
        ),
        (
            (
                Button(str(speak("Who sees what")), ShowPrivacy(centre.id)),
                Button(str(speak("Language")), ShowLanguages(centre.id)),
            ),
        ),
    )
    if facilitates:
        screen = screen.with_row(
            Button(str(speak("Change whom to call")), WriteContacts(centre.id))
        )
    return screen.with_row(to_home(speak, centre.id))


def help_for_strangers(speak: Speech, near: Sequence[Centre] = ()) -> Screen:
    """Help for somebody who is in no centre; `near`: which they can ask."""
    return Screen(
        paragraphs(
            no_service(speak),
            speak("Who sees what: /privacy"),
            how_to_join(speak, near),
        ),
        ask_to_join(speak, near),
    )


def ask_contacts(speak: Speech, centre: Centre, longest: int) -> Screen:
    """To a facilitator: the page as it is, and how to change it."""
    screen = Screen(
        paragraphs(
            contacts(speak, centre),
            speak(
                "Write the names and numbers as everybody will read them, up to {n} characters. "
                "Call each number first.",
                n=longest,
            ),
        )
    )
    if centre.contact is not None:
        screen = screen.with_row(
            Button(str(speak("Checked today, still right")), VerifyContacts(centre.id))
        ).with_row(Button(str(speak("Take it away")), RemoveContacts(centre.id)))
    return screen.with_row(Button(str(speak("Back")), ShowHelp(centre.id)))


def languages(speak: Speech, centre_id: int) -> Screen:
    """Which language to speak in private."""
    return Screen(
        speak("Which language should I speak with you?"),
        (
            *column(
                *(Button(name, ChooseLanguage(centre_id, code)) for code, name in LANGUAGES.items())
            ),
            (to_home(speak, centre_id),),
        ),
    )


def privacy(speak: Speech, centre_id: int | None, facts: Facts | None = None) -> Screen:
    """Who sees what, and who is responsible in their centre; the rest is a press further."""
    screen = Screen(
        paragraphs(
            lines(
                consent_words.who_sees_what(speak),
                speak("Your role: the group is never told."),
            ),
            None if facts is None else named(speak, facts),
        ),
        column(
            Button(speak("What Voci is not, and what stays").unescape(), ShowLimits(centre_id or 0))
        ),
    )
    if centre_id is None or facts is None:
        return screen
    return screen.with_row(
        Button(speak("Who is responsible").unescape(), ShowResponsible(centre_id))
    )


def limits(speak: Speech, centre_id: int | None) -> Screen:
    """What Voci is not, and what stays; `centre_id`: of a member, for the way back."""
    screen = Screen(
        paragraphs(
            lines(
                speak("<b>What Voci is not</b>"),
                speak("No emergency service, no medical device, no record at the doctor’s."),
                speak(
                    "Not end-to-end encrypted: Telegram itself could read what passes through it."
                ),
                speak(
                    "Whoever runs the computer that Voci lives on has no screen that shows your "
                    "answers; with effort and skill they could get at them."
                ),
            ),
            lines(
                speak("<b>What stays</b>"),
                speak(
                    "You can read, take with you and erase what Voci holds about you: /me. What "
                    "stays has no name in it: published averages, closed decisions, the "
                    "proposals’ texts."
                ),
            ),
        )
    )
    if centre_id is None:
        return screen
    return screen.with_row(Button(speak("Back").unescape(), ShowPrivacy(centre_id)))

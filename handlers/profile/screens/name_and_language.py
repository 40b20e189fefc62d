"""Screens of /me on which something is chosen anew: the name, the language."""

from __future__ import annotations

from handlers.core.names import known_as
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.presses import MyLanguage, MyName, NewName
from handlers.profile.screens.parts import back
from storage.members import Member


def name(speak: Speech, member: Member, first_name: str | None) -> Screen:
    """Which name the assembly sees; the first name stands there where it can be one."""
    centre_id = member.centre_id
    choices = [] if first_name is None else [Button(first_name, MyName(centre_id, NewName.FIRST))]
    choices += [
        Button(speak("Another name").unescape(), MyName(centre_id, NewName.NICKNAME)),
        Button(speak("Just “a member”").unescape(), MyName(centre_id, NewName.MEMBER)),
        back(speak, centre_id),
    ]
    return Screen(
        lines(
            speak("The assembly knows you as <b>{name}</b>.", name=known_as(member.name, speak)),
            speak("Your name stands beside what you propose, and only if you want it there."),
        ),
        column(*choices),
    )


def nickname(speak: Speech, centre_id: int, longest: int) -> Screen:
    """The name is typed."""
    return Screen(
        speak("Write the name that the assembly may see: up to {n} characters.", n=longest),
        column(_name_choice(speak, centre_id)),
    )


def unfit_name(speak: Speech, centre_id: int, longest: int) -> Screen:
    """What was typed can't be a name."""
    return Screen(
        lines(
            speak("A name has letters or digits, and at most {n} characters.", n=longest),
            speak("Please write it again."),
        ),
        column(_name_choice(speak, centre_id)),
    )


def languages(speak: Speech, centre_id: int) -> Screen:
    """Which language to speak in private."""
    offered = [Button(name, MyLanguage(centre_id, code)) for code, name in LANGUAGES.items()]
    return Screen(
        speak("Which language should I speak with you?"),
        column(*offered, back(speak, centre_id)),
    )


def _name_choice(speak: Speech, centre_id: int) -> Button:
    return Button(speak("Back").unescape(), MyName(centre_id, NewName.ASK))

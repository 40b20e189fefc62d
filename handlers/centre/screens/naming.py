"""Screens of calling a centre otherwise."""

from __future__ import annotations

from markupsafe import Markup

from handlers.centre.presses import TakeName, WriteName
from handlers.centre.screens.about import back
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.centres import Centre


def ask(speak: Speech, centre: Centre, longest: int) -> Screen:
    """What shall it be called?"""
    return Screen(
        lines(
            speak("What should the centre be called?"),
            speak("Now: {centre}", centre=centre.name),
            speak("Write the new name, up to {n} characters.", n=longest),
        ),
        column(back(speak, centre.id)),
    )


def unfit(speak: Speech, centre_id: int, longest: int) -> Screen:
    """The name is empty or too long."""
    return Screen(
        lines(
            speak("A name has letters or digits, and at most {n} characters.", n=longest),
            speak("Please write it again."),
        ),
        column(back(speak, centre_id)),
    )


def preview(speak: Speech, centre: Centre, name: str, sign: str, *, taken: bool) -> Screen:
    """Before it is so; `taken`: there is another centre of that name."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=name),
            speak("Now: {centre}", centre=centre.name),
            speak("Another centre on this bot has that name already.") if taken else None,
            speak("The group is told, and so are the other facilitators."),
        ),
        column(
            Button(str(speak("Take this name")), TakeName(centre.id, sign)),
            Button(str(speak("Write another one")), WriteName(centre.id)),
            back(speak, centre.id),
        ),
    )


def told(speak: Speech, before: str, name: str) -> Screen:
    """To the group."""
    return Screen(
        lines(
            speak("This centre has a new name: <b>{centre}</b>", centre=name),
            speak("Before: {centre}", centre=before),
        ),
        public=True,
    )


def renamed(speak: Speech, before: str, name: str, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=name),
            speak("{person} has given the centre this name.", person=who),
            speak("Before: {centre}", centre=before),
        )
    )

"""Screens about newcomers: how many there are, and from when on secret questions count them."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.electorate import ENOUGH_SETTLED, WAITS, Waiting, founding
from assembly.roles import Role
from handlers.centre.presses import WaitForNewcomers
from handlers.centre.screens.about import back
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.newcomers import joined
from handlers.core.speech import Speech
from storage.centres import Centre

_CHOSEN = "✓ "


def newcomers(
    speak: Speech, centre: Centre, waiting: Waiting, heads: Mapping[Role, int], now: int
) -> Screen:
    """How many have joined by role, never who, and what holds for them."""
    choices = [
        Button(
            (_CHOSEN if days == waiting.days else "") + str(_choice(speak, days)),
            WaitForNewcomers(centre.id, days),
        )
        for days in WAITS
    ]
    return Screen(
        paragraphs(
            speak("<b>Newcomers</b>"),
            joined(heads, speak) or speak("Nobody has joined in the last 7 days."),
            lines(
                _holds(speak, centre, waiting, now),
                speak(
                    "It is so that nobody can make up members to find out what the others say. It "
                    "holds where fewer than {n} others are asked, and only for secret questions.",
                    n=ENOUGH_SETTLED,
                ),
            ),
        ),
        (*column(*choices), (back(speak, centre.id),)),
    )


def changed(speak: Speech, centre: Centre, waiting: Waiting, now: int, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has changed how long secret questions wait for newcomers.", person=who),
            _holds(speak, centre, waiting, now),
        )
    )


def _holds(speak: Speech, centre: Centre, waiting: Waiting, now: int) -> Markup:
    """What holds now, and what will."""
    chosen = _in_words(speak, waiting.days)
    if founding(centre.created_at, now):
        first = speak("In the centre’s first month, secret questions count newcomers at once.")
        return lines(first, speak("Then: {rule}", rule=chosen))
    holding = waiting.at(centre.created_at, now)
    if holding == waiting.days:
        return chosen
    later = speak(
        "From {moment} on: {rule}", moment=speak.moment(waiting.shortened_from), rule=chosen
    )
    return lines(_in_words(speak, holding), later)


def _in_words(speak: Speech, days: int) -> Markup:
    if days == 0:
        return speak("Secret questions count newcomers at once.")
    return speak(
        "Secret questions count somebody once they have been a member for {n} days.", n=days
    )


def _choice(speak: Speech, days: int) -> Markup:
    return speak("After {n} days", n=days) if days else speak("At once")

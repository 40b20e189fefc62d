"""Screens of agreeing anew: the words are new, or another body is responsible."""

from __future__ import annotations

from handlers.checkins.presses import Agree, Stop
from handlers.core.navigation import ShowAgreement, ShowMe, ShowResponsible
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import consent_words
from handlers.core.screens.responsible import named
from handlers.core.speech import Speech
from handlers.profile.presses import AgreeAnew, ReadLimits, ReadMore
from storage.centre_facts import Facts
from storage.centres import Centre


def part(speak: Speech, centre: Centre, body: str | None) -> Screen:
    """The question on which everything else waits, on two screens, as on joining.

    `body`: who is responsible now, where this alone is what has changed.
    """
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("What you agreed to has changed. Do you still want to take part?")
                if body is None
                else speak(
                    "Responsible for your data is now: {body}. Do you still want to take part?",
                    body=body,
                ),
            ),
            consent_words.who_sees_what(speak),
        ),
        column(
            Button(speak("Go on").unescape(), ReadLimits(centre.id)),
            Button(speak("Tell me more").unescape(), ReadMore(centre.id)),
            Button(speak("About me").unescape(), ShowMe(centre.id)),
        ),
    )


def more(speak: Speech, centre_id: int) -> Screen:
    """The first one, from nearer."""
    return Screen(
        consent_words.more(speak),
        column(
            Button(speak("Go on").unescape(), ReadLimits(centre_id)),
            Button(speak("Back").unescape(), ShowAgreement(centre_id)),
        ),
    )


def limits(speak: Speech, centre_id: int, facts: Facts, version: int, sign: str) -> Screen:
    """The second one, with the consent."""
    return Screen(
        lines(consent_words.limits(speak), named(speak, facts)),
        (
            *column(
                Button(
                    speak("I understand, I want to take part").unescape(),
                    AgreeAnew(centre_id, version, sign),
                ),
                Button(speak("Who is responsible").unescape(), ShowResponsible(centre_id)),
            ),
            (
                Button(speak("Back").unescape(), ShowAgreement(centre_id)),
                Button(speak("About me").unescape(), ShowMe(centre_id)),
            ),
        ),
    )


def checkins(speak: Speech, centre_id: int) -> Screen:
    """The same for the check-ins; without a yes they end."""
    return Screen(
        paragraphs(
            speak("<b>The check-ins need a new yes.</b>"),
            consent_words.checkins(speak),
            consent_words.checkins_seen(speak),
        ),
        column(
            Button(speak("Yes").unescape(), Agree(centre_id)),
            Button(speak("No, thank you").unescape(), Stop(centre_id, sure=True)),
        ),
    )


def in_private(speak: Speech) -> str:
    """The toast to whoever pressed in the group."""
    return speak(
        "What you agreed to has changed. Nothing was pressed: look into your chat with me first."
    ).unescape()

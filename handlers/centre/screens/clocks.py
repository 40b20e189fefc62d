"""Screens of setting a centre's clocks to another time zone."""

from __future__ import annotations

from markupsafe import Markup

from assembly import emergency
from assembly.zones import proposals
from handlers.centre.presses import SetClocks
from handlers.centre.screens.about import back
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.centres import Centre

_OFFERED = 6


def ask(speak: Speech, centre: Centre, now: int) -> Screen:
    """Whose time do they show?"""
    others = [zone for zone in proposals(centre.language) if zone != centre.zone][:_OFFERED]
    offered = [
        Button(
            f"{speak.place(zone)} · {_time(speak, zone, now)}", SetClocks(centre.id, zone, False)
        )
        for zone in others
    ]
    pairs = tuple(tuple(offered[start : start + 2]) for start in range(0, len(offered), 2))
    return Screen(
        lines(
            speak("Which time do the clocks of your centre show?"),
            speak(
                "Now: {place}, where it is {time}.",
                place=speak.place(centre.zone),
                time=speak.time(now),
            ),
            speak(
                "Another place: write a big city near you, or its time zone, for example "
                "<code>Europe/Lisbon</code>"
            ),
        ),
        (*pairs, (back(speak, centre.id),)),
    )


def unknown(speak: Speech, centre_id: int) -> Screen:
    """What was written is no city and no zone that is known."""
    return Screen(
        speak(
            "I do not know that place. Write a bigger city near you, or the time zone, for example "
            "<code>Europe/Lisbon</code>"
        ),
        column(back(speak, centre_id)),
    )


def preview(
    speak: Speech,
    centre: Centre,
    zone: str,
    now: int,
    *,
    meeting: int | None,
    closing: int | None,
) -> Screen:
    """What moves with the clocks, before they are set.

    `meeting`: when the next assembly begins; `closing`: when the next open question closes (UTC
    epoch seconds). Both None where there is none.
    """
    there = Speech(speak.language, zone)
    return Screen(
        paragraphs(
            lines(
                speak(
                    "<b>In {place} it is {time} now.</b>",
                    place=speak.place(zone),
                    time=there.time(now),
                ),
                speak(
                    "Now: {place}, where it is {time}.",
                    place=speak.place(centre.zone),
                    time=speak.time(now),
                ),
            ),
            lines(
                _meeting(speak, meeting),
                _closing(speak, there, closing),
                speak(
                    "Check-ins, reminders and the quiet from 21:00 to 9:00 follow the new clocks."
                ),
                _emergency(speak, centre.zone, zone),
            ),
        ),
        column(
            Button(str(speak("Set the clocks so")), SetClocks(centre.id, zone, True)),
            Button(str(speak("Another place")), SetClocks(centre.id, "", False)),
            back(speak, centre.id),
        ),
    )


def changed(speak: Speech, centre: Centre, now: int, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(
                "{person} has set the clocks of the centre to the time in {place}. It is {time} "
                "there now.",
                person=who,
                place=speak.place(centre.zone),
                time=speak.time(now),
            ),
            speak("Assemblies keep their hour."),
        )
    )


def _meeting(speak: Speech, starts_at: int | None) -> Markup:
    if starts_at is None:
        return speak("Assemblies keep their hour.")
    return speak(
        "Assemblies keep their hour: the next one stays on {moment}.",
        moment=speak.moment(starts_at),
    )


def _closing(speak: Speech, there: Speech, closes_at: int | None) -> Markup | None:
    if closes_at is None:
        return None
    return speak(
        "What is being decided closes at the same moment as before: the next at {time} by these "
        "clocks, at {then} by the new ones.",
        time=speak.time(closes_at),
        then=there.time(closes_at),
    )


def _emergency(speak: Speech, before: str, zone: str) -> Markup | None:
    number = emergency.number(zone)
    if number == emergency.number(before):
        return None
    if number is None:
        return speak("Voci does not know the emergency number there. Write it into “Whom to call”.")
    return speak("The emergency number that people read is {number} then.", number=number)


def _time(speak: Speech, zone: str, now: int) -> str:
    return Speech(speak.language, zone).time(now)

"""The centre as its facilitators see it: name, language, clocks, and what can be changed."""

from __future__ import annotations

from markupsafe import Markup

from handlers.assemblies.openings_presses import ShowOpenings
from handlers.centre.presses import (
    SetClocks,
    ShowFacts,
    ShowMove,
    ShowNewcomers,
    ShowPeriods,
    SpeakInGroup,
    WriteName,
)
from handlers.core.navigation import (
    Facilitate,
    ShowAssemblySettings,
    ShowCentre,
    ShowParity,
    WriteGuardianCode,
)
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import LANGUAGES, Speech
from storage.centres import Centre


def about(speak: Speech, centre: Centre, now: int) -> Screen:
    """What holds now, and the way to change each of it."""
    return Screen(
        paragraphs(
            speak("<b>{centre}</b>", centre=centre.name),
            lines(
                speak(
                    "The language in the group: {language}.",
                    language=speak.tongue(centre.language),
                ),
                speak(
                    "The clocks: {place}, where it is {time} now.",
                    place=speak.place(centre.zone),
                    time=speak.time(now),
                ),
            ),
        ),
        (
            (Button(str(speak("Your assemblies")), ShowAssemblySettings(centre.id)),),
            (Button(str(speak("How our assemblies begin")), ShowOpenings(centre.id)),),
            (Button(str(speak("How the work is shared")), ShowParity(centre.id)),),
            (
                Button(str(speak("Newcomers")), ShowNewcomers(centre.id)),
                Button(str(speak("Time zone")), SetClocks(centre.id, "", sure=False)),
            ),
            (
                Button(str(speak("Change the name")), WriteName(centre.id)),
                Button(str(speak("New group")), ShowMove(centre.id)),
            ),
            (Button(str(speak("Language in the group")), SpeakInGroup(centre.id, "")),),
            (Button(speak("Who is responsible").unescape(), ShowFacts(centre.id)),),
            (Button(speak("A guardian’s paper").unescape(), WriteGuardianCode(centre.id)),),
            (Button(str(speak("For how long things are kept")), ShowPeriods(centre.id)),),
            (Button(str(speak("Facilitator’s menu")), Facilitate(centre.id)),),
        ),
    )


def languages(speak: Speech, centre: Centre) -> Screen:
    """Which language the group hears; the one that it hears now has no button."""
    others = [code for code in LANGUAGES if code != centre.language]
    return Screen(
        lines(
            speak("In which language should Voci write in the group?"),
            speak("Now it is {language}.", language=speak.tongue(centre.language)),
            speak("In private everybody keeps the language that they chose."),
        ),
        column(
            *(Button(LANGUAGES[code], SpeakInGroup(centre.id, code)) for code in others),
            back(speak, centre.id),
        ),
    )


def language_changed(speak: Speech, centre: Centre, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(
                "{person} has changed the language in the group. Now it is {language}.",
                person=who,
                language=speak.tongue(centre.language),
            ),
        )
    )


def back(speak: Speech, centre_id: int) -> Button:
    """To what holds now."""
    return Button(str(speak("Back")), ShowCentre(centre_id))

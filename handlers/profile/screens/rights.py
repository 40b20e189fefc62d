"""Screens of what a member can ask of what is held about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assembly.retention import PERIODS, Choice, Kept, answers_days, days
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.retention import span, told
from handlers.core.speech import Speech
from handlers.profile.presses import (
    CountMe,
    Erase,
    KeepAnswers,
    Lift,
    MyCopy,
    MyName,
    MyPeriods,
    MyRights,
    MyRole,
    NewName,
    Restrict,
)
from handlers.profile.screens.parts import back_to_held
from storage.centres import Centre


def rights(speak: Speech, centre_id: int, resting: Sequence[Centre], *, counts: bool) -> Screen:
    """The doors, each in a few words. `counts`: whether the answers may count in summaries;
    `resting`: other centres in which nothing of theirs is used.
    """
    object_to = speak("Be in no summary") if counts else speak("Be in summaries again")
    return Screen(
        lines(
            speak("<b>Your rights</b>"),
            speak(
                "What Voci holds about you is yours: to read, to take along, to correct, to have "
                "rest, to erase."
            ),
            speak("Nothing at the centre depends on what you choose here."),
        ),
        column(
            Button(str(speak("Give me a copy")), MyCopy(centre_id)),
            Button(str(speak("Correct my name")), MyName(centre_id, NewName.ASK)),
            Button(str(speak("Correct my role")), MyRole(centre_id, "")),
            Button(str(object_to), CountMe(centre_id, on=not counts)),
            Button(str(speak("Keep my things, but don’t use them")), Restrict(centre_id, 0)),
            Button(str(speak("For how long it is kept")), MyPeriods(centre_id)),
            *(
                Button(speak("{centre}: use again", centre=each.name).unescape(), Lift(each.id))
                for each in resting
            ),
            Button(str(speak("Erase everything")), Erase(centre_id, 0)),
            back_to_held(speak, centre_id),
        ),
    )


def counted(speak: Speech, centre_id: int, *, on: bool) -> Screen:
    """What follows from it."""
    if on:
        said = speak("From the next summary on your answers count again, as everybody’s do.")
    else:
        said = speak(
            "Your answers stay yours: they are in no summary, not in the one either that is being "
            "gathered. Check-ins go on as you chose."
        )
    return Screen(said, column(Button(str(speak("Back")), MyRights(centre_id))))


def ask_restrict(speak: Speech, centre: Centre, now: int, *, last: bool) -> Screen:
    """Before nothing is used any more; `last`: nobody else facilitates."""
    return Screen(
        lines(
            speak("<b>{centre}: keep my things, but don’t use them?</b>", centre=centre.name),
            speak(
                "No reminders, check-ins or summaries; new questions don’t count you; your "
                "support, your name and, if you facilitate, that rest."
            ),
            speak("Your ballots in open questions count; you can’t change them meanwhile."),
            speak("You lift it yourself, whenever you wish: /me."),
            speak("<b>Nobody would be left to facilitate.</b>") if last else None,
        ),
        column(
            Button(str(speak("Don’t use them")), Restrict(centre.id, now)),
            Button(str(speak("Back")), MyRights(centre.id)),
        ),
    )


def restricted(speak: Speech, centre: Centre) -> Screen:
    """To somebody whose things rest."""
    return Screen(
        lines(
            speak("{centre}: your things are kept, and not used.", centre=centre.name),
            speak("Voci writes to you no more, and counts you nowhere. Nobody is told."),
            speak("They rest until you lift it, however long that is."),
        ),
        column(
            Button(str(speak("Use them again")), Lift(centre.id)),
            Button(str(speak("Give me a copy")), MyCopy(centre.id)),
            Button(str(speak("Erase everything")), Erase(centre.id, 0)),
        ),
    )


def periods(
    speak: Speech, centre_id: int, chosen: Mapping[Kept, Choice], own: int | None, now: int
) -> Screen:
    """For how long the centre keeps things; `own`: the member's own days for their answers."""
    of_centre = days(Kept.ANSWERS, chosen.get(Kept.ANSWERS), now)
    shorter = [each for each in PERIODS[Kept.ANSWERS].choices if each < of_centre]
    buttons = [
        Button(
            str(speak("My answers: {time}", time=span(speak, each))), KeepAnswers(centre_id, each)
        )
        for each in shorter
        if each != own
    ]
    if own is not None:
        as_centre = speak("My answers: as long as the centre")
        buttons.append(Button(str(as_centre), KeepAnswers(centre_id, 0)))
    mine = speak(
        "<b>Your answers: {time}.</b> What is older is erased every night.",
        time=span(speak, answers_days(of_centre, own)),
    )
    return Screen(
        paragraphs(
            speak("<b>For how long Voci keeps things here</b>"),
            lines(*(told(speak, kept, chosen.get(kept), now) for kept in Kept)),
            mine,
        ),
        column(*buttons, Button(str(speak("Back")), MyRights(centre_id))),
    )

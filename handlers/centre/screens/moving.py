"""Screens of moving a centre to a new group."""

from __future__ import annotations

from markupsafe import Markup

from handlers.centre.presses import BeginMove, ConfirmMove, MoveHere, SetUpNew, ShowMove, StopMove
from handlers.centre.screens.about import back
from handlers.core.navigation import Invite
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.centres import Centre


def explained(speak: Speech, centre: Centre, *, alone: bool) -> Screen:
    """Before anything is begun; `alone`: nobody else facilitates."""
    if alone:
        needed = speak("It takes two facilitators, and you are the only one. Invite another first.")
        first = Button(speak("Invite a facilitator first").unescape(), Invite(centre.id))
    else:
        needed = speak(
            "It takes two of you: another facilitator confirms it, from another role where there "
            "is one."
        )
        first = Button(str(speak("Begin the move")), BeginMove(centre.id))
    return Screen(
        paragraphs(
            speak("<b>Move to a new group</b>"),
            lines(
                needed,
                speak(
                    "Then whoever runs this bot adds it to the new group and writes /setup there."
                ),
            ),
            lines(
                speak("Members, the list, assemblies and decisions come along."),
                speak("Posts stand in the new group from then on; the old one reads one sentence."),
            ),
        ),
        column(first, back(speak, centre.id)),
    )


def waits_for_another(
    speak: Speech,
    centre: Centre,
    begun_at: int,
    until: int,
    *,
    own: bool,
    may_confirm: bool,
) -> Screen:
    """Begun; `own`: by who reads this."""
    if own:
        said = speak(
            "It waits for another facilitator to confirm it, until {day}.", day=speak.day(until)
        )
    elif may_confirm:
        said = speak("It waits for you to confirm it, until {day}.", day=speak.day(until))
    else:
        said = speak(
            "It waits for a facilitator from another role to confirm it, until {day}.",
            day=speak.day(until),
        )
    yes = [Button(str(speak("Confirm the move")), ConfirmMove(centre.id, begun_at))]
    return Screen(
        lines(speak("<b>Move to a new group</b>"), said),
        column(
            *(yes if may_confirm else ()),
            Button(str(speak("Stop the move")), StopMove(centre.id, begun_at)),
            back(speak, centre.id),
        ),
    )


def waits_for_setup(speak: Speech, centre: Centre, begun_at: int, until: int) -> Screen:
    """Confirmed: what is left to do."""
    return Screen(
        lines(
            speak("<b>Move to a new group</b>"),
            speak("Two of you want it."),
            speak(
                "Now whoever runs this bot adds it to the new group and writes /setup there, until "
                "{day}.",
                day=speak.day(until),
            ),
        ),
        column(
            Button(str(speak("Stop the move")), StopMove(centre.id, begun_at)),
            back(speak, centre.id),
        ),
    )


def begun(speak: Speech, centre: Centre, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} wants to move the centre to a new group.", person=who),
            speak("Nothing happens unless another facilitator confirms it."),
        ),
        column(Button(str(speak("Look at it")), ShowMove(centre.id))),
    )


def confirmed(speak: Speech, centre: Centre, until: int, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has confirmed the move to a new group.", person=who),
            speak(
                "Now whoever runs this bot adds it to the new group and writes /setup there, until "
                "{day}.",
                day=speak.day(until),
            ),
        ),
        column(Button(str(speak("Look at it")), ShowMove(centre.id))),
    )


def stopped(speak: Speech, centre: Centre, who: Markup) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has stopped the move to a new group.", person=who),
        )
    )


def new_or_move(speak: Speech, waiting: list[Centre]) -> Screen:
    """To the operator in a group without a centre: a new one, or one that is to move here."""
    return Screen(
        lines(
            speak("<b>Voci for this group</b>"),
            speak("Is it for a new centre, or does one move here?"),
        ),
        column(
            Button(str(speak("A new centre")), SetUpNew()),
            *(
                Button(
                    speak("Moves here: {centre}", centre=each.name).unescape(), MoveHere(each.id)
                )
                for each in waiting
            ),
        ),
        public=True,
    )


def arrived(speak: Speech, name: str) -> Screen:
    """In the new group, in the place of the question."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=name),
            speak("The centre is in this group now. What goes on stands below."),
        ),
        public=True,
    )


def gone(speak: Speech, name: str) -> Screen:
    """To the old group."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=name),
            speak("The centre has moved to a new group. Here Voci posts nothing more."),
        ),
        public=True,
    )


def done(speak: Speech, name: str, group: str) -> Screen:
    """To the facilitators; `group`: what the new one is called."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=name),
            speak("The centre has moved. Its group is: {group}", group=group),
        )
    )

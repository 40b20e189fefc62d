"""Where everything starts: home for members, and what this is for everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.core.navigation import (
    ChooseCentre,
    Facilitate,
    Home,
    Invite,
    ListMinutes,
    ShowAgenda,
    ShowAssembly,
    ShowCentres,
    ShowDecisions,
    ShowHelp,
    ShowMe,
    ShowTasks,
    StartCheckin,
    StartProposal,
)
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.parts import ask_to_join, how_to_join
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.centres import Centre


def home(
    speak: Speech,
    centre: Centre,
    *,
    facilitates: bool,
    following: Assembly | None = None,
    deciding: int = 0,
) -> Screen:
    """What is next, and where a member can go from here; `deciding`: how many open decisions."""
    meeting = deciding_now = None
    if following is not None and following.status == "open":
        meeting = speak("The assembly is open.")
    elif following is not None:
        meeting = speak("The next assembly: {moment}.", moment=speak.moment(following.starts_at))
    if deciding:
        deciding_now = speak.many(
            "One question is being decided.", "{n} questions are being decided.", deciding
        )
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            meeting,
            deciding_now,
            speak("What would you like to do?"),
        ),
        doors(speak, centre.id, facilitates=facilitates),
    )


def doors(speak: Speech, centre_id: int, *, facilitates: bool) -> tuple[tuple[Button, ...], ...]:
    """The buttons that lead on from home."""
    rows = (
        (Button(str(speak("Propose something")), StartProposal(centre_id)),),
        (Button(str(speak("What we talk about")), ShowAgenda(centre_id)),),
        (
            Button(str(speak("The next assembly")), ShowAssembly(centre_id)),
            Button(str(speak("Decisions")), ShowDecisions(centre_id)),
        ),
        (
            Button(str(speak("What is to be done")), ShowTasks(centre_id)),
            Button(str(speak("Minutes")), ListMinutes(centre_id, 1)),
        ),
        (Button(str(speak("Say how I am")), StartCheckin(centre_id)),),
        (
            Button(str(speak("About me")), ShowMe(centre_id)),
            Button(str(speak("Help")), ShowHelp(centre_id)),
        ),
    )
    if not facilitates:
        return rows
    duty = (
        Button(str(speak("Facilitator’s menu")), Facilitate(centre_id)),
        Button(str(speak("Invite")), Invite(centre_id)),
    )
    return (*rows, duty)


def to_home(speak: Speech, centre_id: int) -> Button:
    """The way back home."""
    return Button(str(speak("Home")), Home(centre_id))


def stranger(speak: Speech, near: Sequence[Centre] = ()) -> Screen:
    """To somebody who is in no centre yet; `near`: which they can ask."""
    return Screen(
        paragraphs(
            speak("<b>Voci is for the assemblies of co-produced mental-health centres.</b>"),
            speak(
                "Users, families and professionals propose what they talk about and decide "
                "together."
            ),
            how_to_join(speak, near),
        ),
        ask_to_join(speak, near),
    )


def broken_link(speak: Speech) -> Screen:
    """The link's payload is nothing of ours, or was cut off."""
    return Screen(
        lines(
            speak("That link leads nowhere. Perhaps a part of it got lost."),
            speak("Please open it again, or ask for a new one."),
        )
    )


def centres(speak: Speech, known: list[Centre], current_id: int) -> Screen:
    """The centres of a member; the current one is marked in words."""
    return Screen(
        speak("Which centre do you want to be in?"),
        column(
            *(
                Button(
                    speak("{centre} (here)", centre=each.name).unescape()
                    if each.id == current_id
                    else each.name,
                    ChooseCentre(each.id),
                )
                for each in known
            )
        ),
    )


def standing(speak: Speech, screen: Screen, centre: Centre) -> Screen:
    """The screen with its centre on top, for a member of several."""
    switch = Button(str(speak("Another centre")), ShowCentres(centre.id))
    return screen.on_top(speak("<i>{centre}</i>", centre=centre.name)).with_row(switch)

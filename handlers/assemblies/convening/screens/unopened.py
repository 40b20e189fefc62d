"""It is time, and nobody has opened the assembly: the question in private, the group's sentence."""

from __future__ import annotations

from handlers.assemblies.calendars.screens import calendars
from handlers.assemblies.convening_presses import Convene
from handlers.assemblies.presses import AskToOpen, NotToday, OpenAssembly
from handlers.assemblies.screens.assembly import headline
from handlers.core.navigation import Facilitate
from handlers.core.screen import Button, DeepLink, Screen, column, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def asked(assembly: Assembly, until: int, speak: Speech, *, moves: bool = True) -> Screen:
    """What is to happen now, and what happens at `until` (UTC epoch seconds) by itself.

    `moves`: whether who reads it may move the assembly; its chair may not.
    """
    ids = assembly.centre_id, assembly.id
    text = lines(
        speak(
            "<b>It is time for the assembly: {moment}</b>", moment=speak.moment(assembly.starts_at)
        ),
        assembly.place,
        speak(
            "Nobody has opened it yet. If nobody does by {time}, the group reads that it did "
            "not take place.",
            time=speak.time(until),
        ),
    )
    buttons = [
        Button(str(speak("Open the assembly")), OpenAssembly(*ids, sure=True)),
        Button(str(speak("Not today")), NotToday(*ids, sure=False)),
    ]
    if moves:
        buttons.append(Button(str(speak("Move it")), Convene(*ids, 0)))
    return Screen(text, column(*buttons))


def sure_not_today(assembly: Assembly, speak: Speech) -> Screen:
    """Asked once: everybody reads it, and nobody can open it any more."""
    ids = assembly.centre_id, assembly.id
    text = lines(
        speak("Tell the group that there is no assembly today?"),
        speak("Then it can’t be opened any more. All points stay on the list."),
    )
    buttons = column(
        Button(str(speak("Tell the group")), NotToday(*ids, sure=True)),
        Button(str(speak("Back")), AskToOpen(*ids)),
    )
    return Screen(text, buttons)


def answered(assembly: Assembly, now: int, speak: Speech) -> Screen:
    """In its place, once somebody has answered or it is too late."""
    back = Button(str(speak("Back")), Facilitate(assembly.centre_id))
    return Screen(headline(assembly, now, speak), column(back))


def not_held(assembly: Assembly, speak: Speech, link: DeepLink) -> Screen:
    """To the group, in one sentence: somebody said so, or nobody opened it.

    Who knows beforehand that there is none can take it out of their calendar.
    """
    moment = speak.moment(assembly.starts_at)
    if assembly.status == "cancelled":
        told = speak("There is no assembly today; all proposals stay on the list for the next one.")
        return Screen(told, column(calendars.way(assembly, speak, link)), public=True)
    told = speak(
        "The assembly on {moment} did not take place, because nobody opened it; all proposals "
        "stay on the list for the next one.",
        moment=moment,
    )
    return Screen(told, public=True)

"""The facilitators' hub: everything that the duty brings with it, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assembly.roles import Role
from handlers.assemblies.convening_presses import ChangeAssembly, Convene
from handlers.assemblies.duty_presses import ShowLeading
from handlers.assemblies.presses import OpenAssembly, PrintPoints
from handlers.core.navigation import (
    GiveBack,
    Home,
    Invite,
    PutQuestion,
    ShowCentre,
    ShowSeries,
    ShowSession,
    WriteContacts,
)
from handlers.core.screen import Button, DeepLink, Screen, lines, paragraphs
from handlers.core.screens.newcomers import joined
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.centres import Centre

_SHOWN = 4  # assemblies, and series, with a button of their own


def hub(
    centre: Centre,
    upcoming: list[Assembly],
    regular: Sequence[tuple[str, int]],
    newcomers: Mapping[Role, int],
    speak: Speech,
) -> Screen:
    """What facilitators can do now.

    `regular`: when the centre meets, and the ids of these series; `newcomers`: how many have joined
    lately.
    """
    state = speak("No assembly is convened.")
    rows: list[tuple[Button, ...]] = []
    if upcoming:
        state, rows = _next(upcoming[0], speak)
    for assembly in upcoming[:_SHOWN]:
        if assembly.status == "convened":
            label = speak("Change {day}", day=speak.button_day(assembly.starts_at)).unescape()
            rows.append((Button(label, ChangeAssembly(centre.id, assembly.id)),))
    for rhythm, series_id in regular[:_SHOWN]:
        rows.append((Button(rhythm, ShowSeries(centre.id, series_id)),))
    rows += [
        (Button(str(speak("Convene an assembly")), Convene(centre.id, 0, 0)),),
        (Button(_series(regular, speak), ShowSeries(centre.id, 0)),),
        (Button(str(speak("Put a question to a decision")), PutQuestion(centre.id, 0)),),
        (
            Button(str(speak("Invite")), Invite(centre.id)),
            Button(str(speak("Whom to call")), WriteContacts(centre.id)),
        ),
        (Button(str(speak("The centre")), ShowCentre(centre.id)),),
        (Button(speak("Stop facilitating").unescape(), GiveBack(centre.id, 0)),),
        (Button(str(speak("Home")), Home(centre.id)),),
    ]
    text = lines(speak("<b>For facilitators of {centre}</b>", centre=centre.name), state)
    text = paragraphs(text, joined(newcomers, speak))
    return Screen(text, tuple(rows))


def _next(assembly: Assembly, speak: Speech) -> tuple[Markup, list[tuple[Button, ...]]]:
    """How the assembly stands that is open or comes next, and what can be done with it."""
    ids = assembly.centre_id, assembly.id
    to_print = Button(str(speak("The list to print (PDF)")), PrintPoints(*ids, own=False))
    if assembly.status == "open":
        go_on = Button(str(speak("Go on with the assembly")), ShowSession(*ids))
        return speak("The assembly is open."), [(go_on,), (to_print,)]
    state = speak("The next assembly: {moment}.", moment=speak.moment(assembly.starts_at))
    begin = Button(str(speak("Open the assembly")), OpenAssembly(*ids, sure=False))
    see = Button(str(speak("Chair and notes")), ShowLeading(*ids))
    return state, [(begin,), (see,), (to_print,)]


def _series(regular: Sequence[tuple[str, int]], speak: Speech) -> str:
    """Whoever meets regularly finds that above, by its rhythm: this one makes another."""
    return str(speak("Another series") if regular else speak("Meet regularly"))


def in_private(centre_id: int, speak: Speech, link: DeepLink) -> Screen:
    """In the group: this belongs into the private chat, so that the group hears little."""
    door = Button(str(speak("Open it")), url=link(f"facilitate_{centre_id}"))
    return Screen(speak("Facilitators do that in their chat with me."), ((door,),), public=True)

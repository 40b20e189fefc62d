"""How a centre wants its assemblies: what holds now, and a button for each other way."""

from __future__ import annotations

from markupsafe import Markup

from assembly.sending import CHOICES, DENSE, SPARSE
from handlers.assemblies.presses import AskAttendance, SendAgenda
from handlers.core.navigation import ChooseCorrectionTime, ShowCentre
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from storage.assembly_settings import AssemblySettings
from storage.centres import Centre

_IN_A_ROW = 5


def settings(centre_id: int, chosen: AssemblySettings, speak: Speech) -> Screen:
    """When the agenda is sent, and whether people are asked if they come."""
    text = paragraphs(
        speak("<b>Your assemblies</b>"),
        lines(_sent(chosen, speak), speak("From then on they are fixed.")),
        _asks(chosen, speak),
        speak("How many days before should the group read them?"),
    )
    days = _days(centre_id, chosen.agenda_days, speak)
    return Screen(text, (*days, *_rest(centre_id, chosen, speak)))


def changed_by(centre: Centre, who: Markup, chosen: AssemblySettings, speak: Speech) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has changed how your assemblies are prepared.", person=who),
            _sent(chosen, speak),
            _asks(chosen, speak),
        )
    )


def _sent(chosen: AssemblySettings, speak: Speech) -> Markup:
    if chosen.agenda_days is None:
        return speak(
            "The group reads the points {dense} days before an assembly if you meet every week or "
            "so, otherwise {sparse} days before.",
            dense=DENSE,
            sparse=SPARSE,
        )
    return speak.many(
        "The group reads the points 24 hours before an assembly.",
        "The group reads the points {n} days before an assembly.",
        chosen.agenda_days,
    )


def _asks(chosen: AssemblySettings, speak: Speech) -> Markup:
    if chosen.asks_attendance:
        return speak("Everybody is asked before each assembly whether they come.")
    return speak("If you meet every week or so, nobody is asked whether they come.")


def _days(centre_id: int, chosen: int | None, speak: Speech) -> list[tuple[Button, ...]]:
    buttons = [
        Button(f"✓ {each}" if each == chosen else str(each), SendAgenda(centre_id, each))
        for each in CHOICES
    ]
    rows = [
        tuple(buttons[begin : begin + _IN_A_ROW]) for begin in range(0, len(buttons), _IN_A_ROW)
    ]
    if chosen is not None:
        rows.append((Button(str(speak("By how often you meet")), SendAgenda(centre_id, 0)),))
    return rows


def _rest(
    centre_id: int, chosen: AssemblySettings, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    ask = speak("Ask nobody whether they come") if chosen.asks_attendance else None
    label = ask or speak("Ask whether they come")
    return (
        (Button(label.unescape(), AskAttendance(centre_id, not chosen.asks_attendance)),),
        (Button(str(speak("Correcting minutes")), ChooseCorrectionTime(centre_id, 0)),),
        (Button(str(speak("Back")), ShowCentre(centre_id)),),
    )

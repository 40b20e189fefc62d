"""What somebody agreed to: in a line, and one by one, to take it back."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.checkins.presses import Stop
from handlers.core.navigation import ShowAgreement
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech, later
from handlers.profile.presses import Leave
from handlers.profile.screens.parts import back_to_held
from storage.consents import Consent

_PURPOSES = {"part": later("taking part"), "checkin": later("check-ins")}


def listed(speak: Speech, centre_id: int, history: Sequence[Consent]) -> Screen:
    """Everything that was agreed to, and taking back what stands."""
    stands = {each.purpose for each in history if each.withdrawn_at is None}
    buttons = [*look_anew(speak, centre_id, history)]
    if "checkin" in stands:
        stop = speak("Stop the check-ins").unescape()
        buttons.append(Button(stop, Stop(centre_id, sure=False)))
    buttons.append(Button(speak("Take part no longer").unescape(), Leave(centre_id, 0)))
    return Screen(
        lines(
            speak("<b>What you agreed to</b>"),
            *(_consent(speak, each) for each in history[-3:]),
            speak("Taking part needs your consent: to take it back is to leave."),
        ),
        column(*buttons, back_to_held(speak, centre_id)),
    )


def look_anew(speak: Speech, centre_id: int, history: Sequence[Consent]) -> tuple[Button, ...]:
    """To what is to be agreed to anew, where something is."""
    if not rest(history):
        return ()
    return (Button(speak("Look at what is new").unescape(), ShowAgreement(centre_id)),)


def rest(history: Sequence[Consent]) -> bool:
    """Whether something of it is to be agreed to anew."""
    return any(each.rests for each in history)


def standing(speak: Speech, history: Sequence[Consent]) -> str:
    """For what; since when, and to which words, stands one by one."""
    stands = dict.fromkeys(each.purpose for each in history if each.withdrawn_at is None)
    if not stands:
        return speak("You have agreed to nothing at the moment.")
    purposes = ", ".join(speak(_PURPOSES[each]) for each in stands)
    return speak("You agreed to: {purposes}.", purposes=purposes)


def _consent(speak: Speech, each: Consent) -> str:
    values = {
        "purpose": speak(_PURPOSES[each.purpose]),
        "n": each.version,
        "day": speak.date(each.granted_at),
    }
    if each.rests:
        return speak("{day}: {purpose} (text {n}). I ask you again.", **values)
    if each.withdrawn_at is None and each.body is not None:
        return speak("{day}: {purpose} (text {n}), with {body}", body=each.body, **values)
    if each.withdrawn_at is None:
        return speak("{day}: {purpose} (text {n})", **values)
    until = speak.date(each.withdrawn_at)
    return speak("{day}: {purpose} (text {n}), taken back on {until}", until=until, **values)

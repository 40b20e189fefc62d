"""Screens of /me: what is held about somebody, and what they can change about it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.roles import Role
from handlers.assemblies.duty_presses import ShowDutyWishes
from handlers.checkins.presses import ShowCheckinSettings, ShowWeeks
from handlers.core.names import is_nameless
from handlers.core.navigation import Door, MyDoor
from handlers.core.screen import Archive, Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from handlers.profile.presses import (
    Erase,
    Leave,
    MyClosingReminders,
    MyConsents,
    MyCopy,
    MyLanguage,
    MyName,
    MyReminders,
    MyRights,
    NewName,
)
from handlers.profile.screens import consents
from handlers.profile.screens.parts import back, back_to_held
from storage.centres import Centre
from storage.checkins import CheckinSettings
from storage.consents import Consent
from storage.erasure.holdings import Numbers
from storage.members import Member

TAKES_PART = {
    Role.USER: later("{name}, as a user of the service, since {day}."),
    Role.FAMILY: later("{name}, as a family member, since {day}."),
    Role.PROFESSIONAL: later("{name}, as a professional, since {day}."),
}
FACILITATES = {
    Role.USER: later("{name}, as a user of the service and facilitator, since {day}."),
    Role.FAMILY: later("{name}, as a family member and facilitator, since {day}."),
    Role.PROFESSIONAL: later("{name}, as a professional and facilitator, since {day}."),
}
_DOORS = {
    Door.ASKED: later("Questions and reminders"),
    Door.HELD: later("My data and my rights"),
}

Rows = tuple[tuple[Button, ...], ...]


@immutable
class Held:
    """What the first screen tells; `weeks`: in how many the member has said how they are."""

    facilitates: bool
    consents: Sequence[Consent]
    numbers: Numbers
    weeks: int
    wish: CheckinSettings | None
    next_at: int | None
    reminders: bool
    closing_reminders: bool


def me(speak: Speech, centre: Centre, member: Member, held: Held) -> Screen:
    """In five lines; the rest is behind the buttons."""
    told = FACILITATES if held.facilitates else TAKES_PART
    return Screen(
        lines(
            speak("<b>About you in {centre}</b>", centre=centre.name),
            speak(
                told[member.role],
                name=speak("Without a name") if is_nameless(member.name) else member.name,
                day=speak.date(member.joined_at),
            ),
            consents.standing(speak, held.consents),
            _asked(speak, held),
            _numbers(speak, held),
        ),
        (
            *column(*consents.look_anew(speak, centre.id, held.consents)),
            (
                Button(speak("My name").unescape(), MyName(centre.id, NewName.ASK)),
                Button(speak("My language").unescape(), MyLanguage(centre.id, "")),
            ),
            (Button(speak(_DOORS[Door.ASKED]).unescape(), MyDoor(centre.id, Door.ASKED)),),
            (Button(speak(_DOORS[Door.HELD]).unescape(), MyDoor(centre.id, Door.HELD)),),
            (to_home(speak, centre.id),),
        ),
    )


def behind(door: Door, speak: Speech, centre_id: int, held: Held) -> Screen:
    """One of the two doors, with what the first screen says about it."""
    heading = Markup("<b>{}</b>").format(speak(_DOORS[door]))
    if door is Door.ASKED:
        text, rows = lines(heading, _asked(speak, held)), _asking(speak, centre_id, held)
    else:
        text = lines(heading, consents.standing(speak, held.consents), _numbers(speak, held))
        rows = _holding(speak, centre_id)
    return Screen(text, (*rows, (back(speak, centre_id),)))


def _asking(speak: Speech, centre_id: int, held: Held) -> Rows:
    return (
        (
            Button(speak("When I am asked").unescape(), ShowCheckinSettings(centre_id)),
            Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),
        ),
        (_reminders(speak, centre_id, held.reminders),),
        (_closing_reminders(speak, centre_id, held.closing_reminders),),
        (Button(speak("Chairing and notes").unescape(), ShowDutyWishes(centre_id)),),
    )


def _holding(speak: Speech, centre_id: int) -> Rows:
    return (
        (
            Button(speak("My consents").unescape(), MyConsents(centre_id)),
            Button(speak("My rights").unescape(), MyRights(centre_id)),
        ),
        (_copy(speak, centre_id),),
        (Button(speak("Leave the assembly").unescape(), Leave(centre_id, 0)),),
        (_erase(speak, centre_id),),
    )


def copy(speak: Speech, centre: Centre, everything: Archive) -> Screen:
    """The archive with everything."""
    return Screen(
        lines(
            speak("Here is everything that Voci holds about you in {centre}.", centre=centre.name),
            speak("Open the page in it to read it; the other file is for a computer."),
            speak("Your answers are in it, readable: keep it where only you can see it."),
        ),
        column(_erase(speak, centre.id), back_to_held(speak, centre.id)),
        file=everything,
    )


def left(speak: Speech, centre: Centre, until: int) -> Screen:
    """To somebody who takes part no longer; their things are kept until `until`."""
    return Screen(
        lines(
            speak(
                "{centre}: you have left the assembly in Voci. It writes to you no more.",
                centre=centre.name,
            ),
            speak("Your place at the centre is untouched."),
            speak(
                "With a new invitation you find your things again until {day}; then they are "
                "erased.",
                day=speak.date(until),
            ),
            speak("The group itself you leave in Telegram."),
        ),
        column(_copy(speak, centre.id), _erase(speak, centre.id)),
    )


def _asked(speak: Speech, held: Held) -> str:
    if held.wish is None or not held.wish.active:
        return speak("Voci does not ask you how you are.")
    if consents.rest(held.consents):
        return speak("The check-ins wait until you have said yes again.")
    if held.next_at is None:
        return speak("The check-ins are paused.")
    return speak("The next check-in comes on {moment}.", moment=speak.moment(held.next_at))


def _numbers(speak: Speech, held: Held) -> str:
    return speak(
        "You put forward: {proposals} · voices given: {voices} · weeks answered: {weeks}.",
        proposals=held.numbers.proposals,
        voices=held.numbers.voices,
        weeks=held.weeks,
    )


def _reminders(speak: Speech, centre_id: int, on: bool) -> Button:
    label = speak("No assembly reminders here") if on else speak("Remind me of assemblies here")
    return Button(label.unescape(), MyReminders(centre_id, on=not on))


def _closing_reminders(speak: Speech, centre_id: int, on: bool) -> Button:
    label = (
        speak("No reminders before closing") if on else speak("Remind me before a question closes")
    )
    return Button(label.unescape(), MyClosingReminders(centre_id, on=not on))


def _copy(speak: Speech, centre_id: int) -> Button:
    return Button(speak("Give me a copy").unescape(), MyCopy(centre_id))


def _erase(speak: Speech, centre_id: int) -> Button:
    return Button(speak("Erase everything").unescape(), Erase(centre_id, 0))

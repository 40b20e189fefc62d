"""Screens of /invite: whom, how many, the link once, the second confirmation, what is open."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from assembly.invitation import state
from assembly.roles import Role
from handlers.core.navigation import Invite
from handlers.core.pictures import QrCode
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from storage.invitations import Invitation

SHOWN = 8
USES = (1, 5, 20)


class Guest(StrEnum):
    """Whom an invitation is for."""

    USER = "u"
    FAMILY = "f"
    PROFESSIONAL = "p"
    FACILITATOR = "d"

    @property
    def role(self) -> Role | None:
        """The role that the invitation gives; a facilitator-to-be chooses."""
        return ROLES.get(self)


ROLES = {
    Guest.USER: Role.USER,
    Guest.FAMILY: Role.FAMILY,
    Guest.PROFESSIONAL: Role.PROFESSIONAL,
}
GUESTS = {
    Guest.USER: later("Users of the service"),
    Guest.FAMILY: later("Family members"),
    Guest.PROFESSIONAL: later("Professionals"),
    Guest.FACILITATOR: later("Somebody as facilitator"),
}
FOR = {
    Guest.USER: later("for users of the service"),
    Guest.FAMILY: later("for family members"),
    Guest.PROFESSIONAL: later("for professionals"),
    Guest.FACILITATOR: later("to facilitate"),
}


@immutable
class ChooseGuest(Press, tag="ivG"):
    """The invitation is for these."""

    centre_id: int
    guest: Guest


@immutable
class MakeInvitation(Press, tag="ivM", repeats=False):
    """Make a link for so many people."""

    centre_id: int
    guest: Guest
    uses: int


@immutable
class ShowInvitations(Press, tag="ivL"):
    """Which invitations are open."""

    centre_id: int


@immutable
class Revoke(Press, tag="ivR"):
    """This invitation shall open nothing any more."""

    centre_id: int
    ref: str


@immutable
class ConfirmInvitation(Press, tag="ivC"):
    """The second facilitator's answer."""

    centre_id: int
    ref: str
    yes: bool


def guest_of(role: Role | None, facilitator: bool) -> Guest:
    """Whom a stored invitation is for."""
    if facilitator or role is None:
        return Guest.FACILITATOR
    return next(guest for guest, each in ROLES.items() if each is role)


def whom(speak: Speech, centre_id: int) -> Screen:
    """The first question."""
    return Screen(
        speak("Whom would you like to invite?"),
        (
            *column(
                *(
                    Button(str(speak(label)), ChooseGuest(centre_id, guest))
                    for guest, label in GUESTS.items()
                )
            ),
            (
                Button(str(speak("Open invitations")), ShowInvitations(centre_id)),
                to_home(speak, centre_id),
            ),
        ),
    )


def how_many(
    speak: Speech, centre_id: int, guest: Guest, *, several_take_two: bool = False
) -> Screen:
    """The second question; the facilitator's duty is given to one person at a time.

    `several_take_two`: it is the number that makes a second facilitator necessary.
    """
    numbers = USES[:1] if guest is Guest.FACILITATOR else USES
    two = None
    if several_take_two:
        two = speak(
            "A link for more than one person opens as soon as a second facilitator has confirmed "
            "it; a link for one opens at once."
        )
    return Screen(
        lines(speak("How many people may use the link?"), two),
        (
            tuple(Button(str(n), MakeInvitation(centre_id, guest, n)) for n in numbers),
            (Button(str(speak("Back")), Invite(centre_id)),),
        ),
    )


def link(speak: Speech, invitation: Invitation, address: str) -> Screen:
    """The link, shown this once, as words and as a picture to be scanned."""
    who = speak(FOR[guest_of(invitation.role, invitation.facilitator)])
    waits = None
    if invitation.needs_confirmation:
        waits = speak("It opens as soon as a second facilitator has confirmed it.")
    return Screen(
        paragraphs(
            lines(
                speak("<b>Invitation: {who}</b>", who=who),
                speak.many(
                    "For one person, until {day}.",
                    "For {n} people, until {day}.",
                    invitation.uses_left,
                    day=speak.day(invitation.expires_at),
                ),
                waits,
            ),
            speak("<code>{link}</code>", link=address),
            speak("I keep no copy of the link: pass it on now."),
        ),
        (
            (
                Button(str(speak("Invite")), Invite(invitation.centre_id)),
                to_home(speak, invitation.centre_id),
            ),
        ),
        picture=QrCode(address),
    )


def confirmation(speak: Speech, centre: str, invitation: Invitation, inviter: str) -> Screen:
    """To every other facilitator: two stand behind what brings influence, or many."""
    who = speak(FOR[guest_of(invitation.role, invitation.facilitator)])
    return Screen(
        paragraphs(
            speak("<b>{centre}</b>", centre=centre),
            lines(
                speak("{name} has made an invitation: {who}.", name=inviter, who=who),
                speak.many(
                    "One person may use it.", "{n} people may use it.", invitation.uses_left
                ),
                speak("It opens only if a second facilitator confirms it."),
            ),
        ),
        (
            (
                Button(
                    str(speak("Confirm")),
                    ConfirmInvitation(invitation.centre_id, invitation.ref, True),
                ),
                Button(
                    str(speak("Decline")),
                    ConfirmInvitation(invitation.centre_id, invitation.ref, False),
                ),
            ),
        ),
    )


def settled(speak: Speech, centre: str, invitation: Invitation) -> Screen:
    """How the question for a second facilitator ended; to all of them."""
    who = speak(FOR[guest_of(invitation.role, invitation.facilitator)])
    text = (
        speak("Invitation ({who}): it is confirmed, and its link opens now.", who=who)
        if invitation.confirmed
        else speak("Invitation ({who}): it was not confirmed, and its link opens nothing.", who=who)
    )
    return Screen(lines(speak("<b>{centre}</b>", centre=centre), text))


def open_ones(speak: Speech, centre_id: int, known: list[Invitation], now: int) -> Screen:
    """The newest invitations that can still be used, without their links."""
    shown = known[:SHOWN]
    rows = [
        lines(f"{number}. ") + _summary(speak, each, now) for number, each in enumerate(shown, 1)
    ]
    revokes = [
        Button(
            speak("Take back {number}", number=number).unescape(),
            Revoke(centre_id, each.ref),
        )
        for number, each in enumerate(shown, 1)
    ]
    return Screen(
        paragraphs(
            speak("<b>Open invitations</b>"),
            lines(*rows) if rows else speak("There are none."),
        ),
        (
            *(tuple(revokes[start : start + 2]) for start in range(0, len(revokes), 2)),
            (Button(str(speak("Back")), Invite(centre_id)),),
        ),
    )


def in_private(speak: Speech, address: str) -> Screen:
    """To /invite in the group."""
    return Screen(
        speak("Invitations are made in your private chat with me."),
        column(Button(str(speak("Go there")), url=address)),
        public=True,
    )


def _summary(speak: Speech, invitation: Invitation, now: int) -> str:
    who = speak(FOR[guest_of(invitation.role, invitation.facilitator)])
    uses = speak.many("one use left", "{n} uses left", invitation.uses_left)
    until = speak("until {day}", day=speak.short_day(invitation.expires_at))
    parts = [who, uses, until]
    if state(invitation.policy, now) == "unconfirmed":
        parts.append(speak("not confirmed yet"))
    return lines(" · ").join(parts)

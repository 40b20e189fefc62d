"""/invite: links that open the door for a role, or for the facilitator's duty."""

from __future__ import annotations

from assembly.invitation import needs_confirmation, state
from assembly.roles import Role
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import marked
from handlers.core.navigation import INVITATION, Invite
from handlers.core.registration import GROUP, PRIVATE, App, command, deep_link, presses
from handlers.core.speech import Speech
from handlers.membership.presses import INVITING
from handlers.membership.screens import invitations as screens
from handlers.membership.screens.invitations import (
    USES,
    ChooseGuest,
    ConfirmInvitation,
    Guest,
    MakeInvitation,
    Revoke,
    ShowInvitations,
)
from storage import endings, facilitators, invitations
from storage.endings import Ending
from storage.invitations import Invitation


async def begin(context: Context) -> None:
    """/invite in private."""
    context.show(screens.whom(context.speak, context.centre.id))


async def open_link(_: str, context: Context) -> None:
    """From the group into the private chat."""
    await begin(context)


async def begin_elsewhere(context: Context) -> None:
    """/invite in the group: nothing of it is for the group."""
    address = context.services.link(f"{INVITING}_{context.centre.id}")
    context.show(screens.in_private(context.speak, address))


async def show_whom(press: Invite, context: Context) -> None:
    context.show(screens.whom(context.speak, press.centre_id))


async def choose_guest(press: ChooseGuest, context: Context) -> None:
    await _ask_how_many(press.guest, context)


async def make(press: MakeInvitation, context: Context) -> None:
    """Make the link; its token is in this one screen and nowhere else."""
    duty = press.guest is Guest.FACILITATOR
    if press.uses not in USES or (duty and press.uses != 1):
        await _ask_how_many(press.guest, context)
        return
    role = press.guest.role
    token = await invitations.add(
        context.tx,
        centre_id=press.centre_id,
        role=role,
        now=context.now,
        facilitator=duty,
        uses=press.uses,
        created_by=context.member.id,
        needs_confirmation=await _takes_two(press.guest, press.uses, context),
    )
    invitation = await invitations.find(context.tx, token)
    assert invitation is not None  # noqa: S101 - it was made just now
    link = context.services.link(f"{INVITATION}_{token}")
    context.show(screens.link(context.speak, invitation, link))
    if invitation.needs_confirmation:
        await _ask_to_confirm(context, invitation)


async def show_open(press: ShowInvitations, context: Context) -> None:
    await _show_open(context, press.centre_id)


async def revoke(press: Revoke, context: Context) -> None:
    invitation = await invitations.by_ref(context.tx, press.centre_id, press.ref)
    if invitation is not None and await _take_back(context, invitation):
        context.toast(context.speak("Taken back: its link opens nothing any more."))
    await _show_open(context, press.centre_id)


async def confirm(press: ConfirmInvitation, context: Context) -> None:
    """The second facilitator's answer; the first one counts, and never the inviter's own."""
    invitation = await invitations.by_ref(context.tx, press.centre_id, press.ref)
    if invitation is None or invitation.created_by == context.member.id:
        context.toast(context.speak("Another facilitator has to answer that."), alert=True)
        return
    if state(invitation.policy, context.now) == "unconfirmed":
        if press.yes:
            await invitations.confirm(context.tx, invitation.token_hash, context.member.id)
        else:
            await _take_back(context, invitation)
        invitation = await invitations.get(context.tx, invitation.token_hash) or invitation
        await _tell(context, invitation)
    context.show(screens.settled(context.speak, context.centre.name, invitation))


async def _ask_how_many(guest: Guest, context: Context) -> None:
    alone = not await _takes_two(guest, 1, context)
    several = guest is not Guest.FACILITATOR and await _takes_two(guest, max(USES), context)
    context.show(
        screens.how_many(
            context.speak, context.centre.id, guest, several_take_two=alone and several
        )
    )


async def _takes_two(guest: Guest, uses: int, context: Context) -> bool:
    """Whether such an invitation opens only after a second facilitator's yes."""
    contacts = await facilitators.contacts(context.tx, context.centre.id, context.now)
    duty = guest is Guest.FACILITATOR
    return needs_confirmation(guest.role or Role.USER, duty, len(contacts), uses)


async def _take_back(context: Context, invitation: Invitation) -> bool:
    """Also out of backups, which the ledger sees to."""
    keys, subject = context.services.keys, invitation.token_hash
    if not await invitations.revoke(context.tx, subject):
        return False
    await endings.note(context.tx, keys, Ending.INVITATION, subject, context.now)
    context.unit.after_commit.append(context.services.eraser.catch_up)
    return True


async def _show_open(context: Context, centre_id: int) -> None:
    known = await invitations.still_open(context.tx, centre_id, context.now)
    known.reverse()  # the newest first
    context.show(screens.open_ones(context.speak, centre_id, known, context.now))


async def _ask_to_confirm(context: Context, invitation: Invitation) -> None:
    centre = context.centre
    inviter = marked(context.member.telegram_id, context.member.name)
    for contact in await facilitators.contacts(context.tx, centre.id, context.now):
        if contact.telegram_id == context.member.telegram_id:
            continue
        speak = Speech.of(centre, contact.language)
        ref = _ref(invitation, contact.telegram_id)
        await context.unit.post(
            ref,
            contact.telegram_id,
            screens.confirmation(speak, centre.name, invitation, inviter),
            centre_id=centre.id,
            ref=ref,
            not_before=centre.waits_until(context.now),
            expires_at=invitation.expires_at,
        )


async def _tell(context: Context, invitation: Invitation) -> None:
    """The inviter hears how it ended; the others' question turns into the answer."""
    centre = context.centre
    for contact in await facilitators.contacts(context.tx, centre.id, context.now):
        speak = Speech.of(centre, contact.language)
        screen = screens.settled(speak, centre.name, invitation)
        ref = _ref(invitation, contact.telegram_id)
        if contact.member_id == invitation.created_by:
            await context.unit.post(
                f"{ref}:answer",
                contact.telegram_id,
                screen,
                centre_id=centre.id,
                not_before=centre.waits_until(context.now),
            )
        elif contact.telegram_id != context.member.telegram_id:
            await context.unit.repost(ref, contact.telegram_id, screen, centre_id=centre.id)


def _ref(invitation: Invitation, telegram_id: int) -> str:
    return f"invitation:{invitation.ref}:{telegram_id}"


def register(app: App) -> None:
    deep_link(INVITING, open_link, may=May.FACILITATORS)
    app.add_handler(command("invite", begin, PRIVATE, may=May.FACILITATORS))
    app.add_handler(command("invite", begin_elsewhere, GROUP, may=May.FACILITATORS))
    app.add_handler(presses(Invite, show_whom, may=May.FACILITATORS))
    app.add_handler(presses(ChooseGuest, choose_guest, may=May.FACILITATORS))
    app.add_handler(presses(MakeInvitation, make, may=May.FACILITATORS))
    app.add_handler(presses(ShowInvitations, show_open, may=May.FACILITATORS))
    app.add_handler(presses(Revoke, revoke, may=May.FACILITATORS))
    app.add_handler(presses(ConfirmInvitation, confirm, may=May.FACILITATORS))

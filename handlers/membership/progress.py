"""The way into a centre as far as it has come: who is on it, where it stands, how it ends."""

from __future__ import annotations

from typing import TypeVar

from assembly import duty
from assembly.centre_facts import Fact, age_limit
from assembly.invitation import expires_at, state
from assembly.wording import presentable
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.press import Press
from handlers.core.screens import home
from handlers.core.speech import Speech
from handlers.membership.screens import arrival, guardian, join
from storage import (
    admission,
    centre_facts,
    centres,
    facilitators,
    invitations,
    join_requests,
    joinings,
)
from storage.joinings import Joining

P = TypeVar("P", bound=Press)


async def resume(context: Context) -> bool:
    """Show where the person left off on the way into a centre; False if they were on none."""
    person = context.who()
    centre_id = await joinings.latest(context.tx, person.id)
    if centre_id is None:
        return False
    await go_on(context, centre_id)
    return True


async def go_on(context: Context, centre_id: int) -> None:
    """Show where the person is on the way into this centre."""
    joining = await joinings.find(context.tx, context.who().id, centre_id)
    if joining is None:
        return
    context.speak = Speech(joining.language, joining.centre_zone)
    if joining.waits_for_guardian:
        until = expires_at(joining.updated_at)
        context.show(guardian.paper_needed(context.speak, joining, until))
    elif joining.consented_at is None:
        limit = age_limit(await centre_facts.known(context.tx, centre_id))
        context.show(join.welcome(context.speak, joining, limit))
    else:
        await show_question(context, centre_id)


async def show_question(context: Context, centre_id: int) -> None:
    """Ask what is still to be answered; when nothing is, the person is let in."""
    person = context.who()
    joining = await joinings.find(context.tx, person.id, centre_id)
    if joining is None:
        return
    if joining.waits_for_guardian:
        await go_on(context, centre_id)
    elif joining.consented_at is None:
        facts = await centre_facts.known(context.tx, centre_id)
        context.show(join.limits(context.speak, joining, facts))
    elif joining.role is None:
        context.show(join.role(context.speak, joining))
    elif joining.checkin is None:
        context.show(join.checkin(context.speak, joining))
    else:
        first_name = presentable(person.first_name)
        context.show(join.name(context.speak, joining, first_name))


async def admit(context: Context, joining: Joining, name: str) -> None:
    """Make a member of somebody who has answered everything, if the door is still open."""
    if not joining.complete:
        await show_question(context, joining.centre_id)
        return
    if not await _use_entry(context, joining):
        return
    member = await admission.admit(
        context.tx, context.services.keys, joining, context.who().id, name, context.now
    )
    if joining.facilitator:
        await take_duty(context, joining.centre_id, member.id)
    await enter(context, joining.centre_id)
    unwritten = context.facilitates and not await _is_named(context)
    context.show(
        arrival.done(
            context.speak,
            context.member,
            context.centre,
            context.facilitates,
            unwritten=unwritten,
        )
    )


async def _is_named(context: Context) -> bool:
    """Whether it is written down who is responsible for the centre's data."""
    return Fact.RESPONSIBLE in await centre_facts.known(context.tx, context.centre.id)


async def take_duty(context: Context, centre_id: int, member_id: int) -> None:
    """Give the facilitator's duty for a term; the first one's link in the group is done with."""
    first = not await facilitators.contacts(context.tx, centre_id, context.now)
    await facilitators.add(context.tx, member_id, context.now, until=duty.ends_at(context.now))
    if first:
        centre = await centres.get(context.tx, centre_id)
        speak = Speech.of(centre)
        begun = arrival.begun(speak, centre.name)
        await context.unit.repost_to_group(centre, setup_ref(centre_id), begun)


def setup_ref(centre_id: int) -> str:
    """Under this name the group's message with the first facilitator's link is remembered."""
    return f"setup:{centre_id}"


async def _use_entry(context: Context, joining: Joining) -> bool:
    """Count one use of the invitation or the request, now; otherwise say what is in the way."""
    tx = context.tx
    if joining.request_id is not None:
        if await join_requests.use(tx, joining.centre_id, joining.request_id):
            return True
        context.show(home.broken_link(context.speak))
        return False
    token_hash = joining.token_hash or ""
    if await invitations.use(tx, token_hash, context.now):
        return True
    invitation = await invitations.get(tx, token_hash)
    if invitation is None:
        context.show(home.broken_link(context.speak))
    else:
        status = state(invitation.policy, context.now)
        context.show(arrival.closed_door(context.speak, status, joining.centre_id))
    return False

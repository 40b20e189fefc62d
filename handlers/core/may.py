"""Who may use a press, a command, a link or a conversation: declared where it is registered.

Here, and nowhere else, the declaration becomes a look into the database as it is now. Whoever may
not is told so kindly, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum, auto
from functools import partial

from assembly.duties import Duty
from handlers.core import refusals
from handlers.core.context import Context
from handlers.core.guards import enter, operates, refuse, stand_in
from handlers.core.home import show_home
from handlers.core.navigation import ShowAgreement
from handlers.core.speech import Speech
from storage import duties, joinings, members


class May(Enum):
    """Whom something is for. The first four look nobody up: what they lead to says who reads it."""

    ANYBODY = auto()
    """What anybody may read, or a talk that tells members and others different things."""

    ANYBODY_IN_PRIVATE = auto()
    """The same in one's own chat with Voci: asking to join, forgetting what was asked."""

    WITH_LINK = auto()
    """Whoever holds a token that nobody can guess; the talk looks it up."""

    ON_THE_ROLL = auto()
    """Whoever may take part in the decision: recording the ballot asks in the same statement."""

    JOINING = auto()
    """Whoever is on the way into the centre; from then on `context.joining` says how far."""

    THEMSELVES = auto()
    """Whoever is or was a member of the centre, about what is held of them, in private."""

    MEMBERS = auto()
    """Members of the centre, in private and in its group."""

    MEMBERS_IN_PRIVATE = auto()
    """Members of the centre in their own chat; such a button in a group was made up."""

    MEMBERS_ALWAYS = auto()
    """The same, also while what they agreed to is to be agreed to anew: help, and their rights."""

    FACILITATORS = auto()
    """Who holds the duty now. Its buttons work in their own chat only, its commands anywhere."""

    CHAIRS = auto()
    """Facilitators, and the chair of the assembly that is named, or else of the open one.

    Where one is named it may be due, too. In their own chat only.
    """

    RECORDERS = auto()
    """Those, and who takes its notes, who goes on until its minutes are out."""

    OPERATORS = auto()
    """Who runs the bot, in the group that becomes a centre; they need be no member."""


# What somebody is told who may not.
Refusal = Callable[[Context], Awaitable[None]]
Look = Callable[[Context, int | None], Awaitable[Refusal | None]]


async def hindrance(
    may: May, context: Context, centre_id: int | None, assembly_id: int | None = None
) -> Refusal | None:
    """None for whoever may, in the centre of this id, or in the one that the chat is about.

    From then on the context says who acts there. Otherwise: how they are told. Whoever has to
    agree anew does that first. `assembly_id`: the assembly that a press is about, if it names one.
    """
    if may in _LEADING:
        refusal = await _leading(may, context, centre_id, assembly_id)
    else:
        refusal = await _LOOKS[may](context, centre_id)
    if refusal is None and may in _WHILE_AGREEING and rests(context):
        return ask_anew
    return refusal


async def refused(may: May, context: Context, assembly_id: int) -> bool:
    """Whether whoever acts may not, at this assembly; then they have been told.

    For what a press does not name: the point or the line in it is of which assembly?
    """
    refusal = await hindrance(may, context, context.centre.id, assembly_id)
    if refusal is not None:
        await refusal(context)
    return refusal is not None


def rests(context: Context) -> bool:
    """Whether the member who acts has to agree anew; False before anybody is known."""
    return context.presser is not None and context.presser.rests


async def ask_anew(context: Context) -> None:
    """The question comes first; nothing of what was pressed or written is done, or lost."""
    await context.go(ShowAgreement(context.centre.id))


def names_centre(may: May) -> bool:
    """Whether a press for these has to say for which centre it is."""
    return may in (
        May.JOINING,
        May.THEMSELVES,
        May.MEMBERS,
        May.MEMBERS_IN_PRIVATE,
        May.MEMBERS_ALWAYS,
        May.FACILITATORS,
        *_LEADING,
    )


async def _anybody(_: Context, __: int | None) -> Refusal | None:
    return None


async def _in_private(context: Context, _: int | None) -> Refusal | None:
    return None if context.in_private and context.person is not None else refusals.say_private


async def _members(context: Context, centre_id: int | None) -> Refusal | None:
    return None if await enter(context, centre_id) else partial(refuse, centre_id=centre_id)


async def _members_in_private(context: Context, centre_id: int | None) -> Refusal | None:
    return await _members(context, centre_id) if context.in_private else refusals.say_private


async def _facilitators(context: Context, centre_id: int | None) -> Refusal | None:
    refusal = await _members(context, centre_id)
    if refusal is not None:
        return refusal
    if not context.facilitates:
        return refusals.say_facilitators
    return refusals.say_desk if refusals.pressed(context) and not context.in_private else None


async def _leading(
    may: May, context: Context, centre_id: int | None, assembly_id: int | None
) -> Refusal | None:
    refusal = await _members(context, centre_id)
    if refusal is not None:
        return refusal
    if not context.facilitates and not await _has_duty(may, context, assembly_id):
        return refusals.say_chair if may is May.CHAIRS else refusals.say_recorder
    return refusals.say_desk if refusals.pressed(context) and not context.in_private else None


async def _has_duty(may: May, context: Context, assembly_id: int | None) -> bool:
    """Whether they chair or record this assembly now: nothing of it is left afterwards."""
    tx, centre_id, member_id = context.tx, context.centre.id, context.member.id
    for duty in _LEADING[may]:
        if await duties.leads(tx, centre_id, member_id, duty, context.now, assembly_id):
            return True
    if may is May.CHAIRS or assembly_id is None:
        return False
    return await duties.recorded(tx, centre_id, assembly_id, member_id)


async def _themselves(context: Context, centre_id: int | None) -> Refusal | None:
    if not context.in_private or context.person is None:
        return refusals.say_private
    if centre_id is None or await enter(context, centre_id):
        return None
    member = await members.find(context.tx, centre_id, context.person.id)
    if member is None:
        return refusals.say_nothing_held
    await stand_in(context, member)
    return None


async def _joining(context: Context, centre_id: int | None) -> Refusal | None:
    joining = None
    if context.person is not None and context.in_private and centre_id is not None:
        joining = await joinings.find(context.tx, context.person.id, centre_id)
    if joining is not None:
        context.joins(joining, Speech(joining.language, joining.centre_zone))
        return None
    if not refusals.pressed(context):
        return refusals.say_broken
    return (
        show_home if context.in_private and await enter(context, centre_id) else refusals.say_older
    )


async def _operators(context: Context, _: int | None) -> Refusal | None:
    return None if context.in_group and operates(context) else refusals.say_operators


# Which duties of an assembly are enough, for whoever does not facilitate.
_LEADING: Mapping[May, tuple[Duty, ...]] = {
    May.CHAIRS: (Duty.CHAIR,),
    May.RECORDERS: (Duty.CHAIR, Duty.RECORDER),
}

_LOOKS: Mapping[May, Look] = {
    May.ANYBODY: _anybody,
    May.ANYBODY_IN_PRIVATE: _in_private,
    May.WITH_LINK: _anybody,
    May.ON_THE_ROLL: _anybody,
    May.JOINING: _joining,
    May.THEMSELVES: _themselves,
    May.MEMBERS: _members,
    May.MEMBERS_IN_PRIVATE: _members_in_private,
    May.MEMBERS_ALWAYS: _members_in_private,
    May.FACILITATORS: _facilitators,
    May.OPERATORS: _operators,
}


_WHILE_AGREEING = (May.MEMBERS, May.MEMBERS_IN_PRIVATE, May.FACILITATORS, *_LEADING)
# (A ballot is not recorded either: the statement that asks for the roll sees to it.)

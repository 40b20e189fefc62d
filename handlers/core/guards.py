"""Who may: every press and command is checked against the database as it is now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from handlers.core.context import Context
from handlers.core.home import askable
from handlers.core.press import Press
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import centres, members, people
from storage.members import Presser

P = TypeVar("P", bound=Press)
PressTalk = Callable[[P, Context], Awaitable[None]]
Talk = Callable[[Context], Awaitable[None]]


async def enter(context: Context, centre_id: int | None = None) -> Presser | None:
    """Who acts in a centre: the one of `centre_id`, or with None the one the chat is about.

    From now on the context says so too, and speaks their language. None, and the context as it
    was, for everybody who is no active member of that centre.
    """
    presser = await _presser(context, centre_id)
    if presser is not None:
        context.act_as(presser, _speech_for(presser, context))
    return presser


async def _presser(context: Context, centre_id: int | None) -> Presser | None:
    person, chat = context.person, context.incoming.effective_chat
    if person is None:
        return None
    if centre_id is None:
        centre_id = await _centre_of_chat(context, person.id)
    if centre_id is None:
        return None
    presser = await members.presser(context.tx, person.id, centre_id, context.now)
    # A group's buttons work in that group only.
    if presser and context.in_group and chat and presser.centre.chat_id != chat.id:
        return None
    return presser


async def _centre_of_chat(context: Context, telegram_id: int) -> int | None:
    """The centre whose group this is; elsewhere the one that the person's private chat is about."""
    chat = context.incoming.effective_chat
    if not context.in_group or chat is None:
        return await people.current_centre(context.tx, telegram_id)
    found = await centres.by_chat(context.tx, chat.id)
    return found.id if found else None


def _speech_for(presser: Presser, context: Context) -> Speech:
    """In its group a centre speaks its own language; a toast is the presser's alone."""
    aloud = context.in_group and context.incoming.callback_query is None
    return Speech(presser.centre.language if aloud else presser.language, presser.centre.zone)


def members_only(talk: Talk) -> Talk:
    """The command answers members; others learn how to join."""

    @wraps(talk)
    async def guarded(context: Context) -> None:
        if await enter(context):
            await talk(context)
        else:
            await refuse(context)

    return guarded


def facilitators_only(talk: Talk) -> Talk:
    """The command answers members who hold the facilitator's duty now."""

    @wraps(talk)
    async def guarded(context: Context) -> None:
        if not await enter(context):
            await refuse(context)
        elif context.facilitates:
            await talk(context)
        else:
            context.show(plain.facilitators_only(context.speak, public=context.in_group))

    return guarded


def pressed_by_members(talk: PressTalk[P]) -> PressTalk[P]:
    """The press answers members of the centre it names (its field `centre_id`)."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        if await enter(context, press.centre_id):  # type: ignore[attr-defined]
            await talk(press, context)
        else:
            await refuse(context)

    return guarded


def pressed_in_private(talk: PressTalk[P]) -> PressTalk[P]:
    """The press answers members of the centre it names, and only in their own chat.

    Its button never stands in a group; somebody who presses it there has made it up.
    """
    for_members = pressed_by_members(talk)

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        if context.in_private:
            await for_members(press, context)
        else:
            context.toast(context.speak("This is for your private chat with me."), alert=True)

    return guarded


def pressed_by_facilitators(talk: PressTalk[P]) -> PressTalk[P]:
    """The press answers facilitators of the centre it names."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        if not await enter(context, press.centre_id):  # type: ignore[attr-defined]
            await refuse(context)
        elif context.facilitates:
            await talk(press, context)
        else:
            context.toast(context.speak("Facilitators can do this."), alert=True)

    return guarded


async def refuse(context: Context, centre_id: int | None = None) -> None:
    """Tell somebody who is not a member, kindly, and how to ask; nothing is written.

    `centre_id` is the centre that they came for, where that is known.
    """
    if context.incoming.callback_query is not None:
        context.toast(context.speak("This is for members of the centre."), alert=True)
    elif context.in_private:
        near = [] if context.person is None else await askable(context, centre_id)
        context.show(plain.not_a_member(context.speak, near))
    elif context.person is None and context.in_group:
        context.show(plain.anonymous_here(context.speak))


def at_the_desk(talk: PressTalk[P]) -> PressTalk[P]:
    """The press answers facilitators of the centre it names, in their chat with the bot only."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        if context.in_private:
            await talk(press, context)
        else:
            context.toast(context.speak("Facilitators do that in their chat with me."), alert=True)

    return pressed_by_facilitators(guarded)


ASKED = 15 * 60
"""Seconds for which an answered question counts: a button of an old message asks again."""


def just_asked(context: Context, asked_at: int) -> bool:
    """Whether the question that a press answers was put a moment ago, to this membership.

    Whoever erased themselves and came back finds old buttons; those must not erase them again.
    """
    return context.member.joined_at <= asked_at and 0 <= context.now - asked_at <= ASKED

"""Who acts: looked up in the database as it is now. Who may is declared, see `may.py`."""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.home import askable, speech_here
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import centres, members, people
from storage.members import Member, Presser


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


async def stand_in(context: Context, member: Member) -> None:
    """Let somebody who has left act for what is held about themselves, and for nothing else."""
    person = await people.find(context.tx, member.telegram_id)
    centre = await centres.get(context.tx, member.centre_id)
    language = person.language if person else context.speak.language
    # In 0 centres: no centre's name heads what they are shown.
    presser = Presser(member, centre, facilitates=False, language=language, centres=0)
    context.act_as(presser, Speech.of(centre, language))


def operates(context: Context) -> bool:
    """Whether whoever acts here runs the bot."""
    return context.person is not None and context.person.id in context.services.operators


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
        context.show(plain.anonymous_here(await speech_here(context)))


ASKED = 15 * 60
"""Seconds for which an answered question counts: a button of an old message asks again."""


def just_asked(context: Context, asked_at: int) -> bool:
    """Whether the question that a press answers was put a moment ago, to this membership.

    Whoever erased themselves and came back finds old buttons; those must not erase them again.
    """
    return context.member.joined_at <= asked_at and 0 <= context.now - asked_at <= ASKED

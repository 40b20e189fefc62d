"""Agreeing anew: what somebody agreed to rests until they have read what is new.

That it comes first wherever they press or write is seen to in one place, handlers/core/may.py.
"""

from __future__ import annotations

import hashlib

from assembly.centre_facts import Fact
from handlers.core.context import Context
from handlers.core.guards import enter, refuse
from handlers.core.home import show_home
from handlers.core.may import May
from handlers.core.navigation import ShowAgreement
from handlers.core.registration import App, presses, resumes
from handlers.core.screen import Screen
from handlers.profile.presses import AgreeAnew, ReadLimits, ReadMore
from handlers.profile.screens import agreeing as screens
from storage import centre_facts, consents, drafts
from storage.centre_facts import Facts
from storage.consents import VERSIONS

_SIGN = 8  # hexadecimal digits in a button


async def show(press: ShowAgreement, context: Context) -> None:
    """The first of the questions that is open; home where none is."""
    if not await enter(context, press.centre_id):
        await refuse(context)
        return
    tx, member, centre = context.tx, context.member, context.centre
    if await consents.rests(tx, member.id, "part"):
        body = (await centre_facts.known(tx, centre.id)).get(Fact.RESPONSIBLE)
        another = consents.another_body(await consents.history(tx, member.id), body)
        _show(context, screens.part(context.speak, centre, another))
    elif await consents.rests(tx, member.id, "checkin"):
        _show(context, screens.checkins(context.speak, centre.id))
    else:
        await _go_on(context)


async def show_more(press: ReadMore, context: Context) -> None:
    """The small print of the first screen; where all is answered, whatever comes next."""
    if await consents.rests(context.tx, context.member.id, "part"):
        context.show(screens.more(context.speak, press.centre_id))
    else:
        await show(ShowAgreement(press.centre_id), context)


async def show_limits(press: ReadLimits, context: Context) -> None:
    """The words that follow, and the question; where it is answered, whatever comes next."""
    tx, centre_id = context.tx, press.centre_id
    if not await consents.rests(tx, context.member.id, "part"):
        await show(ShowAgreement(centre_id), context)
        return
    facts = await centre_facts.known(tx, centre_id)
    known = facts, VERSIONS["part"], sign(facts)
    context.show(screens.limits(context.speak, centre_id, *known))


async def agree(press: AgreeAnew, context: Context) -> None:
    """To the very words that were shown; what changed meanwhile is shown anew."""
    tx, member = context.tx, context.member
    facts = await centre_facts.known(tx, context.centre.id)
    same_words = press.version == VERSIONS["part"]
    if same_words and press.sign != sign(facts):
        await show_limits(ReadLimits(context.centre.id), context)
        return
    if same_words and await consents.rests(tx, member.id, "part"):
        await consents.grant(tx, member.id, "part", VERSIONS["part"], context.now)
    await show(ShowAgreement(context.centre.id), context)


def sign(facts: Facts) -> str:
    """By which body a button knows again what stood above it."""
    return hashlib.sha256(facts.get(Fact.RESPONSIBLE, "").encode()).hexdigest()[:_SIGN]


def _show(context: Context, screen: Screen) -> None:
    """In private; what was pressed in the group stays as it is, and a toast says why."""
    if context.in_private:
        context.show(screen)
    elif context.incoming.callback_query is not None:
        context.toast(screens.in_private(context.speak), alert=True)
        context.show_privately(screen)
    else:
        context.show_privately(screen)


async def _go_on(context: Context) -> None:
    """With what was half-written, or at home."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.centre_id == context.centre.id and draft.kind in resumes:
        await resumes[draft.kind](draft, context)
    else:
        await show_home(context)


def register(app: App) -> None:
    app.add_handler(presses(ShowAgreement, show, may=May.ANYBODY))
    app.add_handler(presses(ReadMore, show_more, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ReadLimits, show_limits, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(AgreeAnew, agree, may=May.MEMBERS_ALWAYS))

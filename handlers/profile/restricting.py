"""Keeping somebody's things without using them, until they lift that themselves."""

from __future__ import annotations

from handlers.assemblies.duties import search
from handlers.assemblies.tasks import authors as news
from handlers.core.context import Context
from handlers.core.guards import enter, just_asked
from handlers.core.may import May
from handlers.core.navigation import ShowMe
from handlers.core.registration import App, presses
from handlers.profile.duty import nobody_after
from handlers.profile.presses import Lift, Restrict
from handlers.profile.screens import rights as screens
from storage import authors, resting


async def restrict(press: Restrict, context: Context) -> None:
    """Ask once, saying what rests; then nothing of theirs is used any more."""
    if not just_asked(context, press.asked_at):
        last = await nobody_after(context)
        context.show(screens.ask_restrict(context.speak, context.centre, context.now, last=last))
        return
    await _rest(context)
    services = context.services
    context.unit.after_commit.extend((services.eraser.catch_up, services.shredder.shred))
    context.show(screens.restricted(context.speak, context.centre), headed=False)


async def _rest(context: Context) -> None:
    tx, member = context.tx, context.member
    await search.let_go(context.unit, context.centre, member.id)
    named = await authors.reading_name_of(tx, member.id)
    await resting.restrict(tx, context.services.keys, member, context.now)
    await news.again(context.unit, context.centre, named)


async def lift(press: Lift, context: Context) -> None:
    """From now on everything is as it was."""
    services = context.services
    if await resting.lift(context.tx, services.keys, context.member, context.now):
        context.unit.after_commit.append(services.eraser.catch_up)
        await enter(context, press.centre_id)
    await context.go(ShowMe(press.centre_id))


def register(app: App) -> None:
    app.add_handler(presses(Restrict, restrict, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Lift, lift, may=May.THEMSELVES))

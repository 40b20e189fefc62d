"""Leaving a centre, and erasing everything that is held about oneself there."""

from __future__ import annotations

from assembly.retention import Kept, kept_until
from handlers.assemblies.duties import search
from handlers.assemblies.tasks import authors as news
from handlers.core.context import Context
from handlers.core.guards import just_asked
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from handlers.core.unnaming import unname
from handlers.profile.duty import nobody_after
from handlers.profile.presses import Erase, Leave
from handlers.profile.screens import leaving as screens
from handlers.profile.screens import me, rights
from storage import authors, leaving, members, retention
from storage.erasure import erasing


async def leave(press: Leave, context: Context) -> None:
    """Ask once: keep everything for a return, or erase it now; then no more messages."""
    if context.member.status == "left":
        await show_former(context)
    elif not just_asked(context, press.asked_at):
        last, until = await nobody_after(context), await _until(context, context.now)
        context.show(
            screens.ask_leave(context.speak, context.centre, context.now, until, last=last)
        )
    else:
        services = context.services
        await search.let_go(context.unit, context.centre, context.member.id)
        named = await authors.reading_name_of(context.tx, context.member.id)
        await leaving.leave(context.tx, services.keys, context.member, context.now)
        await news.again(context.unit, context.centre, named)
        context.unit.after_commit.extend((services.eraser.catch_up, services.shredder.shred))
        until = await _until(context, context.now)
        context.show(me.left(context.speak, context.centre, until), headed=False)


async def show_former(context: Context) -> None:
    """To somebody who takes no part: they have left, or their things are kept and not used."""
    if await members.is_restricted(context.tx, context.member.id):
        context.show(rights.restricted(context.speak, context.centre))
        return
    left_at = await members.left_at(context.tx, context.member.id)
    until = await _until(context, context.now if left_at is None else left_at)
    context.show(me.left(context.speak, context.centre, until))


async def _until(context: Context, left_at: int) -> int:
    periods = await retention.periods(context.tx, context.centre.id, context.now)
    return kept_until(left_at, periods[Kept.LEFT])


async def erase(press: Erase, context: Context) -> None:
    """Ask once, saying what stays; then everything goes in one commit, and its key after it."""
    if not just_asked(context, press.asked_at):
        last = await nobody_after(context)
        context.show(screens.ask_erase(context.speak, context.centre.id, context.now, last=last))
        return
    member, centre = context.member, context.centre
    instead = Speech.of(centre)("a member").unescape()
    await unname(context.unit, centre.id, member.telegram_id, instead)
    await search.let_go(context.unit, context.centre, context.member.id)
    named = await authors.reading_name_of(context.tx, member.id)
    await erasing.erase(context.tx, context.services.keys, member, context.now)
    await news.again(context.unit, centre, named)
    services = context.services
    context.unit.after_commit.extend((services.eraser.catch_up, services.shredder.shred))
    context.show(screens.erased(context.speak, centre.name), headed=False)


def register(app: App) -> None:
    app.add_handler(presses(Leave, leave, may=May.THEMSELVES))
    app.add_handler(presses(Erase, erase, may=May.THEMSELVES))

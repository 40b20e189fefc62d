"""Leaving a centre, and erasing everything that is held about oneself there."""

from __future__ import annotations

from assembly.retention import Kept, kept_until
from handlers.checkins import rounds as due_rounds
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
from storage import (
    checkins,
    consents,
    drafts,
    facilitators,
    members,
    outbox,
    people,
    retention,
)
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
        await _leave(context)
        context.unit.after_commit.append(context.services.shredder.shred)
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


async def _leave(context: Context) -> None:
    """What the member put forward, answered and chose stays; a new invitation finds it again.

    A ballot in an open decision counts: its electorate is frozen.
    """
    tx, member, now = context.tx, context.member, context.now
    await facilitators.end(tx, member.id)
    await consents.withdraw(tx, member.id, "checkin", now)
    await consents.withdraw(tx, member.id, "part", now)
    await checkins.stop(tx, member.id)
    await due_rounds.break_off(tx, context.services.keys, member.id)
    draft = await drafts.find(tx, member.telegram_id)
    if draft is not None and draft.centre_id == member.centre_id:
        await drafts.remove(tx, member.telegram_id)
    await outbox.drop_of_member(tx, member.telegram_id, member.centre_id)
    await people.leave_centre(tx, member.telegram_id, member.centre_id)
    await members.leave(tx, member.id, now)


async def erase(press: Erase, context: Context) -> None:
    """Ask once, saying what stays; then everything goes in one commit, and its key after it."""
    if not just_asked(context, press.asked_at):
        last = await nobody_after(context)
        context.show(screens.ask_erase(context.speak, context.centre.id, context.now, last=last))
        return
    member, centre = context.member, context.centre
    instead = Speech.of(centre)("a member").unescape()
    await unname(context.unit, centre.id, member.telegram_id, instead)
    await erasing.erase(context.tx, context.services.keys, member, context.now)
    services = context.services
    context.unit.after_commit.extend((services.eraser.catch_up, services.shredder.shred))
    context.show(screens.erased(context.speak, centre.name), headed=False)


def register(app: App) -> None:
    app.add_handler(presses(Leave, leave, may=May.THEMSELVES))
    app.add_handler(presses(Erase, erase, may=May.THEMSELVES))

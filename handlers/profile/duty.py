"""Giving the facilitator's duty back; the membership stays as it is."""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.guards import enter, just_asked
from handlers.core.home import show_home
from handlers.core.may import May
from handlers.core.navigation import GiveBack
from handlers.core.registration import App, presses
from handlers.profile.screens import duty as screens
from storage import facilitators, leaving


async def give_back(press: GiveBack, context: Context) -> None:
    """Ask once, saying until when it goes on otherwise; then it ends at once."""
    if not context.facilitates:
        await show_home(context)
        return
    centre, member_id = context.centre, context.member.id
    if not just_asked(context, press.asked_at):
        on_duty = await facilitators.contacts(context.tx, centre.id, context.now)
        [until] = [each.until for each in on_duty if each.member_id == member_id]
        last = await nobody_after(context)
        context.show(screens.ask_back(context.speak, centre, until, context.now, last=last))
        return
    services = context.services
    await leaving.give_duty_back(context.tx, services.keys, context.member, context.now)
    context.unit.after_commit.append(services.eraser.catch_up)
    await enter(context, centre.id)
    context.show(screens.given_back(context.speak, centre))


async def nobody_after(context: Context) -> bool:
    """Whether the centre would be left without anybody on duty if this member went."""
    if not context.facilitates:
        return False
    on_duty = await facilitators.contacts(context.tx, context.centre.id, context.now)
    return all(each.member_id == context.member.id for each in on_duty)


def register(app: App) -> None:
    app.add_handler(presses(GiveBack, give_back, may=May.MEMBERS_IN_PRIVATE))

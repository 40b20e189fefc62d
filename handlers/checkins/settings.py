"""Being asked how one is: agreeing to it, choosing when, pausing, stopping."""

from __future__ import annotations

from dataclasses import replace

from assembly.checkin import paused_until
from handlers.checkins import rounds as due_rounds
from handlers.checkins.checkins import next_at
from handlers.checkins.presses import (
    Agree,
    ChooseDay,
    ChooseHour,
    Pause,
    SetTime,
    ShowCheckinSettings,
    Stop,
)
from handlers.checkins.screens import settings as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from storage import checkins, consents, leaving
from storage.checkins import CheckinSettings
from storage.consents import VERSIONS


async def agree(press: Agree, context: Context) -> None:
    """Consent, and the first round at the default time or the one chosen before."""
    tx, member = context.tx, context.member
    wish = await _mine(context)
    stands = await consents.standing(tx, member.id, "checkin") is not None
    if not stands or await consents.rests(tx, member.id, "checkin"):
        await consents.grant(tx, member.id, "checkin", VERSIONS["checkin"], context.now)
    if wish is None:
        wish = await checkins.enrol(tx, member.id, context.centre.zone, context.now)
    context.show(screens.agreed(context.speak, press.centre_id, wish, await next_at(context)))


async def show_settings(_: ShowCheckinSettings, context: Context) -> None:
    wish = await _mine(context)
    if wish is None:
        await _not_asked(context)
    else:
        await _show_mine(context, wish)


async def choose_day(press: ChooseDay, context: Context) -> None:
    if await _mine(context) is None:
        await _not_asked(context)
        return
    context.show(screens.days(context.speak, press.centre_id))


async def choose_hour(press: ChooseHour, context: Context) -> None:
    if press.weekday not in range(7):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    context.show(screens.hours(context.speak, press.centre_id, press.weekday))


async def set_time(press: SetTime, context: Context) -> None:
    if press.weekday not in range(7) or press.hour not in screens.HOURS:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if await _mine(context) is None:
        await _not_asked(context)
        return
    wish = await checkins.set_time(
        context.tx,
        context.member.id,
        press.weekday,
        press.hour,
        context.centre.zone,
        context.now,
    )
    assert wish is not None  # noqa: S101 - it was active just now
    context.show(screens.time_set(context.speak, press.centre_id, wish, await next_at(context)))


async def pause(press: Pause, context: Context) -> None:
    """Four weeks from the first press on; an open round is left alone too."""
    wish = await _mine(context)
    if wish is None:
        await _not_asked(context)
        return
    if not press.on:
        await checkins.pause(context.tx, context.member.id, None)
        await _show_mine(context, replace(wish, paused_until=None))
        return
    until = wish.paused_until if wish.paused(context.now) else None
    if until is None:
        until = paused_until(context.now)
        await checkins.pause(context.tx, context.member.id, until)
        await due_rounds.leave_be(context.tx, context.services.keys, context.member.id)
    context.show(screens.paused(context.speak, press.centre_id, until))


async def stop(press: Stop, context: Context) -> None:
    """Withdraw the consent; what is open closes with it."""
    tx, member = context.tx, context.member
    if await _mine(context) is None:
        await _not_asked(context)
        return
    if not press.sure:
        context.show(screens.ask_stop(context.speak, press.centre_id))
        return
    await leaving.stop_checkins(tx, context.services.keys, member, context.now)
    context.unit.after_commit.append(context.services.eraser.catch_up)
    context.show(screens.stopped(context.speak, press.centre_id))


async def _show_mine(context: Context, wish: CheckinSettings) -> None:
    due = await next_at(context)
    context.show(screens.wish(context.speak, context.centre.id, wish, context.now, due))


async def _mine(context: Context) -> CheckinSettings | None:
    """The member's wish, where they consent and have not stopped."""
    wish = await checkins.find_settings(context.tx, context.member.id)
    consent = await consents.standing(context.tx, context.member.id, "checkin")
    return wish if wish is not None and wish.active and consent is not None else None


async def _not_asked(context: Context) -> None:
    """To somebody who is not asked: they have stopped, or have never begun."""
    if await checkins.find_settings(context.tx, context.member.id) is None:
        context.show(screens.offer(context.speak, context.centre.id))
    else:
        context.show(screens.stopped(context.speak, context.centre.id))


def register(app: App) -> None:
    app.add_handler(presses(Agree, agree, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowCheckinSettings, show_settings, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ChooseDay, choose_day, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ChooseHour, choose_hour, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SetTime, set_time, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Pause, pause, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(Stop, stop, may=May.MEMBERS_ALWAYS))

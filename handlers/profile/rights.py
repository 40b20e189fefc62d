"""What a member can ask of what is held about them, beside reading and erasing it."""

from __future__ import annotations

from assembly.retention import PERIODS, Kept
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.profile.presses import CountMe, KeepAnswers, MyPeriods, MyRights
from handlers.profile.screens import rights as screens
from storage import centres, members, resting, retention


async def show_rights(press: MyRights, context: Context) -> None:
    """With a door to each other centre in which they have their things rest."""
    tx, member = context.tx, context.member
    counts = await members.answers_count(tx, member.id)
    resting = [
        await centres.get(tx, each.centre_id)
        for each in await members.restricted_of(tx, member.telegram_id)
    ]
    context.show(screens.rights(context.speak, press.centre_id, resting, counts=counts))


async def count_me(press: CountMe, context: Context) -> None:
    """In summaries, or in none: then not in the one either that is being gathered."""
    services = context.services
    await resting.count_answers(context.tx, services.keys, context.member, press.on, context.now)
    context.unit.after_commit.append(services.eraser.catch_up)
    if not press.on:
        context.unit.after_commit.append(services.shredder.shred)
    context.show(screens.counted(context.speak, press.centre_id, on=press.on))


async def show_periods(_: MyPeriods, context: Context) -> None:
    await _show_periods(context)


async def keep_answers(press: KeepAnswers, context: Context) -> None:
    """For a shorter time than the centre; 0: as the centre does."""
    if press.days in (0, *PERIODS[Kept.ANSWERS].choices):
        await retention.keep_answers(context.tx, context.member.id, press.days or None)
    await _show_periods(context)


async def _show_periods(context: Context) -> None:
    chosen = await retention.choices(context.tx, context.centre.id)
    own = await retention.own_days(context.tx, context.member.id)
    context.show(screens.periods(context.speak, context.centre.id, chosen, own, context.now))


def register(app: App) -> None:
    app.add_handler(presses(MyRights, show_rights, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(CountMe, count_me, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(MyPeriods, show_periods, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(KeepAnswers, keep_answers, may=May.MEMBERS_IN_PRIVATE))

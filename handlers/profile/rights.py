"""What a member can ask of what is held about them, beside reading and erasing it."""

from __future__ import annotations

from assembly.retention import PERIODS, Kept
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.profile.presses import KeepAnswers, MyPeriods, MyRights
from handlers.profile.screens import rights as screens
from storage import retention


async def show_rights(press: MyRights, context: Context) -> None:
    context.show(screens.rights(context.speak, press.centre_id))


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
    app.add_handler(presses(MyPeriods, show_periods, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(KeepAnswers, keep_answers, may=May.MEMBERS_IN_PRIVATE))

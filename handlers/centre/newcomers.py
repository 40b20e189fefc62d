"""Newcomers as facilitators see them: how many, and for how long secret questions wait for them."""

from __future__ import annotations

from assembly.electorate import LATELY, WAITS
from handlers.centre.presses import ShowNewcomers, WaitForNewcomers
from handlers.centre.screens import newcomers as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from storage import newcomers


async def show(_: ShowNewcomers, context: Context) -> None:
    await _show(context)


async def wait(press: WaitForNewcomers, context: Context) -> None:
    """So long from now on; shorter only once the longer time has passed, and all of them know."""
    centre = context.centre
    chosen = press.days in WAITS and await newcomers.choose(
        context.tx, centre.id, press.days, context.now
    )
    if chosen:
        waiting = await newcomers.waiting(context.tx, centre.id)
        await tell_others(
            context,
            "newcomers",
            lambda speak, who: screens.changed(speak, centre, waiting, context.now, who),
        )
    await _show(context)


async def _show(context: Context) -> None:
    centre, now = context.centre, context.now
    waiting = await newcomers.waiting(context.tx, centre.id)
    heads = await newcomers.joined_since(context.tx, centre.id, now - LATELY)
    context.show(screens.newcomers(context.speak, centre, waiting, heads, now))


def register(app: App) -> None:
    app.add_handler(presses(ShowNewcomers, show, may=May.FACILITATORS))
    app.add_handler(presses(WaitForNewcomers, wait, may=May.FACILITATORS))

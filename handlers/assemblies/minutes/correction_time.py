"""For how long minutes can be corrected here: facilitators see it, and change it."""

from __future__ import annotations

from assembly.correcting import HOURS
from handlers.assemblies.minutes.screens import correction_time as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ChooseCorrectionTime
from handlers.core.registration import App, presses
from storage import minutes


async def choose(press: ChooseCorrectionTime, context: Context) -> None:
    """From the next assembly on; the other facilitators hear of it."""
    tx, centre = context.tx, context.centre
    holds = await minutes.correction_hours(tx, centre.id)
    if press.hours in HOURS and press.hours != holds:
        holds = press.hours
        await minutes.choose_hours(tx, centre.id, holds)
        await tell_others(
            context,
            "minutes",
            lambda speak, who: screens.changed_by(centre, who, holds, speak),
        )
    context.show(screens.ask(centre.id, holds, context.speak))


def register(app: App) -> None:
    app.add_handler(presses(ChooseCorrectionTime, choose, may=May.FACILITATORS))

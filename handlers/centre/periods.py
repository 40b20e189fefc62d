"""For how long a centre keeps what: facilitators see it, and change it within bounds."""

from __future__ import annotations

from assembly.retention import PERIODS, choose
from handlers.centre.presses import ChoosePeriod, ShowPeriods
from handlers.centre.screens import periods as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from storage import retention


async def show(_: ShowPeriods, context: Context) -> None:
    await _show(context)


async def choose_period(press: ChoosePeriod, context: Context) -> None:
    """Ask, or change it: with a notice, of which the group and the other facilitators read."""
    kept, now, centre = press.kept, context.now, context.centre
    before = (await retention.choices(context.tx, centre.id)).get(kept)
    if press.days not in PERIODS[kept].choices:
        context.show(screens.ask(context.speak, centre.id, kept, before, now))
        return
    choice = choose(kept, before, press.days, now)
    if choice is not None:
        await retention.choose(context.tx, centre.id, kept, choice)
        await context.unit.post_to_group(
            centre,
            f"centre:{centre.id}:period:{kept.value}:{now}",
            screens.changed(Speech.of(centre), kept, choice),
            not_before=centre.waits_until(now),
        )
        await tell_others(
            context,
            f"period:{kept.value}",
            lambda speak, who: screens.changed_by(speak, centre, who, kept, choice),
        )
    await _show(context)


async def _show(context: Context) -> None:
    chosen = await retention.choices(context.tx, context.centre.id)
    context.show(screens.periods(context.speak, context.centre.id, chosen, context.now))


def register(app: App) -> None:
    app.add_handler(presses(ShowPeriods, show, may=May.FACILITATORS))
    app.add_handler(presses(ChoosePeriod, choose_period, may=May.FACILITATORS))

"""Its time has come, and whoever was asked says: not today. The group is told in one sentence."""

from __future__ import annotations

from assembly.convening import given_up_at
from handlers.assemblies.convening import cancelling
from handlers.assemblies.convening.screens import unopened as screens
from handlers.assemblies.presses import AskToOpen, NotToday
from handlers.assemblies.series import convening
from handlers.core.context import Context
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import assemblies
from storage.assemblies import Assembly


async def not_today(press: NotToday, context: Context) -> None:
    """Asks once; then everybody reads it, also where others were asked."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None:
        await outdated(context)
    elif not _waits(assembly, context.now):
        context.show(plain.over(assembly, context.speak))
    elif not press.sure:
        context.show(screens.sure_not_today(assembly, context.speak))
    elif cancelled := await cancelling.cancel(context, assembly):
        unit, centre = context.unit, context.centre
        await unit.post_to_group(
            centre,
            f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:not-today",
            screens.not_held(cancelled, Speech.of(centre), unit.services.link),
        )
        await convening.over(unit, centre, cancelled)
        await say_if_it_waits(unit, centre, context.speak)
        context.show(screens.answered(cancelled, context.now, context.speak))


async def ask_again(press: AskToOpen, context: Context) -> None:
    """The question of before; where somebody was quicker, how things stand."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None:
        await outdated(context)
    elif not _waits(assembly, context.now):
        context.show(plain.over(assembly, context.speak))
    else:
        until = given_up_at(assembly.starts_at)
        moves = context.facilitates
        context.show(screens.asked(assembly, until, context.speak, moves=moves))


def _waits(assembly: Assembly, now: int) -> bool:
    """Whether its time has come, and it can still be opened."""
    due = assembly.status == "convened" and assembly.starts_at <= now
    return due and assembly.takes_place(now)


def register(app: App) -> None:
    app.add_handler(presses(NotToday, not_today, may=May.CHAIRS))
    app.add_handler(presses(AskToOpen, ask_again, may=May.CHAIRS))

"""How a centre wants its assemblies: facilitators see it, and change it."""

from __future__ import annotations

from assembly.sending import CHOICES
from handlers.assemblies import sending
from handlers.assemblies.presses import AskAttendance, SendAgenda
from handlers.assemblies.screens import settings as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowAssemblySettings
from handlers.core.registration import App, presses
from storage import assembly_settings


async def show(_: ShowAssemblySettings, context: Context) -> None:
    await _show(context)


async def send_agenda(press: SendAgenda, context: Context) -> None:
    """So many days before; 0: by the rhythm. Agendas that were sent stay as they are."""
    days = press.days or None
    if days is None or days in CHOICES:
        await assembly_settings.send_agenda(context.tx, press.centre_id, days)
        await sending.plan_all(context.tx, context.centre, context.now)
        await _tell(context)
    await _show(context)


async def ask_attendance(press: AskAttendance, context: Context) -> None:
    """Whether people are asked if they come, also where assemblies are close together."""
    await assembly_settings.ask_attendance(context.tx, press.centre_id, on=press.on)
    await sending.refresh_all(context.unit, context.centre)
    await _tell(context)
    await _show(context)


async def _tell(context: Context) -> None:
    """The other facilitators hear of it."""
    chosen = await assembly_settings.of(context.tx, context.centre.id)
    centre = context.centre
    await tell_others(
        context,
        "assemblies",
        lambda speak, who: screens.changed_by(centre, who, chosen, speak),
    )


async def _show(context: Context) -> None:
    chosen = await assembly_settings.of(context.tx, context.centre.id)
    context.show(screens.settings(context.centre.id, chosen, context.speak))


def register(app: App) -> None:
    app.add_handler(presses(ShowAssemblySettings, show, may=May.FACILITATORS))
    app.add_handler(presses(SendAgenda, send_agenda, may=May.FACILITATORS))
    app.add_handler(presses(AskAttendance, ask_attendance, may=May.FACILITATORS))

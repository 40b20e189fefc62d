"""Being at the open assembly: members say so themselves, and nobody learns who did."""

from __future__ import annotations

from handlers.assemblies.assembly import show_card
from handlers.assemblies.presses import Here
from handlers.assemblies.screens import presence as screens
from handlers.core.context import Context
from handlers.core.guards import pressed_by_members
from handlers.core.registration import App, presses
from storage import assemblies, presences


@pressed_by_members
async def say(press: Here, context: Context) -> None:
    """I'm here, or not after all: the number counts, and is deleted by name at the end."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None or assembly.status != "open":
        context.toast(context.speak("This assembly is not open any more."), alert=True)
    else:
        changed = await presences.say(
            context.tx,
            centre_id=press.centre_id,
            assembly_id=press.assembly_id,
            member_id=context.member.id,
            here=press.on,
        )
        context.toast(
            screens.said(press.on, changed, context.speak), alert=press.on and not changed
        )
    if context.in_private:
        await show_card(context, assembly)


def register(app: App) -> None:
    app.add_handler(presses(Here, say))

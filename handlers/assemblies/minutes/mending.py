"""A draft is mended at its points, by whoever took the notes or facilitates."""

from __future__ import annotations

from collections import Counter

from handlers.assemblies.minutes.presses import MendMinutes
from handlers.assemblies.minutes.screens import mending as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowMinutes
from handlers.core.registration import App, presses
from storage import minutes, notes, points


async def mend(press: MendMinutes, context: Context) -> None:
    """Its points, each with how much is noted; once they are out, the minutes as they are."""
    kept = await minutes.find(context.tx, press.centre_id, press.assembly_id)
    if kept is None or not kept.is_draft:
        await context.go(ShowMinutes(press.centre_id, press.assembly_id, 1))
        return
    noted = Counter(each.item_id for each in await notes.of_assembly(context.tx, kept.assembly_id))
    found = await minutes.corrections(context.tx, kept.assembly_id)
    waiting = sum(1 for each in found if each.status == "open")
    shown = [
        screens.Point(item.id, item.title, noted[item.id])
        for item in await points.items(context.tx, kept.assembly_id)
        if item.kind != "opening"
    ]
    shown.append(screens.Point(0, None, noted[None]))
    context.show(screens.mend(kept, shown, waiting, press.page, context.speak))


def register(app: App) -> None:
    app.add_handler(presses(MendMinutes, mend, may=May.RECORDERS))

"""The parity report for facilitators: the last one as it was told, never a count of the moment.

Two counts a day apart would tell the role of whoever did something in between.
"""

from __future__ import annotations

from assembly.quarters import next_telling
from handlers.assemblies.parity.screens import parity as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowParity
from handlers.core.registration import App, presses
from storage import parity_reports


async def show(press: ShowParity, context: Context) -> None:
    found = await parity_reports.last(context.tx, press.centre_id)
    following = next_telling(context.now, context.centre.clock)
    context.show(screens.last(press.centre_id, found, following, context.speak))


def register(app: App) -> None:
    app.add_handler(presses(ShowParity, show, may=May.FACILITATORS))

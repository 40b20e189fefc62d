"""/start: a link's payload goes to the feature that made it; without one, home."""

from __future__ import annotations

from handlers.centre.chats import open_again
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.home import askable
from handlers.core.home import show_home as to_home
from handlers.core.links import follow_link
from handlers.core.may import May
from handlers.core.navigation import ChooseCentre, Home, ShowCentres
from handlers.core.registration import PRIVATE, App, command, presses
from handlers.core.screens import home as screens
from handlers.membership.progress import resume
from storage import centres, people


async def start(context: Context) -> None:
    """/start, typed or pressed in a link."""
    if context.person is None:
        return
    # Telegram tells of unblocking, but not of the first time that somebody opens the chat.
    await open_again(context.unit, context.person.id)
    if context.argument:
        await follow_link(context)
    elif await enter(context):
        await to_home(context)
    elif not await resume(context):
        context.show(screens.stranger(context.speak, await askable(context)))


async def show_home(_: Home, context: Context) -> None:
    await to_home(context)


async def show_centres(press: ShowCentres, context: Context) -> None:
    known = await centres.of_person(context.tx, context.member.telegram_id)
    context.show(screens.centres(context.speak, known, press.centre_id), headed=False)


async def choose_centre(press: ChooseCentre, context: Context) -> None:
    await people.set_current_centre(context.tx, context.member.telegram_id, press.centre_id)
    await to_home(context)


def register(app: App) -> None:
    app.add_handler(command("start", start, PRIVATE, may=May.ANYBODY))
    app.add_handler(presses(Home, show_home, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowCentres, show_centres, may=May.MEMBERS_ALWAYS))
    app.add_handler(presses(ChooseCentre, choose_centre, may=May.MEMBERS_ALWAYS))

"""The answers where something half-written would go: go on with it, or let it go."""

from __future__ import annotations

from handlers.core import half_written
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.home import show_home, speak_as_known
from handlers.core.may import May
from handlers.core.navigation import GoOnWriting, Instead
from handlers.core.press import StalePress
from handlers.core.registration import App, presses, resumes
from handlers.core.screens import home
from storage import drafts


async def go_on(_: GoOnWriting, context: Context) -> None:
    """The question that is open there; home where that was sent or left meanwhile."""
    draft = await drafts.find(context.tx, context.who().id)
    if draft is not None:
        await resumes[draft.kind](draft, context)
    elif await enter(context):
        await show_home(context)
    else:
        await speak_as_known(context)
        context.show(home.stranger(context.speak))


async def let_go(press: Instead, context: Context) -> None:
    """What was wanted begins now, for whoever may."""
    try:
        wanted = half_written.wanted(press)
    except StalePress:
        wanted = None
    if wanted is None or isinstance(wanted, Instead):
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    await drafts.remove(context.tx, context.who().id)
    await context.go(wanted)


def register(app: App) -> None:
    app.add_handler(presses(GoOnWriting, go_on, may=May.ANYBODY_IN_PRIVATE))
    app.add_handler(presses(Instead, let_go, may=May.ANYBODY_IN_PRIVATE))

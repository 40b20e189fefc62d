"""What facilitators change about their centre, and the language of its group."""

from __future__ import annotations

from handlers.assemblies.meeting import openings
from handlers.centre import clocks, live_posts, naming
from handlers.centre.presses import SpeakInGroup
from handlers.centre.screens import about as screens
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.may import May
from handlers.core.navigation import ShowCentre
from handlers.core.registration import App, presses
from handlers.core.speech import LANGUAGES
from storage import centres


async def show_centre(_: ShowCentre, context: Context) -> None:
    """Whoever turned back from a question is not waited for any more."""
    await naming.forget(context)
    await openings.forget(context)
    await clocks.forget(context)
    context.show(screens.about(context.speak, context.centre, context.now))


async def speak_in_group(press: SpeakInGroup, context: Context) -> None:
    if press.language not in LANGUAGES:
        context.show(screens.languages(context.speak, context.centre))
        return
    if press.language != context.centre.language:
        await centres.set_language(context.tx, press.centre_id, press.language)
        await enter(context, press.centre_id)
        centre = context.centre
        await live_posts.refresh(context.unit, centre)
        await tell_others(
            context, "language", lambda speak, who: screens.language_changed(speak, centre, who)
        )
    context.show(screens.about(context.speak, context.centre, context.now))


def register(app: App) -> None:
    app.add_handler(presses(ShowCentre, show_centre, may=May.FACILITATORS))
    app.add_handler(presses(SpeakInGroup, speak_in_group, may=May.FACILITATORS))

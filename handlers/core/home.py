"""Home, wherever somebody comes from: what is next in their centre, and the doors."""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.navigation import Facilitate
from handlers.core.screens import home
from handlers.core.speech import Speech
from storage import assemblies, decisions, people


async def show_home(context: Context) -> None:
    """The member's home screen; after a guard."""
    centre = context.centre
    upcoming = await assemblies.upcoming(context.tx, centre.id, context.now)
    deciding = await decisions.open_ones(context.tx, centre.id)
    context.show(
        home.home(
            context.speak,
            centre,
            facilitates=context.facilitates,
            following=upcoming[0] if upcoming else None,
            deciding=len(deciding),
        )
    )


async def speak_as_known(context: Context) -> None:
    """Somebody who chose a language before, here or elsewhere, is spoken to in it."""
    person = await people.find(context.tx, context.who().id)
    if person is not None:
        context.speak = Speech(person.language)


async def outdated(context: Context) -> None:
    """The button belongs to something that is announced or left already: back to the hub."""
    context.toast(context.speak("This button belongs to an older message."), alert=True)
    await context.go(Facilitate(context.centre.id))

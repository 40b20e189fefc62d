"""Home, wherever somebody comes from: what is next in their centre, and the doors."""

from __future__ import annotations

from handlers.core.context import Context
from handlers.core.navigation import Facilitate, ShowAgreement
from handlers.core.screens import home
from handlers.core.speech import Speech
from storage import assemblies, centres, decisions, people
from storage.centres import Centre


async def show_home(context: Context) -> None:
    """The member's home screen; after a guard. Whoever has to agree anew is asked first."""
    if context.presser is not None and context.presser.rests:
        await context.go(ShowAgreement(context.centre.id))
        return
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


SHOWN = 5  # centres that a stranger can ask; where there are more, the group's posts have the link


async def askable(context: Context, centre_id: int | None = None) -> list[Centre]:
    """The centres that a stranger can ask to join from here, the one of `centre_id` alone if given.

    That a centre decides with Voci can be read in its group and behind `join_` links by anybody.
    """
    found = await centres.every(context.tx)
    mine = await centres.of_person(context.tx, context.who().id)
    others = [each for each in found if each not in mine]
    named = [each for each in others if each.id == centre_id]
    if named:
        return named
    return others if len(others) <= SHOWN else []


async def centre_of_group(context: Context) -> Centre | None:
    """The centre whose group this is, whoever speaks there."""
    chat = context.incoming.effective_chat
    return await centres.by_chat(context.tx, chat.id) if chat is not None else None


async def speech_here(context: Context) -> Speech:
    """What is said in a centre's group is in its language, whoever it answers."""
    centre = await centre_of_group(context) if context.in_group else None
    return context.speak if centre is None else Speech.of(centre)


async def outdated(context: Context) -> None:
    """The button belongs to something that is announced or left already: back to the hub."""
    context.toast(context.speak("This button belongs to an older message."), alert=True)
    await context.go(Facilitate(context.centre.id))

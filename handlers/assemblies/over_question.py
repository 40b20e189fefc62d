"""The question whether an assembly is over: where it stands, and that it says so once it is."""

from __future__ import annotations

from handlers.assemblies.leading import Leader, leaders
from handlers.assemblies.screens import unclosed as screens
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import messages
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.messages import CARD


def ref(assembly: Assembly, person: Leader) -> str:
    """The name of the message in which somebody who leads is asked."""
    return f"{CARD}assembly:{assembly.id}:unclosed:{person.telegram_id}"


async def answered(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Somebody has closed it: the question, wherever it still stands, says so instead.

    It is no card any more, or it would lose its words' place with all cards of the assembly.
    """
    for person in await leaders(unit, assembly):
        place = await messages.find(unit.tx, ref(assembly, person))
        if place is None:
            continue
        ended = ref(assembly, person).removeprefix(CARD)
        await messages.forget(unit.tx, ref(assembly, person))
        await messages.remember(unit.tx, ended, place.chat_id, place.message_id)
        speak = Speech.of(centre, person.language)
        screen = screens.answered(assembly, speak, desk=person.facilitates)
        await unit.repost(ended, person.telegram_id, screen, centre_id=centre.id)

"""What stands in the group and still lives: it follows when the centre changes, or moves."""

from __future__ import annotations

from handlers.assemblies import posts
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from storage import assemblies, decisions, messages
from storage.centres import Centre
from storage.messages import Place


async def refresh(unit: UnitOfWork, centre: Centre) -> None:
    """Open questions, and the assemblies to come, as the centre speaks now."""
    for decision in await decisions.open_ones(unit.tx, centre.id):
        await closing.refresh(unit, centre, decision)
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        await posts.refresh(unit, centre, assembly)


async def post_again(unit: UnitOfWork, centre: Centre, turn: str = "") -> None:
    """In a new chat, whose id `centre` has: nobody can press any more what stands in the old one.

    `turn` tells one coming from another, where a centre may come to a chat more than once.
    """
    for decision in await decisions.open_ones(unit.tx, centre.id):
        await closing.announce_again(unit, centre, decision, turn)
    upcoming = await assemblies.upcoming(unit.tx, centre.id, unit.now)
    if upcoming:
        await posts.post_again(unit, centre, upcoming[0], turn)


async def places(unit: UnitOfWork, centre: Centre) -> list[Place]:
    """Where all of that stands."""
    refs = [closing.ref(each) for each in await decisions.open_ones(unit.tx, centre.id)]
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        refs += posts.refs(assembly)
    found = [await messages.find(unit.tx, each) for each in refs]
    return [place for place in found if place is not None]

"""Who may lead an assembly: where they are written to, and in which language."""

from __future__ import annotations

from assembly.duties import Duty
from assembly.immutable import immutable
from handlers.core.unit_of_work import UnitOfWork
from storage import duties, facilitators
from storage.assemblies import Assembly


@immutable
class Leader:
    """A facilitator of its centre, its chair, or both."""

    telegram_id: int
    language: str
    facilitates: bool
    chairs: bool = False


async def leaders(unit: UnitOfWork, assembly: Assembly) -> list[Leader]:
    """Its facilitators, and its chair, where that is somebody else as the last one."""
    chair = (await duties.of_assembly(unit.tx, assembly.id)).holder(Duty.CHAIR)
    at = None if chair is None else chair.telegram_id
    contacts = await facilitators.contacts(unit.tx, assembly.centre_id, unit.now)
    found = [
        Leader(each.telegram_id, each.language, facilitates=True, chairs=each.telegram_id == at)
        for each in contacts
    ]
    if chair is not None and not any(each.chairs for each in found):
        found.append(Leader(chair.telegram_id, chair.language, facilitates=False, chairs=True))
    return found

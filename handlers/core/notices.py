"""What facilitators are told about the bot's own troubles: privately, and never about a person."""

from __future__ import annotations

from handlers.core.screens import plain
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, facilitators
from storage.outbox import Outgoing


async def report_uncertain(unit: UnitOfWork, row: Outgoing) -> None:
    """Tell the facilitators that a post to their group may be missing."""
    if row.centre_id is None:
        return
    centre = await centres.get(unit.tx, row.centre_id)
    for person in await facilitators.contacts(unit.tx, row.centre_id, unit.now):
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"uncertain:{row.id}:{person.telegram_id}",
            person.telegram_id,
            plain.perhaps_not_posted(speak, centre.name),
            centre_id=row.centre_id,
            not_before=centre.waits_until(unit.now),
        )

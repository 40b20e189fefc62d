"""The machine's clock has leapt: whoever runs the bot is told, and may set it right."""

from __future__ import annotations

from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.recovery.screens import leaps as screens
from storage import people


async def tell(unit: UnitOfWork, leapt: float) -> None:
    """Tell the operators whom the bot has met; so many seconds ahead, or back (below 0)."""
    for telegram_id in sorted(unit.services.operators):
        person = await people.find(unit.tx, telegram_id)
        if person is not None and person.writable:
            await unit.post(
                f"leap:{unit.now}:{telegram_id}",
                telegram_id,
                screens.leapt(Speech(person.language), leapt),
            )

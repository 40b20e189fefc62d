"""How to speak with somebody who is written to, and not the one who acts."""

from __future__ import annotations

from handlers.core.speech import Speech
from storage import people
from storage.centres import Centre
from storage.engine.transaction import Transaction


async def speech_to(tx: Transaction, centre: Centre, telegram_id: int) -> Speech:
    """In their language, or in the centre's where they have chosen none."""
    person = await people.find(tx, telegram_id)
    return Speech.of(centre, person.language if person else None)

"""Takes a name out of what is still to go out: whoever erases themselves is named no more.

A name can be any word, "no" or "12" too. So it is never searched for: where a screen names somebody
it marks the name with whose it is, the mark is kept in what waits, and goes when it is sent.
"""

from __future__ import annotations

import json

from markupsafe import escape

from handlers.core.names import renamed
from handlers.core.unit_of_work import UnitOfWork
from storage import outbox_changes


async def unname(unit: UnitOfWork, centre_id: int, telegram_id: int, instead: str) -> None:
    """Write `instead` for the person's name in every text of a centre that is not sent yet."""
    for row_id, payload in (await outbox_changes.unsent(unit.tx, centre_id)).items():
        reworded = without(payload, telegram_id, instead)
        if reworded != payload:
            await outbox_changes.reword(unit.tx, row_id, reworded)


def without(payload: str, telegram_id: int, instead: str) -> str:
    """The payload of a screen with other words wherever it names this person."""
    content = json.loads(payload)
    content["text"] = renamed(content["text"], telegram_id, escape(instead))
    return json.dumps(content, ensure_ascii=False)

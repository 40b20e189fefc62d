"""Posts to a group that were never there and won't come: its facilitators are told which."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from handlers.core import unheard
from handlers.core.notices import LOST, quoted
from handlers.core.screens import lost_posts as screens
from handlers.core.screens.lost_posts import Why
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, facilitators
from storage.centres import Centre
from storage.outbox import Outgoing

log = logging.getLogger(__name__)


async def report(unit: UnitOfWork, rows: Sequence[Outgoing], why: Why) -> None:
    """Tell the facilitators of each group in one message.

    Not of edits, for what they change is there; nor of a group that the centre has left.
    """
    by_chat: dict[int, list[Outgoing]] = {}
    for row in rows:
        if row.chat_id < 0 and row.centre_id is not None and not row.key.startswith("edit:"):
            log.warning("outbox row %d will not be posted: %s", row.id, why.value)
            by_chat.setdefault(row.chat_id, []).append(row)
    for chat_id, lost in sorted(by_chat.items()):
        centre = await centres.by_chat(unit.tx, chat_id)
        if centre is not None:
            await _tell(unit, centre, lost, why)


async def _tell(unit: UnitOfWork, centre: Centre, lost: Sequence[Outgoing], why: Why) -> None:
    words = [quoted(row) for row in lost]
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"{LOST}:{lost[0].id}:{unit.now}:{person.telegram_id}",
            person.telegram_id,
            screens.not_posted(speak, centre.name, words, why),
            centre_id=centre.id,
            not_before=centre.waits_until(unit.now),
            repeatable=True,
        )
    await unheard.tell_operators(unit, centre)

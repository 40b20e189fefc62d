"""Posts to a group that were never there and won't come: its facilitators are told which."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from handlers.core import unheard
from handlers.core.notices import LOST, quoted
from handlers.core.screens import lost_posts as screens
from handlers.core.screens.lost_posts import Why
from handlers.core.unit_of_work import UnitOfWork
from storage import centres
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
        if centre is None:
            continue
        words = [quoted(row) for row in lost]
        await unheard.tell_facilitators(
            unit,
            centre,
            f"{LOST}:{lost[0].id}:{unit.now}",
            partial(screens.not_posted, centre=centre.name, quoted=words, why=why),
        )

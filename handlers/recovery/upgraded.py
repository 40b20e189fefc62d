"""After an upgrade that could not take open questions along: their groups are told."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.core.posting import Posting
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.decisions import closing
from handlers.decisions.results.screens import outcomes
from handlers.decisions.screens import decisions as screens
from storage import centres, decisions
from storage.engine.transaction import Transaction


async def tell_cancelled(tx: Transaction, decision_ids: Iterable[int], now: int) -> int:
    """Of those that were open before, what is cancelled now: how many. UTC epoch seconds.

    The question loses its buttons where it stands, and the group reads the reason.
    """
    told = 0
    for decision_id in decision_ids:
        centre_id = await decisions.centre_of(tx, decision_id)
        if centre_id is None:
            continue
        decision = await decisions.get(tx, centre_id, decision_id)
        if decision is None or decision.status != "cancelled":
            continue
        centre = await centres.get(tx, centre_id)
        await closing.forget_plans(tx, decision_id)
        speak, posting = Speech.of(centre), Posting(tx, now)
        ended = screens.ended(decision, speak)
        await posting.repost_to_group(centre, closing.ref(decision), ended)
        await posting.post_to_group(
            centre,
            f"decision:{decision_id}:outcome",
            Screen(outcomes.told(decision, speak), public=True),
            not_before=centre.waits_until(now),
        )
        told += 1
    return told

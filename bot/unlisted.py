"""Sends messages of which no table knows (handlers/core/unlisted.py)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.bucket import TooLate, Urgency
from bot.calls import Place
from bot.clock import Clock
from bot.fate import Barred, Blocked, Fate, Ours, Refused, Uncertain, Wait, fate_of
from bot.sending import Sending
from bot.vitals import Vitals
from handlers.core.screen import posted
from handlers.core.unlisted import Became, Unlisted

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds; what has not had its turn by then waits for the next tick
# The other fates pass, or are the person's own to decide; and a number of all that was sent would
# tell how many were reminded.
_SAID: dict[type[Fate], str] = {Ours: "waits", Refused: "was refused", Uncertain: "is uncertain"}


async def send(
    sending: Sending, clock: Clock, vitals: Vitals, messages: Sequence[Unlisted]
) -> list[Became]:
    """Send these, within the limits, each chat's in their order; what became of each.

    Raises nothing.
    """
    deadline, became = clock.now() + PATIENCE, list[Became]()
    for turn in _turns(messages):
        became += await asyncio.gather(*(_send(sending, vitals, each, deadline) for each in turn))
    return became


def _turns(messages: Sequence[Unlisted]) -> Iterator[list[Unlisted]]:
    """At most one of each chat in a turn: of two under way at once, the second may arrive too soon,
    whatever lay between them when they left."""
    lines: dict[int, list[Unlisted]] = {}
    for each in messages:
        lines.setdefault(each.chat_id, []).append(each)
    for turn in zip_longest(*lines.values()):
        yield [each for each in turn if each is not None]


async def _send(sending: Sending, vitals: Vitals, what: Unlisted, deadline: float) -> Became:
    content, limits = posted(what.screen), (Urgency.OUTBOX, deadline)
    try:
        if what.edits:
            await sending.edit(what.chat_id, what.edits, content, *limits)
            became = Became(what)
        else:
            became = Became(what, await sending.post(Place(what.chat_id), content, *limits))
    except TooLate:
        return Became(what, waits=True)
    except Exception as error:
        fate = fate_of(error, repeatable=bool(what.edits))
        if said := _SAID.get(type(fate)):
            vitals.fates[type(fate).__name__.lower()] += 1
            # Without its text and its cause: they could quote what people wrote.
            log.warning("an unlisted message %s: %s", said, type(error).__name__)
        return Became(
            what, waits=isinstance(fate, Wait | Barred | Ours), blocked=isinstance(fate, Blocked)
        )
    return became

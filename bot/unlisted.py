"""Sends messages of which no table knows (handlers/core/unlisted.py)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.bucket import TooLate, Urgency
from bot.calls import Place
from bot.clock import Clock
from bot.fate import Barred, Blocked, Wait, fate_of
from bot.sending import Sending
from handlers.core.screen import posted
from handlers.core.unlisted import Became, Unlisted

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds; what has not had its turn by then waits for the next tick


async def send(sending: Sending, clock: Clock, messages: Sequence[Unlisted]) -> list[Became]:
    """Send these, within the limits, each chat's in their order; what became of each.

    Raises nothing.
    """
    deadline, became = clock.now() + PATIENCE, list[Became]()
    for turn in _turns(messages):
        became += await asyncio.gather(*(_send(sending, each, deadline) for each in turn))
    return became


def _turns(messages: Sequence[Unlisted]) -> Iterator[list[Unlisted]]:
    """At most one of each chat in a turn: of two under way at once, the second may arrive too soon,
    whatever lay between them when they left."""
    lines: dict[int, list[Unlisted]] = {}
    for each in messages:
        lines.setdefault(each.chat_id, []).append(each)
    for turn in zip_longest(*lines.values()):
        yield [each for each in turn if each is not None]


async def _send(sending: Sending, what: Unlisted, deadline: float) -> Became:
    content, limits = posted(what.screen), (Urgency.OUTBOX, deadline)
    try:
        if not what.edits:
            return Became(what, await sending.post(Place(what.chat_id), content, *limits))
        await sending.edit(what.chat_id, what.edits, content, *limits)
    except TooLate:
        return Became(what, waits=True)
    except Exception as error:
        fate = fate_of(error, repeatable=bool(what.edits))
        waits = isinstance(fate, Wait | Barred)
        if not waits:  # without its text and its cause: they could quote what people wrote
            log.warning("an unlisted message was not sent: %s", type(error).__name__)
        return Became(what, waits=waits, blocked=isinstance(fate, Blocked))
    return Became(what)

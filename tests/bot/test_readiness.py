"""What says that the bot does not do its work, and what says nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.bot_state import STATE
from kit.stage import Stage

from bot.readiness import LATE, LEAST_FREE, SILENT, TICKS, WAITING, complaints
from storage import outbox, schedules
from storage.engine.transaction import Transaction

WELL = replace(STATE, faults={}, due_messages=0)


@pytest.mark.parametrize(
    "borderline",
    [
        {"silent_for": SILENT},
        {"silent_for": None},
        {"tick_age": 30.0 * TICKS},
        {"oldest_message": WAITING, "due_messages": 900},
        {"schedule_lag": LATE + 30},
        {"free": LEAST_FREE},
    ],
)
def test_at_the_bound_all_is_well(borderline: dict[str, Any]) -> None:
    assert [*complaints(replace(WELL, **borderline))] == []


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"silent_for": SILENT + 1}, "Telegram has not answered for 91 s."),
        ({"tick_age": 30.0 * TICKS + 1}, "The last tick was 121 s ago; one is every 30 s."),
        ({"oldest_message": WAITING + 1}, "A message is due for 301 s and has not left."),
        ({"schedule_lag": LATE + 31}, "Something was due 331 s ago and is not done."),
        (
            {"faults": {"KeyError": 2}},
            "An error in Voci (KeyError) keeps 2 from leaving: see the log.",
        ),
        ({"free": LEAST_FREE - 10**6}, "The disk is nearly full: 99 MB are left."),
    ],
)
def test_beyond_it_there_is_a_sentence(trouble: dict[str, Any], said: str) -> None:
    assert [*complaints(replace(WELL, **trouble))] == [said]


async def test_it_is_read_from_what_runs(stage: Stage) -> None:
    """A message and a schedule that are due, and neither a tick nor Telegram for a while."""
    voci = stage.voci
    assert [*complaints(await voci.state())] == []

    async def put(tx: Transaction) -> None:
        await outbox.add(tx, key="late", chat_id=5, payload="x", now=stage.now)
        await schedules.set(tx, "retention", 99, stage.now, "Europe/Rome")

    await stage.write(put)
    stage.clock.move(400)
    state = await voci.state()
    assert (state.due_messages, state.oldest_message, state.schedule_lag) == (1, 400, 400)
    assert len([*complaints(state)]) == 4

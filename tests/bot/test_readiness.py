"""What says that the bot does not do its work, and what says nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.bot_state import STATE
from kit.stage import Stage
from markupsafe import Markup

from bot.readiness import LATE, LEAST_FREE, SILENT, TICKS, WAITING, complaints
from handlers.core.screen import Screen, dump
from storage import outbox, schedules
from storage.engine import schema
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
        ({"uncalled": "Connection timed out"}, "No updates: Connection timed out."),
        ({"tick_age": 30.0 * TICKS + 1}, "The last tick was 121 s ago; one is every 30 s."),
        ({"oldest_message": WAITING + 1}, "A message is due for 301 s and has not left."),
        ({"schedule_lag": LATE + 31}, "Something was due 331 s ago and is not done."),
        (
            {"faults": {"KeyError": 2}},
            "An error in Voci (KeyError) keeps 2 from leaving: see the log.",
        ),
        (
            {"newer": True},
            "A newer Voci has brought the database up to date: this process is to be replaced.",
        ),
        (
            {"misfit": "they belong to others"},
            "The two stores do not fit: they belong to others. See voci check.",
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
    assert (state.perhaps_lost, state.posts_in_doubt) == (0, 0)
    assert (state.due_messages, state.oldest_message, state.schedule_lag) == (1, 400, 400)
    assert len([*complaints(state)]) == 4


@pytest.mark.parametrize("by", ["restrict", "remove"])
async def test_what_waits_for_a_group_is_counted(stage: Stage, by: str) -> None:
    """It is no complaint: it is for the people there to let Voci write, and they were told."""
    _, group = await stage.centre()
    getattr(stage.operator, by)(group, stage.bot)
    anna = stage.world.person("Anna")
    await stage.say(anna, "/start")
    anna.block(stage.bot)

    async def post(tx: Transaction) -> None:
        for key, chat_id in (("a", group.id), ("b", group.id), ("c", anna.id)):
            payload = dump(Screen(Markup("Hello."), public=True))
            await outbox.add(tx, key=key, chat_id=chat_id, payload=payload, now=stage.now)

    await stage.write(post)
    await stage.settle()
    state = await stage.voci.state()
    assert (state.held_messages, state.due_messages, [*complaints(state)]) == (2, 0, [])


async def test_a_process_that_a_newer_one_has_overtaken_says_so(stage: Stage) -> None:
    async def overtake(tx: Transaction) -> None:
        version = schema.newest("main") + 1
        step = {"version": version, "name": "later", "checksum": "x", "applied_at": 0}
        await tx.run("record_migration", **step)

    await stage.write(overtake)
    [said] = complaints(await stage.voci.state())
    assert said.startswith("A newer Voci has brought the database up to date")


async def test_a_key_store_that_was_exchanged_under_it_is_seen(stage: Stage) -> None:
    async def exchange(tx: Transaction) -> None:
        await tx.statement("UPDATE counterpart SET id = 'another'")

    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna", "user")
    assert [*complaints(await stage.voci.state())] == []
    await stage.voci.keys.database.run(exchange)
    [said] = complaints(await stage.voci.state())
    assert said == "The two stores do not fit: they belong to others. See voci check."

"""Telegram's limits over several processes: each message counts, whichever process sends it."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, cast

import pytest

from bot.bucket import GROUP, OVERALL, TooLate, Urgency
from bot.clock import SystemClock
from bot.shared_bucket import ALL_LIMITS, CHAT_LIMITS, GROUP_LIMITS, MARGIN, SharedBucket, free_at
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.opening import open_database
from storage.paces import Pace
from storage.secrets.keys import KeyStore

ANNA, BRUNO, AURORA = 5_000_000_001, 5_000_000_002, -1_002_000_000_001


class LateClock(SystemClock):
    """Tells how long somebody wanted to sleep, and lets them sleep hardly at all."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.wanted.append(seconds)
        await asyncio.sleep(min(seconds, 0.01))


@pytest.fixture
async def databases(postgres_url: Callable[[str], Awaitable[str]]) -> AsyncIterator[list[Database]]:
    url = await postgres_url("main")
    async with AsyncExitStack() as stack:
        made = [await open_database(url) for _ in range(2)]
        for database in made:
            stack.push_async_callback(database.close)
        yield made


@pytest.fixture
def buckets(databases: list[Database]) -> list[SharedBucket]:
    """Of two processes, which have the same keys."""
    keys = KeyStore(cast(Any, None), bytes(32))
    return [SharedBucket(each, keys, SystemClock()) for each in databases]


async def test_one_chat_gets_one_message_a_second_from_both(buckets: list[SharedBucket]) -> None:
    one, other = buckets
    began = time.monotonic()
    await one.take(ANNA, Urgency.SCREEN)
    await other.take(BRUNO, Urgency.SCREEN)
    assert 0.9 < await other.wait(ANNA) <= 1 + MARGIN
    await other.take(ANNA, Urgency.SCREEN)
    assert time.monotonic() - began >= 1.0


async def test_thirty_a_second_of_both_together(buckets: list[SharedBucket]) -> None:
    left: list[float] = []

    async def send(bucket: SharedBucket, chat_id: int) -> None:
        await bucket.take(chat_id, Urgency.SCREEN)
        left.append(time.monotonic())

    began = time.monotonic()
    chats = range(1, OVERALL + 11)
    await asyncio.gather(*(send(buckets[chat % 2], chat) for chat in chats))
    assert time.monotonic() - began >= 1.0
    assert left[OVERALL] - left[0] >= 1.0
    assert len(left) == OVERALL + 10


async def test_a_chat_that_must_wait_must_wait_for_both(buckets: list[SharedBucket]) -> None:
    one, other = buckets
    await one.halt(ANNA, 30)
    await other.halt(ANNA, 3)  # said later, and over earlier
    assert 29 < await other.wait(ANNA) <= 30 + MARGIN
    assert await other.wait(BRUNO) <= 0
    with pytest.raises(TooLate):
        await other.take(ANNA, Urgency.SCREEN, time.time() + 10)


async def test_screens_go_before_the_outbox(databases: list[Database]) -> None:
    clock = LateClock()
    bucket = SharedBucket(databases[0], KeyStore(cast(Any, None), bytes(32)), clock)
    await bucket.halt(ANNA, 0.3)
    order: list[str] = []

    async def send(chat_id: int, urgency: Urgency) -> None:
        await bucket.take(chat_id, urgency)
        order.append(urgency.name)

    screen = asyncio.create_task(send(ANNA, Urgency.SCREEN))
    await asyncio.sleep(0.05)
    await asyncio.gather(screen, send(BRUNO, Urgency.OUTBOX))
    assert order == ["SCREEN", "OUTBOX"]


async def test_without_the_database_screens_wait_and_the_outbox_is_told(
    databases: list[Database], caplog: pytest.LogCaptureFixture
) -> None:
    bucket = SharedBucket(databases[0], KeyStore(cast(Any, None), bytes(32)), LateClock())
    await databases[0].close()
    with pytest.raises(StorageError):
        await bucket.take(ANNA, Urgency.OUTBOX)
    with pytest.raises(TooLate):
        await bucket.take(ANNA, Urgency.SCREEN, time.time() + 1)
    await bucket.halt(ANNA, 5)
    assert "that a chat must wait was not noted" in caplog.text


async def test_what_is_kept_names_no_chat_and_goes(
    databases: list[Database], buckets: list[SharedBucket]
) -> None:
    for chat in (ANNA, AURORA):
        await buckets[0].take(chat, Urgency.SCREEN)
    async with databases[1].transaction() as tx:
        rows = await tx.statement("SELECT number FROM paces ORDER BY number")
        await tx.statement("UPDATE paces SET latest = 5 WHERE number <> 0")
    assert len(rows) == 3
    assert rows[0]["number"] == 0
    assert not {ANNA, AURORA, -AURORA} & {row["number"] for row in rows}
    buckets[1]._pruned_at = 0.0
    await buckets[1].take(BRUNO, Urgency.SCREEN)
    async with databases[1].reading() as tx:
        rows = await tx.statement("SELECT number FROM paces ORDER BY number")
    assert len(rows) == 2  # all chats together, and Bruno's


@pytest.mark.parametrize(
    ("pace", "limits", "free"),
    [
        (Pace(), GROUP_LIMITS, 0.0),
        (Pace((5_000,)), CHAT_LIMITS, 6.0 + MARGIN),
        (Pace((5_000,), 9_000), CHAT_LIMITS, 9.0),
        (Pace(tuple(range(1_000, 1_000 + GROUP - 1))), GROUP_LIMITS, 2.018 + MARGIN),
        (Pace(tuple(range(1_000, 1_000 + GROUP))), GROUP_LIMITS, 61.0 + MARGIN),
        (Pace(tuple(range(1_000, 1_000 + OVERALL - 1))), ALL_LIMITS, 0.0),
        (Pace(tuple(range(1_000, 1_000 + OVERALL))), ALL_LIMITS, 2.0 + MARGIN),
    ],
)
def test_when_one_more_may_leave(
    pace: Pace, limits: tuple[tuple[int, float], ...], free: float
) -> None:
    assert math.isclose(free_at(pace, limits), free)

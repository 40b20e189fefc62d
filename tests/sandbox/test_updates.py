from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from sandbox.errors import ApiError
from sandbox.updates import UpdateQueue


@pytest.fixture
def queue(clock: Any) -> UpdateQueue:
    return UpdateQueue(clock, random.Random(7))


def put(queue: UpdateQueue, count: int, kind: str = "message") -> list[int]:
    return [queue.put(kind, {"text": str(n)}) or 0 for n in range(count)]


def ids(batch: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in batch]


def test_ids_rise_by_one(queue: UpdateQueue) -> None:
    first, second, third = put(queue, 3)
    assert (second, third) == (first + 1, first + 2)


def test_updates_come_again_until_they_are_acknowledged(queue: UpdateQueue) -> None:
    first, second, third = put(queue, 3)
    assert ids(queue.fetch(0, 100)) == [first, second, third]
    assert ids(queue.fetch(first, 100)) == [first, second, third]
    assert ids(queue.fetch(second, 100)) == [second, third]
    assert ids(queue.fetch(0, 100)) == [second, third]
    assert ids(queue.fetch(third + 1, 100)) == []
    assert len(queue) == 0


def test_limit_takes_the_oldest(queue: UpdateQueue) -> None:
    first, second, _ = put(queue, 3)
    assert ids(queue.fetch(0, 2)) == [first, second]


def test_a_negative_offset_forgets_all_but_the_newest(queue: UpdateQueue) -> None:
    _, second, third = put(queue, 3)
    assert ids(queue.fetch(-2, 100)) == [second, third]
    assert len(queue) == 2


def test_an_offset_from_the_future_acknowledges_nothing(queue: UpdateQueue) -> None:
    (first,) = put(queue, 1)
    assert ids(queue.fetch(first + 1_000, 100)) == [first]


def test_presses_expire_after_150_seconds_and_messages_after_a_day(
    queue: UpdateQueue, clock: Any
) -> None:
    (message,) = put(queue, 1)
    (press,) = put(queue, 1, "callback_query")
    (later,) = put(queue, 1)
    clock.move(149)
    assert ids(queue.fetch(0, 100)) == [message, press, later]
    clock.move(1)
    assert ids(queue.fetch(0, 100)) == [message, later]
    clock.move(86_400)
    assert ids(queue.fetch(0, 100)) == []


def test_ids_start_anew_after_a_quiet_week(queue: UpdateQueue, clock: Any) -> None:
    (before,) = put(queue, 1)
    queue.fetch(before + 1, 100)
    clock.move(8 * 86_400)
    (after,) = put(queue, 1)
    assert after != before + 1
    assert ids(queue.fetch(0, 100)) == [after]


def test_only_the_allowed_kinds_arrive(queue: UpdateQueue) -> None:
    assert queue.put("chat_member", {}) is None
    queue.allow(["chat_member"])
    assert queue.put("chat_member", {}) is not None
    assert queue.put("message", {}) is None
    queue.allow(None)
    assert queue.allowed == ["chat_member"]
    queue.allow([])
    assert queue.put("message", {}) is not None


async def test_a_poll_waits_for_the_next_update(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.poll(0, 100, 10))
    await asyncio.sleep(0)
    (update,) = put(queue, 1)
    assert ids(await poll) == [update]


async def test_a_poll_ends_empty_in_the_end(queue: UpdateQueue) -> None:
    assert await queue.poll(0, 100, 0.01) == []


async def test_a_second_poll_terminates_the_first(queue: UpdateQueue) -> None:
    first = asyncio.create_task(queue.poll(0, 100, 10))
    await asyncio.sleep(0)
    second = asyncio.create_task(queue.poll(0, 100, 10))
    with pytest.raises(ApiError) as refusal:
        await first
    assert refusal.value.code == 409
    assert refusal.value.description == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    (update,) = put(queue, 1)
    assert ids(await second) == [update]


async def test_a_poll_can_be_released(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.poll(0, 100, 10))
    await asyncio.sleep(0)
    queue.release_poll()
    assert await poll == []

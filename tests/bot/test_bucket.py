"""Telegram's limits: 30 a second over all, 1 a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import asyncio

import pytest
from kit.stage import LeapingClock

from bot.bucket import Bucket, TooLate, Urgency
from bot.clock import MovableClock


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock(1000.0)


@pytest.fixture
def bucket(clock: LeapingClock) -> Bucket:
    return Bucket(clock)


def most_in_window(times: list[float], width: float) -> int:
    return max(sum(start <= time < start + width for time in times) for start in times)


async def test_never_more_than_thirty_in_any_second(bucket: Bucket, clock: LeapingClock) -> None:
    times = []
    for chat in range(1, 301):
        await bucket.take(chat, Urgency.OUTBOX)
        times.append(clock.now())
    assert most_in_window(times, 1.0) == 30
    assert times[-1] - times[0] < 9 * 1.05  # and hardly slower than the limit allows


async def test_one_chat_gets_one_message_a_second(bucket: Bucket, clock: LeapingClock) -> None:
    await bucket.take(7, Urgency.SCREEN)
    await bucket.take(7, Urgency.SCREEN)
    assert clock.now() - 1000 >= 1.0


async def test_a_group_gets_twenty_a_minute(bucket: Bucket, clock: LeapingClock) -> None:
    times = []
    for _ in range(45):
        await bucket.take(-100, Urgency.OUTBOX)
        times.append(clock.now())
    assert most_in_window(times, 60.0) == 20


async def test_a_halt_concerns_one_chat_only(bucket: Bucket, clock: LeapingClock) -> None:
    bucket.halt(1, 30)
    await bucket.take(2, Urgency.OUTBOX)
    assert clock.now() == 1000
    await bucket.take(1, Urgency.OUTBOX)
    assert clock.now() >= 1030


async def test_screens_go_before_the_outbox() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    for chat in range(30):
        await bucket.take(chat + 1, Urgency.OUTBOX)
    order: list[str] = []

    async def send(name: str, chat: int, urgency: Urgency) -> None:
        await bucket.take(chat, urgency)
        order.append(name)

    tasks = [
        asyncio.create_task(send("outbox", 101, Urgency.OUTBOX)),
        asyncio.create_task(send("screen", 102, Urgency.SCREEN)),
    ]
    for _ in range(40):
        await asyncio.sleep(0)
        clock.move(0.05)
    await asyncio.gather(*tasks)
    assert order == ["screen", "outbox"]


async def test_a_screen_that_waits_for_its_own_chat_holds_up_nobody() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    bucket.halt(1, 3600)
    waiting = asyncio.create_task(bucket.take(1, Urgency.SCREEN))
    await asyncio.sleep(0)
    await asyncio.wait_for(bucket.take(2, Urgency.OUTBOX), 1)
    waiting.cancel()


async def test_who_cannot_be_in_time_is_told_at_once() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    bucket.halt(1, 60)
    with pytest.raises(TooLate):
        await bucket.take(1, Urgency.SCREEN, deadline=1010.0)
    await bucket.take(2, Urgency.SCREEN, deadline=1010.0)


async def test_a_cancelled_wait_leaves_no_trace(bucket: Bucket) -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    bucket.halt(1, 30)
    waiting = asyncio.create_task(bucket.take(1, Urgency.SCREEN))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await bucket.take(2, Urgency.OUTBOX)  # would wait for ever behind a forgotten screen
    assert clock.next_wake() is None

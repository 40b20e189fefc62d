"""What is long on its way and what leaves next never arrive at one chat in the same second."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from itertools import pairwise

import pytest
from kit.running_bot import LeapingClock

from bot.bucket import CHAT_SPACING, Bucket, TooLate, Urgency
from bot.spacing import Spacing

ANNA, BRUNO = 5, 6


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock(1000.0)


async def least_apart(clock: LeapingClock, spacing: Spacing | None) -> float:
    """How far apart two calls to one chat arrive, the first of which is long on its way."""
    bucket, arrived, arrives = Bucket(clock), list[float](), asyncio.Event()

    async def call(delay: asyncio.Event | None) -> None:
        async with nullcontext() if spacing is None else spacing.turn(ANNA):
            await bucket.take(ANNA, Urgency.SCREEN)
            if delay is not None:
                await delay.wait()
            arrived.append(clock.now())

    calls = [asyncio.create_task(call(arrives)), asyncio.create_task(call(None))]
    for _ in range(5):
        await asyncio.sleep(0)
    clock.move(0.5)
    arrives.set()
    await asyncio.gather(*calls)
    return min(later - before for before, later in pairwise(arrived))


async def test_the_next_leaves_a_second_after_the_answer(clock: LeapingClock) -> None:
    assert await least_apart(clock, None) < CHAT_SPACING, "the bucket alone is not enough"
    assert await least_apart(clock, Spacing(clock)) >= CHAT_SPACING


async def test_another_chat_waits_for_nobody(clock: LeapingClock) -> None:
    spacing = Spacing(clock)
    async with spacing.turn(ANNA), spacing.turn(BRUNO):
        assert clock.now() == 1000.0


async def test_a_call_that_failed_was_one_too(clock: LeapingClock) -> None:
    spacing = Spacing(clock)
    with pytest.raises(ConnectionError):
        async with spacing.turn(ANNA):
            raise ConnectionError
    async with spacing.turn(ANNA):
        assert clock.now() >= 1000.0 + CHAT_SPACING


async def test_what_would_come_too_late_does_not_wait(clock: LeapingClock) -> None:
    spacing = Spacing(clock)
    async with spacing.turn(ANNA):
        pass
    with pytest.raises(TooLate):
        async with spacing.turn(ANNA, deadline=1000.5):
            pass
    assert clock.now() == 1000.0

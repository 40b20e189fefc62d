"""A clock that is moved wakes whoever slept until then, in order."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import MovableClock, SystemClock


async def test_sleepers_wake_in_order_when_time_is_moved() -> None:
    clock = MovableClock(100.0)
    woken: list[str] = []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    tasks = [asyncio.create_task(sleeper("late", 60)), asyncio.create_task(sleeper("soon", 10))]
    await asyncio.sleep(0)
    assert clock.next_wake() == 110
    clock.move(9)
    await asyncio.sleep(0)
    assert woken == []
    clock.move(51)
    await asyncio.gather(*tasks)
    assert woken == ["soon", "late"]
    assert clock.now() == 160


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    clock = MovableClock(0.0)
    task = asyncio.create_task(clock.sleep(5))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert clock.next_wake() is None


def test_time_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        MovableClock(0.0).move(-1)


async def test_a_flowing_clock_flows_and_can_be_moved() -> None:
    clock = MovableClock(1000.0, flowing=True)
    before = clock.now()
    await clock.sleep(0.002)
    assert clock.now() >= before + 0.002
    clock.move(3600)
    assert clock.now() >= 4600


async def test_the_systems_clock_sleeps_and_tells_the_time() -> None:
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.001)
    assert clock.now() > before > 1_700_000_000

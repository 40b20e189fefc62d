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


class Machine:
    """A machine whose clock can be put back, while time passes all the same."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 50.0
        self.clock = SystemClock(lambda: self.wall, lambda: self.steady)

    def pass_(self, seconds: float, *, leap: float = 0.0) -> float:
        self.steady += seconds
        self.wall += seconds + leap
        return self.clock.now()


def test_a_clock_that_is_put_back_never_runs_backwards_and_never_stands_still() -> None:
    machine = Machine()
    began = machine.pass_(100)
    assert began == 1_000_100
    assert machine.pass_(0, leap=-3600) == began
    assert machine.pass_(10) == began + 5
    assert machine.pass_(3590) == began + 1800
    assert machine.pass_(3600) == machine.wall == began + 3600, "it has caught up"
    assert machine.pass_(10) == machine.wall


def test_a_clock_that_is_put_back_stands_still_for_nobody_who_looks_often() -> None:
    """A step of 0.2 microseconds is less than a number of seconds since 1970 can tell apart."""
    machine = Machine()
    machine.wall = 1_780_000_000.0
    machine.pass_(0)
    held = machine.pass_(0, leap=-3600)
    for _ in range(50_000):
        machine.pass_(2e-7)
    assert machine.clock.now() - held == pytest.approx(0.005, abs=1e-6)


def test_a_clock_that_goes_ahead_is_followed() -> None:
    machine = Machine()
    assert machine.pass_(10, leap=3600) == 1_003_610


@pytest.mark.parametrize(("leap", "told"), [(-3600, -3600), (60, 60), (59, 0), (-59, 0), (0, 0)])
def test_a_leap_is_told_once(leap: float, told: float, caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    machine.pass_(5)
    machine.pass_(5, leap=leap)
    machine.pass_(5)
    assert machine.clock.leap() == told
    assert machine.clock.leap() == 0
    assert ("leapt by" in caplog.text) == bool(told)

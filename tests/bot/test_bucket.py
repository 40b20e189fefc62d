"""Telegram's limits: 30 a second over all, 1 a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import asyncio
import math

import pytest
from kit.running_bot import LeapingClock

from bot.bucket import GROUP, MARGIN, OVERALL, Bucket, TooLate, Urgency
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


async def test_each_limit_is_kept_with_a_hair_of_slack(clock: LeapingClock) -> None:
    one, all_of_them, group = Bucket(clock), Bucket(clock), Bucket(clock)
    await one.take(7, Urgency.OUTBOX)
    assert one.ready_at(7) == clock.now() + 1 + MARGIN
    for chat in range(OVERALL):
        await all_of_them.take(chat + 1, Urgency.OUTBOX)
    assert all_of_them.ready_at(101) == clock.now() + 1 + MARGIN
    began = clock.now()
    for _ in range(GROUP):
        await group.take(-100, Urgency.OUTBOX)
    assert group.ready_at(-100) == began + 60 + MARGIN


async def test_a_halt_concerns_one_chat_only(bucket: Bucket, clock: LeapingClock) -> None:
    await bucket.halt(1, 30)
    await bucket.take(2, Urgency.OUTBOX)
    assert clock.now() == 1000
    await bucket.take(1, Urgency.OUTBOX)
    assert clock.now() >= 1030


class Patient(MovableClock):
    """Nobody sleeps for no time at all: that would be waiting by asking without end."""

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        await super().sleep(seconds)


async def test_screens_go_before_the_outbox() -> None:
    clock = Patient(1000.0)
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


async def test_the_outbox_does_not_give_way_to_itself() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    for chat in range(OVERALL):
        await bucket.take(chat + 1, Urgency.OUTBOX)
    tasks = [asyncio.create_task(bucket.take(chat, Urgency.OUTBOX)) for chat in (101, 102)]
    await asyncio.sleep(0)
    clock.move(bucket.ready_at(101) - clock.now())
    for _ in range(10):
        await asyncio.sleep(0)
    assert all(task.done() for task in tasks)
    await asyncio.gather(*tasks)


async def test_a_screen_that_waits_for_its_own_chat_holds_up_nobody() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    await bucket.halt(1, 3600)
    waiting = asyncio.create_task(bucket.take(1, Urgency.SCREEN))
    await asyncio.sleep(0)
    await asyncio.wait_for(bucket.take(2, Urgency.OUTBOX), 1)
    waiting.cancel()


async def test_who_cannot_be_in_time_is_told_at_once() -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    await bucket.halt(1, 60)
    with pytest.raises(TooLate):
        await bucket.take(1, Urgency.SCREEN, deadline=1010.0)
    await bucket.take(2, Urgency.SCREEN, deadline=1010.0)


async def test_a_cancelled_wait_leaves_no_trace(bucket: Bucket) -> None:
    clock = MovableClock(1000.0)
    bucket = Bucket(clock)
    await bucket.halt(1, 30)
    waiting = asyncio.create_task(bucket.take(1, Urgency.SCREEN))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await bucket.take(2, Urgency.OUTBOX)  # would wait for ever behind a forgotten screen
    assert clock.next_wake() is None


class Sleeps(LeapingClock):
    """Counts who had to sleep; there is no reason for it to come to nothing for ever."""

    def __init__(self) -> None:
        super().__init__(1000.0)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        assert len(self.slept) < 100
        await super().sleep(seconds)


async def test_the_deadline_itself_is_still_in_time() -> None:
    clock = Sleeps()
    bucket = Bucket(clock)
    await bucket.halt(1, 60)
    free = bucket.ready_at(1)
    with pytest.raises(TooLate):
        await bucket.take(1, Urgency.SCREEN, deadline=math.nextafter(free, 0))
    await bucket.take(1, Urgency.SCREEN, deadline=free)
    with pytest.raises(TooLate):  # its own time is over, whoever is free
        await bucket.take(2, Urgency.SCREEN, deadline=math.nextafter(clock.now(), 0))
    await bucket.take(2, Urgency.SCREEN, deadline=clock.now())


async def test_the_moment_at_which_a_chat_is_free_is_soon_enough() -> None:
    clock = Sleeps()
    bucket = Bucket(clock)
    await bucket.halt(1, 60)
    clock.move(bucket.ready_at(1) - clock.now())
    await bucket.take(1, Urgency.OUTBOX)
    assert clock.slept == []


async def test_the_moment_at_which_all_chats_are_free_is_soon_enough() -> None:
    clock = Sleeps()
    bucket = Bucket(clock)
    for chat in range(OVERALL):
        await bucket.take(chat + 1, Urgency.OUTBOX)
    clock.move(bucket.ready_at(101) - clock.now())
    await bucket.take(101, Urgency.OUTBOX)
    assert clock.slept == []


async def test_a_shorter_halt_ends_no_longer_one(bucket: Bucket) -> None:
    await bucket.halt(1, 30)
    await bucket.halt(1, 5)
    assert bucket.ready_at(1) == 1030 + MARGIN


async def test_what_a_chat_got_in_the_last_second_is_remembered_of_many_chats(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.bucket.REMEMBERED_CHATS", 3)
    for chat in (1, 2, 3):
        await bucket.halt(chat, 30)
    await bucket.halt(1, 40)  # heard of again: the longest unheard of goes first
    await bucket.halt(4, 30)
    assert [bucket.ready_at(chat) > 1000 for chat in (1, 2, 3, 4)] == [True, False, True, True]

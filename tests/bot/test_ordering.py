"""Different people side by side, one person in order, nobody in everybody's way."""

from __future__ import annotations

import asyncio
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.ordering import Full, Ordering


async def test_one_persons_work_runs_in_order_and_never_at_once() -> None:
    ordering = Ordering(slots=8)
    seen: list[int] = []
    running = 0

    async def work(number: int) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0)
        seen.append(number)
        running -= 1

    await asyncio.gather(*(ordering.run(1, partial(work, n)) for n in range(30)))
    assert seen == list(range(30))


async def test_a_stuck_person_holds_one_slot_only() -> None:
    ordering = Ordering(slots=2)
    gate = asyncio.Event()
    others: list[int] = []

    async def note(number: int) -> None:
        others.append(number)

    stuck = [asyncio.create_task(ordering.run(1, gate.wait)) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.gather(*(ordering.run(n, partial(note, n)) for n in range(2, 12)))
    assert sorted(others) == list(range(2, 12))
    gate.set()
    await asyncio.gather(*stuck)


async def test_no_more_run_at_once_than_there_are_slots() -> None:
    ordering = Ordering(slots=2)
    gate = asyncio.Event()
    begun: list[int] = []

    async def wait(number: int) -> None:
        begun.append(number)
        await gate.wait()

    tasks = [asyncio.create_task(ordering.run(n, partial(wait, n))) for n in range(5)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert begun == [0, 1]
    gate.set()
    await asyncio.gather(*tasks)
    assert begun == [0, 1, 2, 3, 4]


async def test_a_flood_is_refused_and_then_forgotten() -> None:
    ordering = Ordering(slots=2, cap=3)
    gate = asyncio.Event()
    waiting = [asyncio.create_task(ordering.run(1, gate.wait)) for _ in range(4)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert [task.done() for task in waiting] == [False, False, False, True]
    gate.set()  # or a flood that is let in would wait for ever
    *_, refused = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(refused, Full)
    await ordering.run(1, gate.wait)
    assert not ordering._lines


async def test_a_failure_does_not_stop_the_next_in_line() -> None:
    ordering = Ordering()
    done: list[str] = []

    async def fail() -> None:
        raise RuntimeError("poisoned")

    async def good() -> None:
        done.append("good")

    results = await asyncio.gather(
        ordering.run(1, fail), ordering.run(1, good), return_exceptions=True
    )
    assert isinstance(results[0], RuntimeError)
    assert done == ["good"]


@given(st.lists(st.integers(1, 4), max_size=40), st.integers(1, 5))
def test_order_holds_within_each_key(keys: list[int], slots: int) -> None:
    async def scenario() -> list[tuple[int, int]]:
        ordering = Ordering(slots=slots)
        seen: list[tuple[int, int]] = []

        async def work(key: int, index: int) -> None:
            await asyncio.sleep(0)
            seen.append((key, index))

        await asyncio.gather(*(ordering.run(k, partial(work, k, i)) for i, k in enumerate(keys)))
        return seen

    seen = asyncio.run(scenario())
    for key in set(keys):
        indexes = [index for k, index in seen if k == key]
        assert indexes == sorted(indexes) == [i for i, k in enumerate(keys) if k == key]

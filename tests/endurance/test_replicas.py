"""Three processes on one PostgreSQL: order right, no 429, and any of them may die at any time."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from endurance.replicas import House, house
from endurance.voting import VOTERS

from sandbox import limits

Make = Callable[[str], Awaitable[str]]

PRESSES = 1_000  # of which the cost is measured
HANDED_OVER = 30  # seconds after which another one sends


@pytest.fixture(autouse=True)
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox, the presses and the processes share two cores: calls arrive out of step.

    Two processes that don't know of each other would still be refused.
    """
    monkeypatch.setattr(limits, "TOLERANCE", 0.4)


@pytest.mark.timeout(300)  # four starts of a process, on a machine that does other things too
async def test_three_keep_the_order_and_the_limits_and_one_may_die(
    tmp_path: Path, postgres_url: Make
) -> None:
    async with house(tmp_path, postgres_url, replicas=3, seed=1) as made:
        await made.post(1)
        await made.press(100)
        leader = await made.leader()
        victim = next(each for each in made.replicas if each is not leader)
        await victim.end()
        await made.press(40)
        await victim.start()
        await made.press(60)
        await made.taken()
        assert {*(await made.sent()).values()} == {"sent"}
        await made.check_ballots()
        assert {*made.arrived().values()} == {1}
        assert made.refused() == 0
        await victim.ready()
        for replica in made.replicas:
            assert await replica.end(signal.SIGTERM) == 0, replica.log[-3000:]
            assert replica.errors == []


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_ten_thousand_presses_while_any_of_them_dies(
    tmp_path: Path, postgres_url: Make
) -> None:
    async with house(tmp_path, postgres_url, replicas=3, seed=2) as made:
        dying = asyncio.create_task(die_and_come_back(made))
        for round_ in range(20):
            await made.post(1, first=round_)
            await made.press(500)
        await made.taken()
        dying.cancel()
        deaths = await asyncio.gather(dying, return_exceptions=True)
        assert isinstance(deaths[0], asyncio.CancelledError)
        for replica in made.replicas:
            if not replica.runs:
                await replica.start()
            await replica.ready()
        became = await made.sent()
        await made.check_ballots()
        arrived = made.arrived()
        told = Counter(became.values())
        there = sum(status == "uncertain" and key in arrived for key, status in became.items())
        print(f"\n{made.deaths} deaths, {made.leaders_died} of whoever had the lease")
        print(
            f"{len(made.presses)} presses, {sum(p.answer is not None for *_, p in made.presses)}"
            f" answered; messages {dict(told)}, {there} of the uncertain are there; "
            f"refused {made.refused()}"
        )
        assert {*arrived.values()} == {1}
        assert {*became.values()} <= {"sent", "uncertain"}
        assert {key for key, status in became.items() if status == "sent"} <= arrived.keys()
        assert told["uncertain"] <= made.leaders_died * 30
        assert made.leaders_died > 0
        assert made.refused() == 0


async def die_and_come_back(made: House) -> None:
    """One after the other, whichever it is."""
    while True:
        await asyncio.sleep(made.noise.uniform(3, 10))
        victim = made.noise.choice(made.replicas)
        if not victim.runs:
            continue
        leads = victim is await made.leader()
        await victim.end()
        made.deaths += 1
        made.leaders_died += leads
        await asyncio.sleep(made.noise.uniform(0, HANDED_OVER if leads else 3))
        await victim.start()
        await victim.ready()


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_another_one_sends_within_half_a_minute(tmp_path: Path, postgres_url: Make) -> None:
    async with house(tmp_path, postgres_url, replicas=2, seed=3) as made:
        leader = await made.leader()
        died_at = made.world.clock.now()
        await leader.end()
        await made.post(1)
        await made.world.until(lambda: bool(made.arrived()), HANDED_OVER)
        print(f"\nhanded over after {made.world.clock.now() - died_at:.1f} s")
        await made.press(20)
        await made.taken()
        await made.check_ballots()
        assert {*(await made.sent()).values()} == {"sent"}
        assert {*made.arrived().values()} == {1}


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("replicas", [1, 2])
async def test_what_a_press_costs(tmp_path: Path, postgres_url: Make, replicas: int) -> None:
    """Throughput, and where the time goes: in the processes, in the database, in the sandbox."""
    async with house(tmp_path, postgres_url, replicas=replicas, seed=4) as made:
        await made.press(200)
        await made.taken()
        began, before = time.monotonic(), await made.work_done()
        await made.press(PRESSES)
        await made.taken()
        seconds, after = time.monotonic() - began, await made.work_done()
        spent = {name: (after[name] - before[name]) / PRESSES * 1000 for name in after}
        print(f"\n{replicas} processes: {PRESSES / seconds:.0f} presses a second; of a processor's")
        print("time a press: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in spent.items()))
        await made.check_ballots()


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_two_presses_at_the_same_instant(tmp_path: Path, postgres_url: Make) -> None:
    """Harder than Telegram: both on their way to two processes at once. None is lost or doubled."""
    async with house(tmp_path, postgres_url, replicas=2, seed=5) as made:
        made.bot.keeps_lines = False
        for number in range(0, 3 * VOTERS, 6):
            for each in range(number, number + 6):
                voter = made.voters[each % VOTERS]
                for choice in ("yes", "no"):
                    press = voter.press(made.question, made.data[choice])
                    made.presses.append((voter, choice, press))
            await made.taken()
        found = await made.traced()
        pairs = [said[start : start + 2] for said in found.values() for start in (0, 2, 4)]
        assert [len(said) for said in found.values()] == [6] * VOTERS
        assert {tuple(sorted(pair)) for pair in pairs} == {("no", "yes")}
        wrong = sum(pair != ["yes", "no"] for pair in pairs)
        print(f"\nout of order: {wrong} of {len(pairs)} pairs")

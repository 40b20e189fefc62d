"""Reminders exactly once, whatever happens: the real ticker on a clock that is moved."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from kit.migrated_files import put_file
from kit.no_keys import no_keys

from assembly.recurrence import local, resolve
from assembly.reminders import Kind
from bot.clock import MovableClock
from bot.ticker import Ticker
from bot.vitals import Vitals
from handlers.assemblies import posts, reminders, sending
from handlers.assemblies.presses import Post
from handlers.core.unit_of_work import Services
from storage import (
    assemblies,
    assembly_settings,
    attendances,
    centres,
    members,
    outbox,
    people,
    points,
    proposals,
    schedules,
)
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.centres import Centre
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.link_ids import LinkIds

HOUR = 3600
DAY = 24 * HOUR
FAR = 1 << 40
GROUP = -100


class Quiet:
    """Nobody to wake, nothing to recover or shred."""

    def wake(self) -> None:
        return

    async def recover(self) -> None:
        return

    def load(self) -> None:
        return

    async def catch_up(self) -> None:
        return

    async def shred(self) -> None:
        return


class Town:
    """A centre in a zone, processes that tick, and what was posted when."""

    def __init__(self, file: Path, zone: str, start: str) -> None:
        self.file = file
        self.zone = ZoneInfo(zone)
        self.clock = MovableClock(self.at(start))
        self.posted: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.processes: list[tuple[Database, Ticker]] = []
        reminders.register(cast(Any, None))
        sending.register(cast(Any, None))

    async def open(self) -> None:
        await put_file(self.file, "main")
        await self.start_process()
        async with self.database.transaction() as tx:
            self.centre: Centre = await centres.add(
                tx,
                chat_id=GROUP,
                name="Aurora",
                language="en",
                zone=self.zone.key,
                now=self.now,
            )
        self.anna = await self.member(1)

    async def close(self) -> None:
        while self.processes:
            database, _ = self.processes.pop()
            await database.close()

    async def start_process(self) -> None:
        database = await open_database(f"sqlite:///{self.file}")
        quiet = cast(Any, Quiet())
        services = Services(
            keys=no_keys(),
            shredder=quiet,
            noise=quiet,
            username="voci_bot",
            operators=frozenset(),
            links=LinkIds(bytes(32)),
            eraser=quiet,
        )
        self.processes.append(
            (database, Ticker(database, services, quiet, self.clock, Vitals(self.clock)))
        )

    async def restart(self) -> None:
        await self.close()
        await self.start_process()

    @property
    def database(self) -> Database:
        return self.processes[0][0]

    @property
    def now(self) -> int:
        return int(self.clock.now())

    def at(self, text: str) -> int:
        return resolve(datetime.fromisoformat(text), self.zone)

    async def member(self, telegram_id: int) -> int:
        async with self.database.transaction() as tx:
            await people.meet(tx, telegram_id, "en", self.now)
            member = await members.add(
                tx,
                centre_id=self.centre.id,
                telegram_id=telegram_id,
                role="user",
                name=f"Member {telegram_id}",
                now=self.now,
            )
        return member.id

    async def convene(self, starts: str) -> Assembly:
        async with self.database.transaction() as tx:
            assembly = await assemblies.convene(
                tx,
                centre_id=self.centre.id,
                starts_at=self.at(starts),
                place=None,
                convened_by=self.anna,
                now=self.now,
            )
            await reminders.plan(tx, assembly, self.zone.key, self.now)
        return assembly

    async def change(self, work: Callable[[Transaction], Awaitable[object]]) -> None:
        async with self.database.transaction() as tx:
            await work(tx)

    async def tick(self) -> None:
        """All processes at once."""
        await asyncio.gather(*(ticker.tick() for _, ticker in self.processes))
        await self.collect()

    async def collect(self) -> None:
        """What is in the outbox is sent now."""
        while True:
            async with self.database.transaction() as tx:
                rows = await outbox.claim_due(tx, self.now, 100)
                for row in rows:
                    await outbox.settle(tx, row.id, "sent", self.now)
            if not rows:
                return
            for row in rows:
                shown = local(self.now, self.zone).isoformat(" ", "minutes")
                self.posted.append((row.key, shown))
                self.texts.append(json.loads(row.payload)["text"])

    async def until(self, text: str) -> None:
        """Tick through time each six hours and whenever something falls due, twice each time."""
        end, step = self.at(text), 6 * HOUR
        while self.now < end:
            due = await self.next_due()
            self.clock.move(min(step - self.now % step, end - self.now, due - self.now))
            await self.tick()
            await self.tick()

    async def next_due(self) -> int:
        """The next second that a schedule or a post waits for; far away where nothing waits."""
        async with self.database.reading() as tx:
            rows = await tx.statement(
                "SELECT next_at AS at FROM schedules WHERE next_at IS NOT NULL"
                " UNION ALL SELECT not_before FROM outbox"
            )
        return min((int(row["at"]) for row in rows if row["at"] > self.now), default=FAR)

    async def sleep_until(self, text: str) -> None:
        """Down for so long, then up again."""
        self.clock.move(self.at(text) - self.now)
        await self.restart()
        await self.tick()

    def key(self, assembly: Assembly, kind: str, who: str = "chat") -> str:
        prefix = f"centre:{self.centre.id}:assembly:{assembly.id}:{assembly.starts_at}"
        if (kind, who) == ("7d", "chat"):
            return self.one(assembly)  # the agenda is sent in place of that reminder
        return f"{prefix}:reminder:{kind}:{who}"

    def one(self, assembly: Assembly) -> str:
        prefix = f"centre:{self.centre.id}:assembly:{assembly.id}:{assembly.starts_at}"
        return f"{prefix}:agenda"

    async def skipped(self) -> int:
        async with self.database.reading() as tx:
            rows = await tx.statement(
                "SELECT COUNT(*) AS n FROM occurrences WHERE status = 'skipped'"
            )
        return int(rows[0]["n"])

    async def waiting(self) -> list[str]:
        async with self.database.reading() as tx:
            rows = await schedules.due(tx, self.now + 1000 * DAY, 50)
        return [row.kind for row in rows]


Found = Callable[..., Awaitable[Town]]


@pytest.fixture
async def found(tmp_path: Path) -> AsyncIterator[Found]:
    towns: list[Town] = []

    async def make(zone: str = "Europe/Rome", start: str = "2026-11-20 12:00") -> Town:
        town = Town(tmp_path / f"town{len(towns)}.db", zone, start)
        await town.open()
        towns.append(town)
        return town

    yield make
    for town in towns:
        await town.close()


CHANGES = [
    ("Europe/Rome", "2026-03-29"),
    ("Europe/Rome", "2026-10-25"),
    ("Europe/Vienna", "2026-03-29"),
    ("Europe/Vienna", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("UTC", "2026-03-29"),
    ("UTC", "2026-10-25"),
]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
async def test_over_a_change_of_clocks_each_comes_once_at_its_hour(
    found: Found, zone: str, day: str
) -> None:
    change = datetime.fromisoformat(f"{day} 16:00")
    town = await found(zone, str(change - timedelta(days=8)))
    expected = []
    for starts in (change, change + timedelta(days=10), change + timedelta(days=20)):
        assembly = await town.convene(str(starts))
        if starts - timedelta(days=7) > change - timedelta(days=8):
            expected.append((town.key(assembly, "7d"), starts - timedelta(days=7)))
        expected.append((town.key(assembly, "24h"), starts - timedelta(days=1)))
        expected.append((town.key(assembly, "2h"), starts - timedelta(hours=2)))
    await town.until(str(change + timedelta(days=20, hours=1)))
    assert sorted(town.posted) == sorted(
        (key, moment.isoformat(" ", "minutes")) for key, moment in expected
    )
    assert await town.waiting() == []


@pytest.mark.parametrize(("zone", "day"), CHANGES)
async def test_where_they_are_dense_each_has_one_post_with_its_agenda(
    found: Found, zone: str, day: str
) -> None:
    change = datetime.fromisoformat(f"{day} 16:00")
    town = await found(zone, str(change - timedelta(days=8)))
    weeks = [change + timedelta(days=7 * week, hours=week) for week in range(3)]
    held = [await town.convene(str(starts)) for starts in weeks]
    await town.until(str(weeks[-1] + timedelta(hours=4)))
    assert town.posted == [
        (town.one(assembly), (starts - timedelta(days=6)).isoformat(" ", "minutes"))
        for assembly, starts in zip(held, weeks, strict=True)
    ]
    assert await town.waiting() == []


async def test_where_the_agenda_is_sent_a_day_before_the_one_post_comes_then(found: Found) -> None:
    town = await found()
    await town.change(lambda tx: assembly_settings.send_agenda(tx, town.centre.id, 1))
    first = await town.convene("2026-12-07 16:00")
    second = await town.convene("2026-12-14 16:00")
    await town.until("2026-12-15 00:00")
    assert town.posted == [
        (town.one(first), "2026-12-06 16:00"),
        (town.one(second), "2026-12-13 16:00"),
    ]


async def test_at_night_the_one_post_waits_for_the_morning_and_says_today(found: Found) -> None:
    town = await found()
    await town.change(lambda tx: assembly_settings.send_agenda(tx, town.centre.id, 1))
    late = await town.convene("2026-12-07 21:30")
    other = await town.convene("2026-12-14 08:30")
    await town.until("2026-12-15 00:00")
    assert town.posted == [
        (town.one(late), "2026-12-07 09:00"),
        (town.one(other), "2026-12-13 09:00"),
    ]
    assert [text.splitlines()[0].split(",")[0] for text in town.texts] == [
        "<b>Assembly today",
        "<b>Assembly tomorrow",
    ]


async def test_two_processes_and_restarts_make_one_post_of_it(found: Found) -> None:
    town = await found()
    await town.start_process()
    first = await town.convene("2026-12-07 16:00")
    await town.convene("2026-12-14 16:00")
    for moment in ("2026-12-01 16:00", "2026-12-06 16:00", "2026-12-07 00:00", "2026-12-07 14:00"):
        town.clock.move(town.at(moment) - town.now)
        await town.tick()
        await town.restart()
        await town.start_process()
        await town.tick()
    assert town.posted == [(town.one(first), "2026-12-01 16:00")]


async def test_two_processes_and_restarts_send_each_once(found: Found) -> None:
    town = await found()
    await town.start_process()
    assembly = await town.convene("2026-12-07 16:00")
    for moment in ("2026-11-30 15:59", "2026-11-30 16:00", "2026-12-06 16:00", "2026-12-07 14:00"):
        town.clock.move(town.at(moment) - town.now)
        await town.tick()
        await town.restart()
        await town.start_process()
        await town.tick()
    assert town.posted == [
        (town.key(assembly, "7d"), "2026-11-30 16:00"),
        (town.key(assembly, "24h"), "2026-12-06 16:00"),
        (town.key(assembly, "2h"), "2026-12-07 14:00"),
    ]


@pytest.mark.parametrize(
    ("down", "up", "expected"),
    [
        # one missed, still of use: it comes late
        ("2026-11-30 12:00", "2026-12-02 10:00", [("7d", "2026-12-02 10:00"), "24h", "2h"]),
        ("2026-12-06 12:00", "2026-12-06 20:30", ["7d", ("24h", "2026-12-06 20:30"), "2h"]),
        # one missed, of no use any more
        ("2026-11-30 12:00", "2026-12-05 05:00", [("7d", "2026-12-05 09:00"), "24h", "2h"]),
        ("2026-12-06 12:00", "2026-12-07 13:30", ["7d", "2h"]),
        # several missed: only the latest
        ("2026-11-30 12:00", "2026-12-06 18:00", [("24h", "2026-12-06 18:00"), "2h"]),
        ("2026-11-30 12:00", "2026-12-07 15:00", [("2h", "2026-12-07 15:00")]),
        ("2026-12-06 12:00", "2026-12-07 15:59", ["7d", ("2h", "2026-12-07 15:59")]),
        # it has begun
        ("2026-11-30 12:00", "2026-12-07 16:00", []),
        ("2026-11-30 12:00", "2026-12-09 10:00", []),
        # up again in the quiet hours: it waits for the morning
        ("2026-12-06 12:00", "2026-12-06 23:10", ["7d", ("24h", "2026-12-07 09:00"), "2h"]),
        ("2026-11-30 12:00", "2026-12-01 03:00", [("7d", "2026-12-01 09:00"), "24h", "2h"]),
    ],
)
async def test_after_downtime_at_most_one_is_caught_up_on(
    found: Found, down: str, up: str, expected: list[Any]
) -> None:
    on_time = {"7d": "2026-11-30 16:00", "24h": "2026-12-06 16:00", "2h": "2026-12-07 14:00"}
    town = await found()
    assembly = await town.convene("2026-12-07 16:00")
    await town.until(down)
    await town.sleep_until(up)
    if town.now < town.at("2026-12-08 00:00"):
        await town.until("2026-12-08 00:00")
    pairs = [each if isinstance(each, tuple) else (each, on_time[each]) for each in expected]
    assert town.posted == [(town.key(assembly, kind), at) for kind, at in pairs]
    assert await town.waiting() == []
    assert await town.skipped() >= 3 - len(expected)


async def test_a_reminder_postponed_to_the_morning_says_today(found: Found) -> None:
    town = await found()
    await town.convene("2026-12-07 16:00")
    await town.sleep_until("2026-12-06 23:10")
    await town.until("2026-12-07 09:00")
    assert "Assembly today, Monday 7 December, 16:00" in town.texts[-1]


async def test_a_failure_half_way_leaves_it_for_the_next_tick(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await found()
    assembly = await town.convene("2026-12-07 16:00")
    await town.until("2026-11-30 15:30")
    post = posts.post

    async def fail(*arguments: Any, **named: Any) -> None:
        await post(*arguments, **named)
        raise StorageError("the lights went out")

    town.clock.move(HOUR // 2)
    with monkeypatch.context() as patched:
        patched.setattr(posts, "post", fail)
        await town.tick()
    assert town.posted == []
    await town.tick()
    await town.tick()
    assert [key for key, _ in town.posted] == [town.key(assembly, "7d")]


async def test_a_cancelled_or_open_assembly_is_not_reminded_of(found: Found) -> None:
    town = await found()
    cancelled, opened = (
        await town.convene("2026-12-07 16:00"),
        await town.convene("2026-12-08 16:00"),
    )

    async def change(tx: Transaction) -> None:
        await assemblies.cancel(tx, town.centre.id, cancelled.id)
        await tx.run("open_assembly", centre_id=town.centre.id, assembly_id=opened.id, now=town.now)

    await town.change(change)
    await town.until("2026-12-09 00:00")
    assert town.posted == []
    assert await town.waiting() == []


async def test_moved_it_is_reminded_of_at_the_new_time_only(found: Found) -> None:
    town = await found()
    before = await town.convene("2026-12-07 16:00")
    await town.until("2026-12-01 12:00")
    assert [key for key, _ in town.posted] == [town.key(before, "7d")]
    town.posted.clear()
    starts_at = town.at("2026-12-10 16:00")

    async def move(tx: Transaction) -> None:
        await assemblies.move(tx, town.centre.id, before.id, starts_at, None)
        await points.thaw(tx, before.id)
        moved = await assemblies.by_id(tx, before.id)
        assert moved is not None
        await reminders.plan(tx, moved, town.zone.key, town.now)

    await town.change(move)
    await town.until("2026-12-11 00:00")
    async with town.database.reading() as tx:
        moved = await assemblies.by_id(tx, before.id)
    assert moved is not None
    assert town.posted == [
        (town.key(moved, "7d"), "2026-12-03 16:00"),
        (town.key(moved, "24h"), "2026-12-09 16:00"),
        (town.key(moved, "2h"), "2026-12-10 14:00"),
    ]


async def test_a_schedule_that_was_moved_while_it_fell_due_does_nothing(found: Found) -> None:
    from handlers.core.unit_of_work import UnitOfWork

    town = await found()
    assembly = await town.convene("2026-12-07 16:00")
    async with town.database.reading() as tx:
        stale = {row.kind: row for row in await schedules.due(tx, town.now + 99 * DAY, 50)}

    async def fire(tx: Transaction) -> None:
        later = await assemblies.by_id(tx, assembly.id)
        assert later is not None
        await reminders.plan(tx, later, town.zone.key, town.now)
        unit = UnitOfWork(tx, town.at("2026-12-06 16:00"), cast(Any, None))
        assert not await sending.send(stale["assembly-freeze"], unit)
        assert not await reminders.remind(Kind.DAY, stale["assembly-reminder-24h"], unit)

    await town.change(fire)
    assert len(await town.waiting()) == 5
    assert town.posted == []


async def test_privately_those_are_reminded_who_wish_it(found: Found) -> None:
    town = await found()
    wishing, busy, blocked, _ = [await town.member(number) for number in (2, 3, 4, 5)]
    assembly = await town.convene("2026-12-07 16:00")

    async def wish(tx: Transaction) -> None:
        for member_id in (wishing, busy, blocked):
            await attendances.wish(tx, member_id, wanted=True)
        await attendances.answer(tx, assembly.id, busy, Attendance.NO)
        await people.set_writable(tx, 4, False)

    await town.change(wish)
    await town.until("2026-12-07 16:00")
    assert [key for key, _ in town.posted if "member" in key] == [
        town.key(assembly, kind, f"member:{wishing}") for kind in ("7d", "24h", "2h")
    ]
    assert len(town.posted) == 6


async def propose(tx: Transaction, town: Town, title: str, *supporters: int) -> int:
    proposal_id = await proposals.add(
        tx,
        centre_id=town.centre.id,
        author_id=town.anna,
        title=title,
        reason=None,
        named=False,
        now=town.now,
    )
    for member_id in supporters:
        await proposals.support(tx, town.centre.id, proposal_id, member_id, on=True)
    return proposal_id


async def test_a_week_before_the_agenda_is_fixed_by_weight_and_sent(found: Found) -> None:
    town = await found()
    bruno = await town.member(2)
    assembly = await town.convene("2026-12-07 16:00")

    async def write(tx: Transaction) -> None:
        await propose(tx, town, "No voice yet")
        await propose(tx, town, "One voice", bruno)
        await propose(tx, town, "Two voices", bruno, town.anna)

    await town.change(write)
    await town.until("2026-11-30 15:30")
    async with town.database.reading() as tx:
        assert await points.items(tx, assembly.id) == []
    await town.until("2026-11-30 16:00")
    [sent] = [each for each in town.texts if "your proposal" not in each]
    assert len(town.texts) == 4, "and each author, of their own"
    assert sent.endswith("1. Two voices\n2. One voice\n3. No voice yet")

    async def too_late(tx: Transaction) -> None:
        await propose(tx, town, "Too late", bruno, town.anna)

    await town.change(too_late)
    await town.until("2026-12-07 14:00")
    async with town.database.reading() as tx:
        items = await points.items(tx, assembly.id)
    assert [item.title for item in items] == ["Two voices", "One voice", "No voice yet"]
    assert "First of 3 points: Two voices" in town.texts[-1]
    assert "First of 3 points: Two voices" in town.texts[-2]


async def test_after_downtime_the_agenda_is_fixed_all_the_same(found: Found) -> None:
    town = await found()
    assembly = await town.convene("2026-12-07 16:00")
    await town.change(lambda tx: propose(tx, town, "A quiet room"))
    await town.sleep_until("2026-12-07 18:00")
    async with town.database.reading() as tx:
        [item] = await points.items(tx, assembly.id)
    assert item.title == "A quiet room"
    assert town.posted == []


async def test_what_one_agenda_has_another_does_not_take(found: Found) -> None:
    town = await found()
    first = await town.convene("2026-12-07 16:00")
    second = await town.convene("2026-12-07 18:00")
    await town.change(lambda tx: propose(tx, town, "A quiet room"))
    await town.until("2026-12-01 16:00")
    await town.change(lambda tx: propose(tx, town, "A trip in spring"))
    await town.until("2026-12-01 18:00")
    async with town.database.reading() as tx:
        titles = [
            [item.title for item in await points.items(tx, each.id)] for each in (first, second)
        ]
    assert titles == [["A quiet room"], ["A trip in spring"]]


def test_every_kind_has_its_post_and_its_schedule() -> None:
    assert {Post(kind) for kind in Kind} == {Post.WEEK, Post.DAY, Post.HOURS}
    # These are stored, so that they never change.
    assert reminders.SCHEDULES == {
        "7d": "assembly-reminder-7d",
        "24h": "assembly-reminder-24h",
        "2h": "assembly-reminder-2h",
    }

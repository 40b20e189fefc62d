"""Two processes tick on one database at the same moment: what falls due happens once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from kit.no_keys import no_keys

from assembly.quiet_hours import waits_until
from assembly.series import Rhythm
from bot.clock import MovableClock
from bot.ticker import Ticker
from bot.vitals import Vitals
from handlers.assemblies import planning, reminders, sending
from handlers.assemblies.convening import unopened
from handlers.assemblies.duties import search
from handlers.assemblies.meeting import unclosed
from handlers.assemblies.minutes import drafting
from handlers.assemblies.series import convening
from handlers.core.unit_of_work import Services
from storage import (
    assemblies,
    attendances,
    centres,
    facilitators,
    members,
    outbox,
    people,
    points,
    proposals,
    schedules,
    series,
    sessions,
)
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.link_ids import LinkIds
from storage.secrets.keys import KeyStore
from storage.series import Wish

pytestmark = pytest.mark.threads

NOW = 1_780_000_000
DAY = 24 * 3600
STARTS = NOW + 10 * DAY
CLOSING = (planning.CLOSING, planning.UNCLOSED)


class Quiet:
    def wake(self) -> None:
        return

    async def recover(self) -> None:
        return

    async def catch_up(self) -> None:
        return

    async def shred(self) -> None:
        return

    def load(self) -> None:
        return


def ticker(database: Database, clock: MovableClock, keys: KeyStore | None = None) -> Ticker:
    quiet = cast(Any, Quiet())
    services = Services(
        keys=keys or no_keys(),
        shredder=quiet,
        noise=quiet,
        username="voci_bot",
        operators=frozenset(),
        links=LinkIds(bytes(32)),
        eraser=quiet,
    )
    return Ticker(database, services, quiet, clock, Vitals(clock))


async def convene(tx: Transaction) -> int:
    centre = await centres.add(tx, chat_id=-100, name="Aurora", language="en", zone="UTC", now=NOW)
    await people.meet(tx, 1, "en", NOW)
    anna = await members.add(
        tx, centre_id=centre.id, telegram_id=1, role="user", name="Anna", now=NOW
    )
    await attendances.wish(tx, anna.id, wanted=True)
    await proposals.add(
        tx,
        centre_id=centre.id,
        author_id=anna.id,
        title="A quiet room",
        reason=None,
        named=False,
        now=NOW,
    )
    assembly = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=STARTS, place=None, convened_by=anna.id, now=NOW
    )
    await reminders.plan(tx, assembly, centre.zone, NOW)
    return assembly.id


async def sent(tx: Transaction, now: int) -> list[str]:
    """What is about the assembly itself; the author of a point hears of that, too."""
    keys = []
    while rows := await outbox.claim_due(tx, now, 100):
        for row in rows:
            await outbox.settle(tx, row.id, "sent", now)
        keys += [row.key for row in rows]
    told = [key.rpartition("reminder:")[2].rpartition(f":{STARTS}:")[2] for key in keys]
    return sorted(each for each in told if not each.startswith("news:"))


async def test_each_reminder_and_the_freeze_happen_once(
    opener: Callable[..., Awaitable[Database]], fresh_url: Callable[[], Awaitable[str]]
) -> None:
    url = await fresh_url()
    first, second = await opener("main", url), await opener("main", url)
    for feature in (sending, reminders):
        feature.register(cast(Any, None))
    clock = MovableClock(NOW)
    tickers = [ticker(first, clock), ticker(second, clock)]
    assembly_id = await first.run(convene)
    for kind, before, told in (
        ("7d", 7 * DAY, "agenda"),
        ("24h", DAY, "24h:chat"),
        ("2h", 2 * 3600, "2h:chat"),
    ):
        moment = waits_until(STARTS - before, ZoneInfo("UTC"))
        clock.move(moment - clock.now())
        for _ in range(2):
            await asyncio.gather(*(each.tick() for each in tickers))
        found = await first.run(lambda tx: sent(tx, int(clock.now())))
        assert found == sorted([told, f"{kind}:member:1"])
        assert await first.run(lambda tx: sent(tx, int(clock.now()))) == []
    async with second.reading() as tx:
        assert len(await points.items(tx, assembly_id)) == 1


async def test_who_opens_it_is_asked_twice_by_one_of_them_each_time(
    opener: Callable[..., Awaitable[Database]], fresh_url: Callable[[], Awaitable[str]]
) -> None:
    url = await fresh_url()
    first, second = await opener("main", url), await opener("main", url)
    unopened.register(cast(Any, None))
    clock = MovableClock(NOW)
    tickers = [ticker(first, clock), ticker(second, clock)]
    assembly_id = await first.run(convene)

    async def prepare(tx: Transaction) -> None:
        made = await assemblies.by_id(tx, assembly_id)
        assert made is not None
        await facilitators.add(tx, 1, NOW)
        await reminders.unplan(tx, made)
        await planning.plan_opening(tx, made, "UTC")

    await first.run(prepare)
    asked = []
    for after in (0, 15 * 60, 3600):
        clock.move(STARTS + after - clock.now())
        for _ in range(2):
            await asyncio.gather(*(each.tick() for each in tickers))
        asked.append(len(await first.run(lambda tx: sent(tx, int(clock.now())))))
    assert asked == [1, 1, 0]


async def test_an_assembly_that_nobody_closes_is_asked_about_and_closes_once(
    opener: Callable[..., Awaitable[Database]], fresh_url: Callable[[], Awaitable[str]]
) -> None:
    url = await fresh_url()
    first, second = await opener("main", url), await opener("main", url)
    for feature in (unclosed, drafting):
        feature.register(cast(Any, SimpleNamespace(add_handler=id)))
    clock = MovableClock(NOW)
    tickers = [ticker(first, clock), ticker(second, clock)]
    assembly_id = await first.run(convene)

    async def prepare(tx: Transaction) -> None:
        at_noon = STARTS - 8 * 3600
        assert await assemblies.move(tx, 1, assembly_id, at_noon, None)
        made = await assemblies.by_id(tx, assembly_id)
        assert made is not None
        await facilitators.add(tx, 1, NOW)
        await reminders.unplan(tx, made)
        await points.freeze(tx, made.id, [(1, "A quiet room")], NOW)
        assert await sessions.begin(tx, made.centre_id, made.id, at_noon)
        await planning.plan_closing(tx, made, await centres.get(tx, made.centre_id))

    await first.run(prepare)
    told = []
    for _ in range(3):
        async with first.reading() as tx:
            rows = [await schedules.find(tx, kind, assembly_id) for kind in CLOSING]
        due = min((row.next_at for row in rows if row and row.next_at), default=clock.now())
        clock.move(due - clock.now())
        for _ in range(2):
            await asyncio.gather(*(each.tick() for each in tickers))
        told.append(await first.run(lambda tx: sent(tx, int(clock.now()))))
    assert [len(each) for each in told[:2]] == [1, 1]
    async with second.reading() as tx:
        over = await assemblies.by_id(tx, assembly_id)
    assert over is not None and over.status == "closed"
    keys = told[2]
    assert len([key for key in keys if key.endswith(":outcomes")]) == 1
    assert len([key for key in keys if key.endswith(":closed:1")]) == 1


async def test_the_next_of_a_series_is_convened_once(
    opener: Callable[..., Awaitable[Database]],
    fresh_url: Callable[[], Awaitable[str]],
    keys_database: Database,
) -> None:
    url = await fresh_url()
    first, second = await opener("main", url), await opener("main", url)
    for feature in (reminders, sending, unopened, search, convening):
        feature.register(cast(Any, SimpleNamespace(add_handler=id)))
    clock = MovableClock(NOW)
    tickers = [ticker(each, clock, KeyStore(keys_database, bytes(32))) for each in (first, second)]
    series_id = await first.run(monthly)
    for month in range(2, 5):
        clock.move(32 * DAY)
        for _ in range(2):
            await asyncio.gather(*(each.tick() for each in tickers))
        async with second.reading() as tx:
            held = await assemblies.of_series(tx, series_id)
        assert len(held) <= month
        assert len({each.series_date for each in held}) == len(held)
    async with second.reading() as tx:
        rows = await tx.statement("SELECT key FROM outbox WHERE key LIKE 'centre:%:announcement'")
    assert len(rows) == len({row["key"] for row in rows}) == len(held) > 1


async def monthly(tx: Transaction) -> int:
    centre = await centres.add(tx, chat_id=-100, name="Aurora", language="en", zone="UTC", now=NOW)
    start = datetime.fromtimestamp(NOW + DAY, UTC).replace(tzinfo=None, second=0, microsecond=0)
    rhythm = Rhythm(start.weekday(), 4)
    made = await series.add(tx, centre.id, Wish(rhythm, start, None, 90), NOW)
    assert made is not None
    await schedules.set(tx, series.SCHEDULE, made.id, NOW, "UTC")
    return made.id

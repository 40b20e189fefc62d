"""A centre and its windows on a clock that is moved: the real ticker, stores and handlers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from kit.migrated_files import put_file
from kit.wiping import eraser_of, shredder_of

import handlers.checkins.releases
from assembly.questionnaire import QUESTIONNAIRES
from assembly.recurrence import resolve
from assembly.roles import Role
from bot.clock import MovableClock
from bot.outbox import Sender
from bot.ticker import Ticker
from bot.vitals import Vitals
from handlers.core.registration import due_kinds
from handlers.core.unit_of_work import Services
from storage import answers, centres, consents, drawn_once, members, people, rounds, windows
from storage.centres import Centre
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Row, Transaction
from storage.erasure.shredder import Shredder
from storage.link_ids import LinkIds
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Entry, Ledger

DAY = 86_400
OPEN = 2 * DAY + 3600  # how long a round takes answers
ROME = ZoneInfo("Europe/Rome")
NOON = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
FIRST_DAY = date(2026, 1, 5)
GROUP = -100


def week(number: int, days: int = 0) -> int:
    """Midnight in Rome at the start of a week of the calendar, or so many days later."""
    day = FIRST_DAY + timedelta(weeks=number, days=days)
    return resolve(datetime(day.year, day.month, day.day), ROME)  # noqa: DTZ001


class Noise:
    """Hands out what it was given, then none, and counts the draws."""

    def __init__(self, *values: int) -> None:
        self.left = list(values)
        self.scales: list[Fraction] = []

    def load(self) -> None:
        return

    def discrete_laplace(self, scale: float) -> int:
        self.scales.append(Fraction(scale))
        return self.left.pop(0) if self.left else 0


class NobodyToWake:
    def wake(self) -> None:
        return

    async def recover(self) -> None:
        return


@dataclass
class Windows:
    """One process; `crash` ends it and starts another on the same stores."""

    folder: Path
    clock: MovableClock
    noise: Any
    database: Database
    keys: KeyStore
    ticker: Ticker
    shredder: Shredder

    @classmethod
    async def open(cls, folder: Path, clock: MovableClock, noise: Any) -> Windows:
        for name, kind in windows.SCHEDULES.items():
            move_on = partial(handlers.checkins.releases.move_on, QUESTIONNAIRES[name])
            due_kinds[kind] = move_on
        await put_file(folder / "voci.db", "main")
        await put_file(folder / "keys.db", "keys")
        database = await open_database(f"sqlite:///{folder / 'voci.db'}")
        key_database = await open_database(f"sqlite:///{folder / 'keys.db'}", "keys")
        keys = KeyStore(key_database, b"m" * 32)
        shredder = shredder_of(database, keys)
        services = Services(
            keys,
            shredder,
            noise,
            "voci_bot",
            frozenset(),
            eraser_of(database, keys),
            LinkIds(bytes(32)),
        )
        ticker = Ticker(database, services, cast(Sender, NobodyToWake()), clock, Vitals(clock))
        return cls(folder, clock, noise, database, keys, ticker, shredder)

    async def close(self) -> None:
        await self.shredder.stop()
        await self.database.close()
        await self.keys.database.close()

    async def crash(self) -> None:
        await self.close()
        again = await Windows.open(self.folder, self.clock, self.noise)
        self.database, self.keys, self.ticker = again.database, again.keys, again.ticker
        self.shredder = again.shredder

    async def centre(self, name: str = "Aurora", chat_id: int = GROUP) -> Centre:
        async with self.database.transaction() as tx:
            founded = await centres.add(
                tx, chat_id=chat_id, name=name, language="en", zone="Europe/Rome", now=NOON
            )
            await windows.begin(tx, founded)
            return founded

    async def members(
        self, centre: Centre, count: int, roles: Iterable[Role] = (Role.USER,)
    ) -> list[int]:
        """So many new members who have agreed to check-ins, in these roles by turns."""
        async with self.database.transaction() as tx:
            return [
                await self._member(tx, centre, number, list(roles)[number % len(list(roles))])
                for number in range(count)
            ]

    async def _member(self, tx: Transaction, centre: Centre, number: int, role: Role) -> int:
        now = int(self.clock.now())
        telegram_id = now + 1000 * centre.id + number
        await people.meet(tx, telegram_id, "en", now)
        joined = await members.add(
            tx, centre_id=centre.id, telegram_id=telegram_id, role=role, name="Anna", now=now
        )
        await consents.grant(tx, joined.id, "checkin", consents.VERSIONS["checkin"], now)
        await self.keys.create_key(joined.id)
        return joined.id

    async def answer(self, who: Iterable[int], closes_at: int, **faces: int) -> None:
        async with self.database.transaction() as tx:
            for member_id in who:
                key = await self.keys.key(member_id)
                current = await rounds.begin(tx, member_id, closes_at - OPEN)
                assert current is not None
                await answers.keep(tx, key, current.id, faces)

    async def go_to(self, moment: int) -> None:
        """The clock shows this moment, and the ticker ticks."""
        self.clock.move(moment - self.clock.now())
        await self.ticker.tick()

    async def rows(self, sql: str) -> list[Row]:
        async with self.database.reading() as tx:
            return await tx.statement(sql)

    async def posts(self, chat_id: int = GROUP) -> list[dict[str, Any]]:
        """What waits to be posted in a group, oldest first."""
        rows = await self.rows(f"SELECT payload FROM outbox WHERE chat_id = {chat_id} ORDER BY id")
        return [json.loads(row["payload"]) for row in rows]

    async def texts(self, chat_id: int = GROUP) -> list[str]:
        return [post["text"] for post in await self.posts(chat_id)]

    async def ledger(self) -> list[Entry]:
        return await Ledger(self.keys.database).entries(drawn_once.KIND)

    async def calendar(self) -> list[tuple[int, str, str, str]]:
        """Week, tier, status and charge of each window."""
        rows = await self.rows("SELECT week, tier, status, charge FROM windows ORDER BY id")
        return [(row["week"], row["tier"], row["status"], row["charge"]) for row in rows]

"""A centre with two decisions of seven members, one about to close: how it stands afterwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from kit.wiping import eraser_of, shredder_of

from assembly.rule import DecisionMethod, Rule
from bot import verify
from bot.clock import MovableClock
from bot.ticker import Ticker
from bot.vitals import Vitals
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.decisions import closing
from storage import ballots, centres, decisions, members, people, published, reasons
from storage.decisions import Motion
from storage.engine.database import Database
from storage.link_ids import LinkIds
from storage.secrets import commitments
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

OPENED, CAST, CLOSES = 1_764_763_200, 1_764_763_260, 1_764_763_800
CHOICES = ("agree", "agree", "abstain", "agree", "aside", "agree", "agree")
REASON = "the lamp in the hall is broken"
SAID = Counter((choice, REASON if choice == "aside" else "") for choice in CHOICES)
CLOSED_ID, OPEN_ID = 1, 2


class Wrong(Exception):
    """Neither closed right nor still open."""


class Silent:
    """In the place of the sender and of the noise: nothing is sent or drawn here."""

    async def recover(self) -> None: ...

    def wake(self) -> None: ...

    def load(self) -> None: ...


class House:
    """The bot's parts that close a decision, on databases of one folder or server."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self.database, self.keys = database, keys
        self.services = Services(
            keys=keys,
            shredder=shredder_of(database, keys),
            noise=Silent(),
            username="voci_bot",
            operators=frozenset(),
            links=LinkIds(bytes(32)),
            eraser=eraser_of(database, keys),
        )

    async def gather(self) -> None:
        """Two decisions of seven members: one is about to close, the other stays open."""
        async with self.database.transaction() as tx:
            centre = await centres.add(
                tx, chat_id=-100, name="Aurora", language="en", zone="UTC", now=OPENED
            )
            for number in range(1, len(CHOICES) + 1):
                await people.meet(tx, number, "en", OPENED)
                await members.add(
                    tx, centre_id=1, telegram_id=number, role="user", name="A", now=OPENED
                )
            for closes_at in (CLOSES, CLOSES + 86_400):
                consensus = Rule(DecisionMethod.CONSENSUS)
                motion = Motion(
                    1, "Shall we open on Saturdays?", consensus, bytes(32), closes_at=closes_at
                )
                decision_id = await decisions.put(tx, self.keys, motion, OPENED)
                decision = await decisions.still_open(tx, decision_id or 0)
                assert decision is not None
                await closing.announce(UnitOfWork(tx, OPENED, self.services), centre, decision)
        for number in range(1, len(CHOICES) + 1):
            await self.keys.create_key(number)
            for decision_id in (CLOSED_ID, OPEN_ID):
                await self._cast(number, decision_id)

    async def _cast(self, number: int, decision_id: int) -> None:
        choice = CHOICES[number - 1]
        ids = {"telegram_id": number, "decision_id": decision_id, "now": CAST}
        async with self.database.transaction() as tx:
            assert await ballots.cast(
                tx, self.keys, centre_id=1, choice=choice, group_id=None, **ids
            )
            if choice == "aside":
                await reasons.give_reason(tx, self.keys, reason=REASON, **ids)

    async def tick(self) -> None:
        sender: Any = Silent()
        clock = MovableClock(CLOSES + 1)
        await Ticker(self.database, self.services, sender, clock, Vitals(clock)).tick()

    async def readable(self, decision_id: int) -> None:
        async with self.database.reading() as tx:
            decision = await decisions.still_open(tx, decision_id)
            if decision is None:
                raise Wrong(f"{decision_id} is not open")
            found = await ballots.collect(tx, self.keys, decision)
        said = Counter((ballot.choice, ballot.reason) for ballot in found.poll.ballots)
        if said != SAID:
            raise Wrong(f"ballots of {decision_id}: {said}")

    async def closed_right(self, folder: Path) -> None:
        async with self.database.reading() as tx:
            decision = await decisions.get(tx, 1, CLOSED_ID)
            assert decision is not None
            listed = await published.ballots(tx, CLOSED_ID)
            roll = await published.roll(tx, CLOSED_ID)
            text = await published.text(tx, decision)
            left = await tx.statement(
                "SELECT decision_id FROM ballots UNION ALL SELECT decision_id FROM electors"
            )
            posts = await tx.statement("SELECT key FROM outbox ORDER BY key")
            waiting = await tx.statement(
                "SELECT subject_id FROM schedules WHERE kind LIKE '%clos%'"
            )
        lot = decision.lot.commitment
        lines = await commitments.of(self.keys, CLOSED_ID, lot, [*self._numbers()])
        keys = Counter(row["key"] for row in posts)
        told = [f"decision:{CLOSED_ID}:outcome", f"edit:decision:{CLOSED_ID}:group"]
        entry = await Ledger(self.keys.database).find(closing.CLOSED, str(CLOSED_ID))
        report, code = verified(text or "", folder)
        for what, right in {
            "status": (decision.status, decision.result) == ("closed", "carried"),
            "outcome": decision.outcome is not None
            and decision.outcome.votes == {"agree": 5, "abstain": 1, "aside": 1, "block": 0},
            "list": Counter((each.choice, each.reason) for _, each in listed) == SAID,
            "roll": roll == lines,
            "ends": bool(decision.head and decision.seal and decision.lot.seed),
            "verify": code == 0,
            "rows": Counter(row["decision_id"] for row in left) == {OPEN_ID: 2 * len(CHOICES)},
            "keys": await self.keys.ballot_keys() == {OPEN_ID},
            "posts": [keys[key] for key in told] == [1, 1],
            "schedules": [row["subject_id"] for row in waiting] == [OPEN_ID],
            "ledger": entry is not None and entry.data == "closed",
        }.items():
            if not right:
                raise Wrong(f"{what}: {decision} {listed} {posts} {report}")

    def _numbers(self) -> range:
        return range(1, len(CHOICES) + 1)


def verified(text: str, folder: Path) -> tuple[str, int]:
    """What somebody with nothing but the published list finds out."""
    path = folder / "published.txt"
    path.write_text(text, encoding="utf-8")
    return verify.verify(path)

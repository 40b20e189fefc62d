"""One centre among many, lived in: each thing that is measured, as the bot does it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from fractions import Fraction

from assembly.rule import Quorum, Rule, Secrecy
from bench.ballots import press
from bench.neighbours.town import DAY, NOW, SINCE, ZONE, Town, chat_of, person_of
from bot.app import Voci, open_voci
from bot.clock import MovableClock
from bot.settings import Settings
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from storage import centres, decisions, members, schedules, updates, windows
from storage.decisions import Motion
from storage.engine.transaction import Transaction
from storage.erasure import erasing

QUESTION = "Shall we open on Saturdays?"
AWAY = 1_000  # seconds of an outage
MAIN, KEYS = (Settings.model_fields[each].default for each in ("database_url", "keys_url"))
LONG_AGO = NOW - 6 * 365 * DAY


class Living:
    """The bot on a town's files, its clock, and what was put or used up so far."""

    def __init__(self, town: Town, main_url: str = MAIN, keys_url: str = KEYS) -> None:
        self.town = town
        self._main_url, self._keys_url = main_url, keys_url
        self.clock = MovableClock(NOW, flowing=True)
        self._stack = AsyncExitStack()
        self._updates = 0
        self._members = list(reversed(town.members_of(town.centre)))
        self.decision_id = 0
        self.voci: Voci

    async def open(self) -> None:
        """Start the bot."""
        settings = Settings(
            _env_file=None,
            bot_token=f"7:{chr(65) * 35}",
            data_dir=self.town.folder,
            database_url=self._main_url,
            keys_url=self._keys_url,
        )
        self.voci = await self._stack.enter_async_context(open_voci(settings, self.clock))

    async def close(self) -> None:
        """Stop it."""
        await self._stack.aclose()

    async def tick(self) -> None:
        """A tick at which nothing is due."""
        await self.voci.ticker.tick()

    async def put(self) -> None:
        """A question is put and posted."""

        async def work(tx: Transaction) -> int:
            centre = await centres.get(tx, self.town.centre)
            rule = Rule(quorum=Quorum(Fraction(1, 3)), secrecy=Secrecy.SECRET)
            motion = Motion(centre.id, QUESTION, rule, bytes(32), closes_at=self.now + 3600)
            made = await decisions.put(tx, self.voci.keys, motion, self.now)
            assert made is not None
            found = await decisions.get(tx, centre.id, made)
            assert found is not None
            await closing.announce(UnitOfWork(tx, self.now, self.voci.services), centre, found)
            return made

        self.decision_id = await self.voci.database.run(work)

    async def ballots(self) -> None:
        """Ten members answer it."""
        for member in self._members[-10:]:
            self._updates += 1
            await self.voci.processing.accept(
                press(
                    self.voci,
                    self.decision_id,
                    1_000_000_000 + self._updates,
                    member,
                    "yes",
                    centre_id=self.town.centre,
                    person=person_of(member),
                    chat=chat_of(self.town.centre),
                )
            )

    async def end(self) -> None:
        """It is closed: counted, sealed, told, and nothing of it is left."""

        async def work(tx: Transaction) -> UnitOfWork:
            unit = UnitOfWork(tx, self.now, self.voci.services)
            decision = await decisions.still_open(tx, self.decision_id)
            assert decision is not None
            assert await closing.close(unit, await centres.get(tx, self.town.centre), decision)
            return unit

        unit = await self.voci.database.run(work)
        for each in unit.after_commit:
            await each()

    async def window_ends(self) -> None:
        """Before a release: the centre's open window ends at this moment, after four weeks."""
        self.clock.move(2)
        async with self.voci.database.transaction() as tx:
            found = await windows.latest(tx, self.town.centre)
            assert found is not None
            for sql in (
                f"UPDATE windows SET starts_at = {self.now - 28 * DAY}, ends_at = {self.now}"  # noqa: S608
                f" WHERE id = {found.id}",
                f"UPDATE windows SET charge = '0' WHERE centre_id = {found.centre_id}",  # noqa: S608
            ):
                await tx.statement(sql)
            await schedules.set(tx, "release", found.centre_id, self.now, ZONE)

    async def release(self) -> None:
        """The tick at which a summary is due."""
        await self.voci.ticker.tick()

    async def night_comes(self) -> None:
        """Before a sweep: it is due, and there are rounds and notes that were kept long enough."""
        self.clock.move(2)
        centre, some = self.town.centre, self._members[-10:]
        async with self.voci.database.transaction() as tx:
            for member in some:
                sent_at = LONG_AGO + self.now % DAY
                await tx.statement(
                    "INSERT INTO rounds (member_id, questionnaire, sent_at, closes_at, closed)"  # noqa: S608
                    f" VALUES ({member}, 'weekly', {sent_at}, {sent_at + DAY}, 1)"
                )
                await tx.statement(
                    "INSERT INTO audit (centre_id, decision_id, at, member_id, action)"  # noqa: S608
                    f" SELECT {centre}, MIN(id), {sent_at}, {member}, 'extended' FROM decisions"
                    f" WHERE centre_id = {centre}"
                )
            await schedules.set(tx, "retention", centre, self.now, ZONE)

    async def sweep(self) -> None:
        """The tick that forgets what was kept long enough."""
        await self.voci.ticker.tick()

    async def swept(self) -> None:
        """After a sweep: what was kept long enough is gone, and wiped."""
        async with self.voci.database.reading() as tx:
            assert not await tx.statement(f"SELECT 1 FROM rounds WHERE sent_at < {SINCE}")  # noqa: S608
        await self.wiped()

    async def erase(self) -> None:
        """A member has everything about them erased."""

        async def work(tx: Transaction) -> None:
            member = await members.get(tx, self._members.pop(0))
            assert member is not None
            await erasing.erase(tx, self.voci.keys, member, self.now)

        await self.voci.database.run(work)
        await self.voci.services.eraser.catch_up()

    async def wiped(self) -> None:
        """What the files still hold of what was deleted is wiped by a process beside."""
        await self.voci.services.eraser.wiped()
        await self.voci.services.shredder.wiped()

    async def restart(self) -> None:
        """From the start after an outage until the bot is ready; the first tick does the rest."""
        await self.open()

    async def shown_again(self) -> None:
        """After a restart: what is open in each of the centres is posted once more."""
        await self.tick()

    async def go_away(self) -> None:
        """Before a restart: the process ends, and time passes."""
        await self.voci.database.run(lambda tx: updates.note_alive(tx, self.now))
        await self.close()
        self.clock.move(AWAY)

    @property
    def now(self) -> int:
        return int(self.clock.now())

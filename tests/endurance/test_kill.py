"""The real process is killed in a burst of ballots: none is lost, none counts twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest
from kit.centre_rows import put_question
from kit.phrases import ABSTAINED, SAID_NO, SAID_YES

from assembly.rule import Quorum, Rule
from bot.clock import SystemClock
from handlers.decisions.presses import Cast
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.server import serve
from sandbox.world import World
from storage import centres, members, people
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.sealed_ballots import open_up
from storage.secrets import master_key
from storage.secrets.keys import KeyStore

VOTERS = 60
BACKLOG = 60  # presses waiting at most: Telegram drops what nobody fetched for 150 s
SAID = {"yes": SAID_YES, "no": SAID_NO, "abstain": ABSTAINED}
# Every write of a ballot leaves a trace here, so that a ballot applied twice would be seen.
TRACES = (
    "CREATE TABLE traces (tag BLOB, sealed BLOB)",
    "CREATE TRIGGER trace_new AFTER INSERT ON ballots BEGIN "
    "INSERT INTO traces VALUES (new.tag, new.sealed); END",
    "CREATE TRIGGER trace_changed AFTER UPDATE ON ballots BEGIN "
    "INSERT INTO traces VALUES (new.tag, new.sealed); END",
)


@dataclass
class Burst:
    """A group of voters who press while the bot dies and comes back."""

    folder: Path
    noise: random.Random
    world: World = field(default_factory=lambda: World(SystemClock()))
    presses: list[tuple[Person, str, Press]] = field(default_factory=list)
    kills: int = 0

    async def prepare(self) -> None:
        self.bot = self.world.bot()
        self.voters = [self.world.person(f"V{n}") for n in range(VOTERS)]
        self.group = self.voters[0].create_group("Aurora", kind="supergroup")
        self.group.bots[self.bot.id] = self.bot
        for voter in self.voters[1:]:
            voter.join(self.group)
        self.bot.updates.drop_all()
        self.database = await open_database(f"sqlite:///{self.folder / 'voci.db'}")
        await schema.migrate(self.database)
        key_database = await open_database(f"sqlite:///{self.folder / 'keys.db'}", "keys")
        await schema.migrate(key_database)
        self.keys = KeyStore(key_database, master_key.load_or_create(self.folder / "master.key"))
        await self._enrol(self.database)

    async def _enrol(self, database: Database) -> None:
        async with database.transaction() as tx:
            centre = await centres.add(
                tx, chat_id=self.group.id, name="Aurora", language="en", zone="UTC", now=1
            )
            self.member_of: dict[int, int] = {}
            for voter in self.voters:
                await people.meet(tx, voter.id, "en", 1)
                member = await members.add(
                    tx, centre_id=centre.id, telegram_id=voter.id, role="user", name="V", now=1
                )
                self.member_of[voter.id] = member.id
            decision_id = await put_question(
                tx, self.keys, Rule(quorum=Quorum(Fraction(1, 3))), centre_id=centre.id, now=1
            )
            for statement in TRACES:
                await tx.statement(statement)
        self.decision_id = decision_id
        self.data = {choice: Cast(centre.id, decision_id, choice).encode() for choice in SAID}
        keyboard = [[{"text": str(c), "callback_data": data}] for c, data in self.data.items()]
        self.question = self.world.post(
            self.group, self.bot, text="Shall we?", keyboard={"inline_keyboard": keyboard}
        )

    def press(self) -> None:
        voter, choice = self.noise.choice(self.voters), self.noise.choice(list(SAID))
        self.presses.append((voter, choice, voter.press(self.question, self.data[choice])))

    @property
    def answered(self) -> int:
        return sum(press.answer is not None for _, _, press in self.presses)

    async def start(self, url: str) -> asyncio.subprocess.Process:
        environment = {
            **os.environ,
            "VOCI_BOT_TOKEN": self.bot.token,
            "VOCI_TELEGRAM_API_URL": url,
            "VOCI_DATA_DIR": str(self.folder),
        }
        with (self.folder / "log").open("a") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                "from bot.cli import main; main()",
                "run",
                env=environment,
                stderr=log,
            )

    async def live_and_die(self, url: str) -> None:
        """One life of the process: it answers a few, and is killed at a random moment."""
        for _ in range(self.noise.randint(5, 25)):
            self.press()
        process = await self.start(url)
        wanted = self.answered + self.noise.randint(1, 20)
        while self.answered < wanted:
            if len(self.bot.updates) < BACKLOG:
                self.press()
            with contextlib.suppress(TimeoutError):
                await self.world.until(lambda: self.answered >= wanted, self.noise.random() / 50)
        await asyncio.sleep(self.noise.random() / 100)
        process.kill()
        await process.wait()
        self.kills += 1

    async def finish(self, url: str) -> None:
        """A last life, left alone until everything is acknowledged."""
        process = await self.start(url)
        try:
            await self.world.until(lambda: len(self.bot.updates) == 0, timeout=60)
        except TimeoutError:
            tail = (self.folder / "log").read_text()[-3000:]
            pytest.fail(f"{len(self.bot.updates)} updates were not acknowledged:\n{tail}")
        process.terminate()
        assert await process.wait() == 0

    async def stored(self) -> tuple[dict[int, str], list[tuple[int, str]]]:
        async with self.database.reading() as tx:
            ballots = await tx.statement("SELECT tag, sealed FROM ballots")
            traces = await tx.statement("SELECT tag, sealed FROM traces")
        key = await self.keys.ballot_key(self.decision_id)
        told, traced = [
            [open_up(key, self.decision_id, row["tag"], row["sealed"]) for row in rows]
            for rows in (ballots, traces)
        ]
        assert len(told) == len({each.member_id for each in told})
        return (
            {each.member_id: each.choice for each in told},
            [(each.member_id, each.choice) for each in traced],
        )


async def survive(folder: Path, kills: int, seed: int) -> Burst:
    burst = Burst(folder, random.Random(seed))
    await burst.prepare()
    async with serve(burst.world) as url:
        for _ in range(kills):
            await burst.live_and_die(url)
        await burst.finish(url)
    ballots, traces = await burst.stored()
    last = {burst.member_of[voter.id]: choice for voter, choice, _ in burst.presses}
    assert ballots == last
    # Each press was applied exactly once: as many writes as presses, and the same ones.
    pressed = [(burst.member_of[voter.id], choice) for voter, choice, _ in burst.presses]
    assert sorted(traces) == sorted(pressed)
    # Nothing was confirmed that says something else than what was pressed.
    for _, choice, press in burst.presses:
        if press.answer is not None:
            assert press.answer.text.startswith(SAID[choice])
    await burst.database.close()
    await burst.keys.database.close()
    return burst


async def test_ballots_survive_a_few_kills(tmp_path: Path) -> None:
    burst = await survive(tmp_path, kills=4, seed=1)
    assert burst.kills == 4


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_ballots_survive_fifty_kills(tmp_path: Path) -> None:
    burst = await survive(tmp_path, kills=50, seed=2)
    print(f"{burst.kills} kills, {len(burst.presses)} presses, {burst.answered} answered")
    assert burst.kills == 50
    assert burst.answered >= 50

"""The real process is killed around sends: nothing comes twice, and what is missing is asked about.

In the end whoever was asked has looked, and each post stands in its group once.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from endurance.warm import KILLS, ROUND, WarmProcess, start_warm
from markupsafe import Markup

from bot.clock import SystemClock
from handlers.core.press import decode
from handlers.core.screen import Screen, dump
from handlers.core.screens.uncertain_posts import ItIsThere, PostAgain
from sandbox.call import ApiCall
from sandbox.chats import Group
from sandbox.errors import bad_request
from sandbox.methods import METHODS
from sandbox.people import Person
from sandbox.server import serve
from sandbox.world import World
from storage import centres, facilitators, members, outbox, people
from storage.engine import schema
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.secrets import master_key

GROUPS = 40
MOMENTS = ("it leaves", "it has arrived", "its answer is on its way")
LONG = 30.0  # seconds in which nothing could be sent any more: the process is killed all the same


def where_it_is_noon() -> str:
    """A zone without quiet hours now, in which nobody waits for the morning to be asked."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@dataclass(kw_only=True)
class Posts:
    """Groups, each with its centre and a facilitator, and what is posted there."""

    folder: Path
    noise: random.Random
    world: World = field(default_factory=lambda: World(SystemClock()))
    groups: list[tuple[Group, Person, int]] = field(default_factory=list)
    posted: dict[str, Group] = field(default_factory=dict)
    died: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    missing: int = 0
    settled: set[str] = field(default_factory=set)  # posts about which somebody has answered
    process: WarmProcess | None = None
    moment: str = ""
    comes: int = 0  # so many posts more, and the process dies

    async def prepare(self) -> None:
        self.bot = self.world.bot()
        for number in range(GROUPS):
            fiona = self.world.person(f"Fiona {number}")
            fiona.start(self.bot)
            group = fiona.create_group(f"Aurora {number}", kind="supergroup")
            fiona.add(group, self.bot)
            self.groups.append((group, fiona, number + 1))
        self.bot.updates.drop_all()
        self.database = await open_database(f"sqlite:///{self.folder / 'voci.db'}")
        await schema.migrate(self.database)
        keys = await open_database(f"sqlite:///{self.folder / 'keys.db'}", "keys")
        await schema.migrate(keys)
        await keys.close()
        master_key.load_or_create(self.folder / "master.key")
        await self.database.run(self._enrol)

    async def _enrol(self, tx: Transaction) -> None:
        zone = where_it_is_noon()
        for group, fiona, centre_id in self.groups:
            centre = await centres.add(
                tx, chat_id=group.id, name="Aurora", language="en", zone=zone, now=1
            )
            assert centre.id == centre_id
            await people.meet(tx, fiona.id, "en", 1)
            member = await members.add(
                tx, centre_id=centre.id, telegram_id=fiona.id, role="user", name="F", now=1
            )
            await facilitators.add(tx, member.id, 1)

    async def post(self, number: int) -> None:
        """As many posts, each to another group."""
        chosen = self.noise.sample(self.groups, number)
        now = int(self.world.clock.now())

        async def work(tx: Transaction) -> None:
            for group, _, centre_id in chosen:
                text = f"Post {len(self.posted)}"
                payload = dump(Screen(Markup(text)))  # noqa: S704
                await outbox.add(
                    tx,
                    key=f"centre:{centre_id}:test:{len(self.posted)}",
                    chat_id=group.id,
                    centre_id=centre_id,
                    payload=payload,
                    now=now,
                )
                self.posted[text] = group

        await self.database.run(work)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """What Telegram does with a post, and when the process dies of it."""
        name, carry_out = METHODS["sendmessage"]

        async def send(call: ApiCall) -> Any:
            if not str(call.parameters.string("text")).startswith("Post "):
                return carry_out(call)
            self.comes -= 1
            dies = self.comes == 0
            if dies and self.moment == MOMENTS[0]:
                await self._die()
                raise bad_request("it never left")
            result = carry_out(call)
            if dies and self.moment == MOMENTS[1]:
                await self._die()
            elif dies:
                asyncio.get_running_loop().call_later(self.noise.random() / 50, self._kill)
            return await result if inspect.isawaitable(result) else result

        with patch.dict(METHODS, {"sendmessage": (name, send)}):
            yield

    def _kill(self) -> None:
        assert self.process is not None
        self.process.kill()

    async def _die(self) -> None:
        assert self.process is not None
        self._kill()
        await self.process.wait()

    async def _start(self, url: str) -> WarmProcess:
        await self.database.run(self._let_the_claims_end)
        environment = {
            "VOCI_BOT_TOKEN": self.bot.token,
            "VOCI_TELEGRAM_API_URL": url,
            "VOCI_DATA_DIR": str(self.folder),
            "VOCI_LISTEN": "",
        }
        self.process = await start_warm(environment, self.folder / "log")
        return self.process

    async def live_and_die(self, url: str) -> None:
        """One life, which ends with one of the posts that it sends."""
        posts = self.noise.randint(1, 6)
        await self.post(posts)
        self.moment = self.noise.choice(MOMENTS)
        self.comes = self.noise.randint(1, posts)
        process = await self._start(url)
        try:
            async with asyncio.timeout(LONG):
                await process.wait()
        except TimeoutError:
            self.moment = "nothing happens"
            await self._die()
        assert process.returncode == -9, (self.folder / "log").read_text()[-3000:]
        self.died[self.moment] += 1

    async def finish(self, url: str) -> None:
        """A last life, in which everybody who is asked looks, and answers."""
        self.comes = 0
        process = await self._start(url)
        await self._quiet()
        self._check(await self._statuses())
        for group, fiona, _ in self.groups:
            await self._answer(group, fiona)
        await self._quiet()
        assert {text: self._times(text) for text in self.posted} == dict.fromkeys(self.posted, 1)
        process.terminate()
        assert await process.wait() == 0
        print(f"\n{dict(self.died)}, {len(self.posted)} posts, asked about {self.asked}")
        print(f"{self.missing} were missing; each is there once by now")

    async def _let_the_claims_end(self, tx: Transaction) -> None:
        """As a minute would, for which whatever was in hand is kept for who had it."""
        await tx.statement("UPDATE outbox SET claimed_until = 1 WHERE status = 'sending'")

    async def _quiet(self) -> None:
        """Nothing is on its way any more."""
        async with asyncio.timeout(300):
            while True:
                async with self.database.reading() as tx:
                    rows = await tx.statement(
                        "SELECT count(*) AS n FROM outbox WHERE status IN ('waiting', 'sending')"
                    )
                if not rows[0]["n"] and not len(self.bot.updates):
                    return
                await asyncio.sleep(0.2)

    async def _statuses(self) -> dict[str, str]:
        async with self.database.reading() as tx:
            rows = await tx.statement(
                "SELECT key, status FROM outbox WHERE key LIKE 'centre:%:test:%'"
            )
        return {f"Post {row['key'].rpartition(':')[2]}": row["status"] for row in rows}

    def _times(self, text: str) -> int:
        return sum(each.words == text for each in self.posted[text].from_bots())

    def _questions(self, fiona: Person, group: Group) -> dict[str, Any]:
        """Of which posts somebody is asked, and the newest message that does."""
        found = {}
        for message in fiona.private(self.bot).from_bots():
            for text in self.posted:
                if self.posted[text] is group and text in message.words.split("\n"):
                    found[text] = message
        return found

    def _check(self, statuses: dict[str, str]) -> None:
        """None twice; what is said to be sent is there; of all else somebody is asked."""
        assert statuses.keys() == self.posted.keys()
        asked = set[str]()
        for group, fiona, _ in self.groups:
            asked |= self._questions(fiona, group).keys()
        for text, status in statuses.items():
            times = self._times(text)
            assert times <= 1, f"{text} came {times} times"
            assert status in ("sent", "uncertain"), (text, status)
            assert status == "uncertain" or times == 1, f"{text} is missing, and nobody knows"
            known = status == "sent" or text in asked or text in self.settled
            assert known, f"{text} may be missing, and nobody is asked"

    async def _answer(self, group: Group, fiona: Person) -> None:
        for text, message in self._questions(fiona, group).items():
            if text in self.settled:
                continue
            kind = ItIsThere if self._times(text) else PostAgain
            self.asked += 1
            self.missing += kind is PostAgain
            self.settled.add(text)
            [data] = [
                button.data
                for button in message.buttons
                if button.data is not None and isinstance(decode(button.data), kind)
            ]
            press = fiona.press(message, data)
            await self.world.until(lambda press=press: press.answer is not None, timeout=60)


async def survive(folder: Path, kills: int, seed: int) -> Posts:
    posts = Posts(folder=folder, noise=random.Random(seed))
    await posts.prepare()
    with posts.watched():
        async with serve(posts.world) as url:
            while posts.died.total() < kills:
                for _ in range(min(ROUND, kills - posts.died.total())):
                    await posts.live_and_die(url)
                await posts.finish(url)
    await posts.database.close()
    return posts


async def test_no_post_is_doubled_or_missed_by_a_few_kills(tmp_path: Path) -> None:
    posts = await survive(tmp_path, kills=4, seed=3)
    assert posts.died.total() == 4


@pytest.mark.long
@pytest.mark.timeout(0)
async def test_no_post_is_doubled_or_missed_by_many_kills(tmp_path: Path) -> None:
    posts = await survive(tmp_path, kills=KILLS, seed=4)
    assert {*MOMENTS} <= posts.died.keys()
    assert posts.died["nothing happens"] < KILLS / 50

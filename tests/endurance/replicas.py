"""Several real processes on one PostgreSQL, called in turn by a Telegram on this computer."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from endurance.voting import BACKLOG, Voting, start_voci
from markupsafe import Markup

from handlers.core.screen import Screen, dump
from sandbox.server import serve
from storage import outbox
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.sealed_ballots import open_up
from storage.secrets import master_key
from storage.secrets.keys import KeyStore

PATIENCE = 90.0  # seconds of real time: a busy machine is late, and not wrong for that
# Every write of a ballot leaves a trace, in order: one applied twice or too late would be seen.
TRACES = (
    "CREATE TABLE traces (n BIGINT GENERATED ALWAYS AS IDENTITY, tag BYTEA, sealed BYTEA)",
    "CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN INSERT INTO traces (tag, sealed) VALUES (NEW.tag, NEW.sealed); RETURN NULL; END'",
    "CREATE TRIGGER traced AFTER INSERT OR UPDATE ON ballots FOR EACH ROW EXECUTE FUNCTION trace()",
)


@dataclass
class Replica:
    """One `voci run` with a data folder and a port of its own."""

    folder: Path
    environment: dict[str, str]
    port: int
    process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def errors(self) -> list[str]:
        return [line for line in self.log.splitlines() if line.split()[2:3] == ["ERROR"]]

    async def start(self) -> None:
        self.process = await start_voci(self.environment, self.folder / "log")

    async def ready(self) -> None:
        async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as client:
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(f"{self.address}/health")).is_success:
                        return
                await asyncio.sleep(0.05)

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return await self.process.wait()


@dataclass(kw_only=True)
class House(Voting):
    """The voters, and the processes that serve them."""

    database: Database
    keys: KeyStore
    replicas: list[Replica] = field(default_factory=list)
    deaths: int = 0
    leaders_died: int = 0

    async def prepare(self) -> None:
        self.gather()
        for voter in self.voters:
            voter.start(self.bot)
        self.bot.updates.drop_all()
        await self.database.run(lambda tx: self.enrol(tx, self.keys, TRACES))
        self.show()

    def add_replica(self, urls: dict[str, str], telegram: str) -> None:
        number = len(self.replicas)
        folder = self.folder / f"replica{number}"
        folder.mkdir(mode=0o700)
        (folder / "master.key").write_bytes((self.folder / "master.key").read_bytes())
        (folder / "master.key").chmod(0o600)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        environment = {
            "VOCI_BOT_TOKEN": self.bot.token,
            "VOCI_TELEGRAM_API_URL": telegram,
            "VOCI_DATA_DIR": str(folder),
            "VOCI_DATABASE_URL": urls["main"],
            "VOCI_KEYS_URL": urls["keys"],
            "VOCI_MODE": "webhook",
            "VOCI_WEBHOOK_URL": "http://127.0.0.1/telegram",
            "VOCI_WEBHOOK_SECRET": "a-secret-of-this-test",
            "VOCI_LISTEN": f"127.0.0.1:{port}",
        }
        self.replicas.append(Replica(folder, environment, port))
        self.bot.servers.append(self.replicas[-1].address)

    async def start_all(self) -> None:
        await asyncio.gather(*(replica.start() for replica in self.replicas))
        await asyncio.gather(*(replica.ready() for replica in self.replicas))

    async def press(self, times: int) -> None:
        """So many presses of anybody, as fast as they are taken."""
        for _ in range(times):
            await self.world.until(lambda: len(self.bot.updates) < BACKLOG, PATIENCE)
            self.press_once()

    async def post(self, number: int, *, first: int = 0) -> None:
        """So many messages to each voter that are due at once, and must not come twice."""
        for each in range(first, first + number):
            for voter in self.voters:
                await self._post(f"test:{each}:{voter.id}", voter.id, f"Message {each}")

    async def _post(self, key: str, chat_id: int, text: str) -> None:
        payload, now = dump(Screen(Markup(text))), int(self.world.clock.now())  # noqa: S704

        async def work(tx: Transaction) -> None:
            await outbox.add(tx, key=key, chat_id=chat_id, payload=payload, now=now)

        while True:
            try:
                return await self.database.run(work)
            except Transient:  # one of the processes writes there as well: again, as they do
                continue

    async def taken(self) -> None:
        """Every press has been dealt with."""
        await self.world.until(lambda: len(self.bot.updates) == 0, PATIENCE)

    async def statuses(self) -> dict[str, str]:
        async with self.database.reading() as tx:
            rows = await tx.statement("SELECT key, status FROM outbox WHERE key LIKE 'test:%'")
        return {row["key"]: row["status"] for row in rows}

    async def sent(self) -> dict[str, str]:
        """What became of the messages, once none is on its way."""
        async with asyncio.timeout(2 * PATIENCE):
            while True:
                found = await self.statuses()
                if not {"waiting", "sending"} & {*found.values()}:
                    return found
                await asyncio.sleep(0.1)

    def arrived(self) -> dict[str, int]:
        """How often each of the messages stands in its chat."""
        counts: dict[str, int] = {}
        for voter in self.voters:
            for message in voter.private(self.bot).from_bots():
                if message.words.startswith("Message "):
                    key = f"test:{message.words.removeprefix('Message ')}:{voter.id}"
                    counts[key] = counts.get(key, 0) + 1
        return counts

    async def leader(self) -> Replica:
        """The one that has the lease: its log says so last."""
        async with asyncio.timeout(30):
            while True:
                for replica in self.replicas:
                    told = [line for line in replica.log.splitlines() if "sends what is" in line]
                    if replica.runs and told and "this process sends" in told[-1]:
                        return replica
                await asyncio.sleep(0.1)

    async def traced(self) -> dict[int, list[str]]:
        """What each member's ballot has said, in the order in which it was written."""
        async with self.database.reading() as tx:
            rows = await tx.statement("SELECT tag, sealed FROM traces ORDER BY n")
        key = await self.keys.ballot_key(self.decision_id)
        traced: dict[int, list[str]] = {}
        seen: set[str] = set()
        for row in rows:
            told = open_up(key, self.decision_id, row["tag"], row["sealed"])
            if told.tracker not in seen:  # each cast has its own; rows are also written anew
                traced.setdefault(told.member_id, []).append(told.choice)
            seen.add(told.tracker)
        return traced

    async def check_ballots(self) -> None:
        """Each press was applied once and in its order, and none was confirmed as another."""
        traced = await self.traced()
        pressed: dict[int, list[str]] = {}
        for member, choice in self.pressed:
            pressed.setdefault(member, []).append(choice)
        self.check_answers()
        wrong = [
            (traced.get(member), said)
            for member, said in pressed.items()
            if traced.get(member) != said
        ]
        assert wrong == [], wrong

    async def work_done(self) -> dict[str, float]:
        """How many seconds of a processor each part has taken so far."""
        async with self.database.reading() as tx:
            rows = await tx.statement("SELECT pid FROM pg_stat_activity WHERE datname LIKE 'voci%'")
        return {
            "processes": sum(worked(each.process.pid) for each in self.replicas if each.process),
            "database": sum(worked(row["pid"]) for row in rows),
            "sandbox": worked(os.getpid()),
        }

    def refused(self) -> int:
        return self.world.limits.refused


def worked(pid: int) -> float:
    """Seconds of a processor that a process has had, by itself and in the kernel (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def house(
    folder: Path,
    make: Callable[[str], Awaitable[str]],
    *,
    replicas: int,
    seed: int,
    through: Callable[[str], str] = str,
) -> AsyncIterator[House]:
    """The house, with its processes ready; all of them are ended with it.

    `through`: the address by which the processes reach a database.
    """
    urls = {subject: await make(subject) for subject in ("main", "keys")}
    async with AsyncExitStack() as stack:
        database = await open_database(urls["main"])
        stack.push_async_callback(database.close)
        key_database = await open_database(urls["keys"], "keys")
        stack.push_async_callback(key_database.close)
        keys = KeyStore(key_database, master_key.load_or_create(folder / "master.key"))
        made = House(folder=folder, noise=random.Random(seed), database=database, keys=keys)
        await made.prepare()
        telegram = await stack.enter_async_context(serve(made.world))
        for _ in range(replicas):
            made.add_replica({name: through(url) for name, url in urls.items()}, telegram)
        try:
            await made.start_all()
            yield made
        finally:
            for replica in made.replicas:
                if replica.runs:
                    await replica.end()

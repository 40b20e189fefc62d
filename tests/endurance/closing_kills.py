"""Kills a process at one step of closing a decision after the other, and judges what is left.

Run on its own, by test_closing_kills.py: it forks, which a process with threads had better not.
`closing_kills.py ENGINE FOLDER STEPS RANDOM [SOCKET]`: STEPS is `all`, or `commits` for those
around commits and the truncation of logs; RANDOM kills more come at random moments. Prints a JSON
object.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from closing_house import CLOSED_ID, CLOSES, OPEN_ID, OPENED, House, Wrong

from bot.app import create_application
from bot.bucket import Bucket
from bot.clock import MovableClock
from bot.recovering import recover
from bot.settings import Settings
from bot.vitals import Vitals
from storage.engine import schema
from storage.engine.opening import open_database
from storage.engine.sqlite import SqliteDatabase
from storage.engine.sqlite_connection import Connection, WriterConnection
from storage.secrets.keys import KeyStore


class Place:
    """Where the databases of one run are: copies of those that were prepared once."""

    def __init__(self, engine: str, folder: Path, socket: str) -> None:
        self.engine, self.folder, self.socket = engine, folder, socket

    def address(self, run: str, subject: str) -> str:
        if self.engine == "sqlite":
            return f"sqlite:///{self.folder / run / subject}.db"
        return f"postgresql://postgres@/kills_{run}_{subject}?host={quote(self.socket)}"

    def copy(self, run: str) -> None:
        (self.folder / run).mkdir(mode=0o700)
        if self.engine == "sqlite":
            shutil.copytree(self.folder / "ready", self.folder / run, dirs_exist_ok=True)
        else:
            forked(lambda: self.server(run, "ready"))

    async def server(self, run: str, like: str) -> None:
        import asyncpg

        admin = await asyncpg.connect(f"postgresql://postgres@/postgres?host={quote(self.socket)}")
        for subject in ("main", "keys"):
            model = f"kills_{like}_{subject}" if like else "template0"
            await admin.execute(f"CREATE DATABASE kills_{run}_{subject} TEMPLATE {model}")
        await admin.close()

    @asynccontextmanager
    async def house(self, run: str) -> AsyncIterator[House]:
        database = await open_database(self.address(run, "main"))
        key_database = await open_database(self.address(run, "keys"), "keys")
        try:
            yield House(database, KeyStore(key_database, b"m" * 32))
        finally:
            await database.close()
            await key_database.close()

    async def prepare(self) -> None:
        if self.engine != "sqlite":
            await self.server("ready", "")
        async with self.house("ready") as house:
            await schema.migrate(house.database, OPENED)
            await schema.migrate(house.keys.database, OPENED)
            await house.gather()

    async def close(self, run: str, at: int, told: Path) -> None:
        async with self.house(run) as house:
            steps = watch(self.engine, at)
            await house.tick()
        told.write_text(json.dumps(steps))  # noqa: ASYNC240 - nothing else goes on here

    async def judge(self, run: str, told: Path) -> None:
        """Start as the bot does, and say how the one that was killed has left it."""
        async with self.house(run) as house:
            async with house.database.reading() as tx:
                status = await tx.value("decision_status", decision_id=CLOSED_ID)
            await recover(house.database, house.services, CLOSES + 60)
            if status == "open":
                await house.readable(CLOSED_ID)
                await house.tick()
            await house.closed_right(self.folder / run)
            await house.readable(OPEN_ID)
        told.write_text(json.dumps(status))  # noqa: ASYNC240


def watch(engine: str, at: int) -> list[str]:
    """Counts the moments before and after each step; kills this process at one of them."""
    steps: list[str] = []

    def moment(name: str) -> None:
        if len(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        steps.append(name)

    if engine == "sqlite":
        owner: Any = Connection
        _wrap(Connection, ("execute", "executemany", "commit"), moment)
        _wrap(SqliteDatabase, ("_truncate",), moment)
    else:
        from storage.engine.postgres import PostgresDatabase
        from storage.engine.postgres_transaction import PostgresTransaction

        owner = PostgresTransaction
        _wrap(owner, ("row", "value", "_fetch", "run", "commit"), moment)
        _wrap(PostgresDatabase, ("wipe",), moment)
    return steps


def _wrap(owner: Any, names: tuple[str, ...], moment: Callable[[str], None]) -> None:
    for name in names:
        setattr(owner, name, _wrapped(getattr(owner, name), name, moment))


def _wrapped(function: Any, name: str, moment: Callable[[str], None]) -> Any:
    if inspect.iscoroutinefunction(function):

        async def waited(*given: Any, **named: Any) -> Any:
            moment(f"before {name}")
            found = await function(*given, **named)
            moment(f"after {name}")
            return found

        return waited

    def called(self: Any, *given: Any) -> Any:
        if isinstance(self, sqlite3.Connection) and not isinstance(self, WriterConnection):
            return function(self, *given)  # what is only read changes nothing
        moment(f"before {name}")
        found = function(self, *given)
        moment(f"after {name}")
        return found

    return called


def forked(work: Callable[[], Coroutine[Any, Any, None]], kill_after: float | None = None) -> bool:
    """Do it in a process of its own; whether it came to its end. Raises Wrong for its errors."""
    process = os.fork()
    if process == 0:
        try:
            asyncio.run(work())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return False
    if status:
        raise Wrong("a process failed; see above")
    return True


def rehearse(place: Place) -> tuple[list[str], float]:
    """The moments of a closing that nobody disturbs, and how long it takes in seconds."""
    place.copy("whole")
    told = place.folder / "whole" / "steps"
    begun = time.monotonic()
    if not forked(lambda: place.close("whole", -1, told)):
        raise Wrong("the closing was killed")
    return json.loads(told.read_text()), time.monotonic() - begun


def main(engine: str, folder: Path, which: str, at_random: int, socket: str) -> dict[str, Any]:
    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30)
    clock = MovableClock(OPENED)
    create_application(
        settings, Bucket(clock), Vitals(clock), clock
    )  # what falls due is registered
    place = Place(engine, folder, socket)
    (folder / "ready").mkdir(mode=0o700)
    forked(place.prepare)
    steps, seconds = rehearse(place)
    chosen = [
        at
        for at, name in enumerate(steps)
        if which == "all" or name.split()[1] in ("commit", "_truncate", "wipe")
    ]
    noise = random.Random(7)
    kills = [(at, None) for at in chosen]
    kills += [(-1, noise.random() * seconds) for _ in range(at_random)]
    found: Counter[str] = Counter()
    for number, (at, moment) in enumerate(kills):
        run = f"r{number}"
        place.copy(run)
        told = folder / run / "told"
        if not forked(lambda: place.close(run, at, told), moment):  # noqa: B023 - called at once
            found["killed"] += 1
        forked(lambda: place.judge(run, told))  # noqa: B023
        found[json.loads(told.read_text())] += 1
        shutil.rmtree(folder / run)
    return {"steps": len(steps), "names": dict(Counter(steps)), "runs": len(kills), **found}


if __name__ == "__main__":
    engine, folder, which, at_random, *socket = sys.argv[1:]
    print(json.dumps(main(engine, Path(folder), which, int(at_random), *(socket or [""]))))

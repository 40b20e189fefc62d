"""What a bot's process stands on, a disk and a line to Telegram, and how they let it down."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx

from assembly.immutable import immutable

FAULTS = ("refused", "429", "502", "lost", "502 after")
LOCKED = "database is locked"
# https://www.sqlite.org/rescode.html; the last is not known to pass by itself.
BROKEN = {
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database or disk is full": sqlite3.SQLITE_FULL,
    LOCKED: sqlite3.SQLITE_BUSY,
    "something unforeseen": sqlite3.SQLITE_ERROR,
}
POSTING = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendPoll"})
ROW: ContextVar[str] = ContextVar("the outbox row that is being sent", default="")


class Killed(BaseException):
    """The process is gone: nothing that it would still have done is done."""


@immutable
class Storm:
    """From `begins` to `ends` (seconds of the loop) nothing but this comes back."""

    what: str
    begins: float
    ends: float


@immutable
class Weather:
    """How often something goes wrong, 0 to 1 for each step, and at which the process dies.

    `again`: Telegram delivers each update up to five times. Of storms the disk knows one kind,
    LOCKED, and the line the kinds of FAULTS. `breaks`: the storage call, counted from 1, that goes
    wrong, with one of BROKEN.
    """

    disk: float = 0.0
    line: float = 0.0
    kills: tuple[int, ...] = ()
    again: bool = False
    storms: tuple[Storm, ...] = ()
    breaks: tuple[int, str] | None = None


@dataclass
class Machine:
    """One machine for a life; processes come and go on it."""

    noise: random.Random
    weather: Weather
    trace: list[str] = field(default_factory=list)
    posted: Counter[str] = field(default_factory=Counter)  # how often each outbox key arrived
    dead: bool = False
    calm: bool = False  # nothing goes wrong any more
    steps: int = 0
    calls: int = 0  # of storage, but rollbacks

    def note(self, what: str) -> None:
        at = asyncio.get_running_loop().time()
        self.trace.append(f"{at:.3f} {what}")

    def digest(self) -> str:
        """The same for two lives in which the same happened in the same order."""
        return sha256("\n".join(self.trace).encode()).hexdigest()

    def start(self) -> None:
        self.dead = False

    def step(self) -> None:
        """One more; the process may end with it. Raises Killed for as long as it is dead."""
        if not self.dead:
            self.steps += 1
            if not self.calm and self.steps in self.weather.kills:
                self.note("killed")
                self.dead = True
        if self.dead:
            raise Killed

    def fault(self, share: float, kinds: tuple[str, ...]) -> str:
        """What goes wrong with this step: one of the kinds, or nothing ("")."""
        if self.calm:
            return ""
        now = asyncio.get_running_loop().time()
        for storm in self.weather.storms:
            if storm.what in kinds and storm.begins <= now < storm.ends:
                return storm.what
        return self.noise.choice(kinds) if self.noise.random() < share else ""

    def _disk_fault(self) -> str:
        """What goes wrong with one more storage call, or nothing ("")."""
        self.calls += 1
        if self.weather.breaks is not None and self.weather.breaks[0] == self.calls:
            return self.weather.breaks[1]
        return self.fault(self.weather.disk, tuple(BROKEN))

    async def store(self, work: Callable[[], Any]) -> Any:
        """One hop to SQLite; others may come in between."""
        name = getattr(getattr(work, "func", work), "__name__", "?")
        if name in ("close", "interrupt"):
            return work()
        for _ in range(self.noise.randrange(3)):
            await asyncio.sleep(0)
        self.step()
        if name != "rollback" and (fault := self._disk_fault()):
            self.note(f"{name}: {fault}")
            error = sqlite3.OperationalError(fault)
            error.sqlite_errorcode = BROKEN[fault]
            raise error
        done = work()
        self.note(name)
        self.step()
        return done


class Line(httpx.AsyncBaseTransport):
    """To Telegram, which is in the same loop; what gets lost on it gets lost both ways."""

    def __init__(self, machine: Machine, telegram: Any) -> None:
        self._machine = machine
        self._telegram = httpx.ASGITransport(telegram)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        machine = self._machine
        method = request.url.path.rpartition("/")[2]
        machine.step()
        await asyncio.sleep(machine.noise.choice((0.01, 0.05, 0.4)))
        fault = machine.fault(machine.weather.line, FAULTS)
        if fault:
            machine.note(f"{method}: {fault}")
        match fault:
            case "refused":
                raise httpx.ConnectError("refused", request=request)
            case "429":
                return _answer(429, retry_after=machine.noise.randrange(1, 40))
            case "502":
                return _answer(502)
            case _:  # what meets the answer
                pass
        response = await self._telegram.handle_async_request(request)
        body = await response.aread()
        machine.note(f"{method} {response.status_code}")
        if method in POSTING and response.status_code == 200 and (key := ROW.get()):
            machine.posted[key] += 1
        machine.step()
        match fault:
            case "lost":
                raise httpx.ReadTimeout("no answer", request=request)
            case "502 after":
                return _answer(502)
            case _:
                pass
        if method == "getUpdates" and machine.weather.again and not machine.calm:
            body = _delivered_again(body, machine.noise)
        return httpx.Response(response.status_code, content=body)


def _delivered_again(body: bytes, noise: random.Random) -> bytes:
    """Each update one to five times, those of one person in their order."""
    said = json.loads(body)
    several = [each for each in said.get("result", ()) for _ in range(noise.randrange(1, 6))]
    whose = sorted(range(len(several)), key=lambda _: noise.random())
    lines: dict[int, list[Any]] = {}
    for each in several:
        lines.setdefault(_sender(each), []).append(each)
    turns = [_sender(several[n]) for n in whose]
    said["result"] = [lines[sender].pop(0) for sender in turns]
    return json.dumps(said).encode()


def _sender(update: dict[str, Any]) -> int:
    content = next(each for each in update.values() if isinstance(each, dict))
    return int(content["from"]["id"])


def _answer(code: int, **parameters: int) -> httpx.Response:
    said = {"ok": False, "error_code": code, "description": str(code), "parameters": parameters}
    return httpx.Response(code, content=json.dumps(said).encode())

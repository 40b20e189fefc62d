"""From process start to ready, and the memory then: Voci beside a bare PTB application.

Both take turns, so that a busy moment meets both. A first start of each is not counted: it leaves
compiled modules, as every start of an installed program finds them.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.harness.figure import Figure
from bot.clock import SystemClock
from sandbox.bots import Bot
from sandbox.server import serve
from sandbox.world import World

BARE_SECONDS = Figure("bare application", "s")
SECONDS = Figure("Voci", "s")
RATIO = Figure("ratio", at_most=2)
BARE_WORK = Figure("bare application, processor time", "s")
WORK = Figure("Voci, processor time", "s")
WORK_RATIO = Figure("ratio of processor time")
MEMORY = Figure("resident memory of Voci", "MB", 0, at_most=150)
FIGURES = (BARE_SECONDS, SECONDS, RATIO, BARE_WORK, WORK, WORK_RATIO, MEMORY)


@dataclass(frozen=True, slots=True)
class Size:
    """How many starts of each, after `uncounted` ones."""

    starts: int
    uncounted: int


FULL, SMALL = Size(7, uncounted=1), Size(1, uncounted=0)

BARE = """
import asyncio, sys
from telegram.ext import Application

async def main():
    application = Application.builder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot").build()
    async with application:
        await application.start()
        await application.updater.start_polling()
        print("ready", file=sys.stderr, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a process has taken until it was ready: seconds, seconds of processor, MB."""

    passed: float
    worked: float
    resident: float


def worked_by(process_id: int) -> float:
    """Processor seconds of a process so far, its own and the system's for it (Linux)."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process_id: int) -> float:
    """Resident memory of a process in MB, as Linux tells it."""
    status = Path(f"/proc/{process_id}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def free_address() -> str:
    """Where nobody listens at this moment."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{here.getsockname()[1]}"


async def until_ready(command: list[str], environment: dict[str, str]) -> Ready:
    """Starts a process and ends it as soon as it says `ready`."""
    begin = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said = []
    async for line in process.stderr:
        said.append(line.decode())
        if line.rstrip().endswith(b"ready"):
            break
    else:
        raise RuntimeError("the process ended before it was ready:\n" + "".join(said))
    passed = time.perf_counter() - begin
    ready = Ready(passed, worked_by(process.pid), memory_of(process.pid))
    process.kill()
    await process.wait()
    return ready


async def starts(size: Size) -> dict[Figure, float]:
    world = World(SystemClock())
    bot: Bot = world.bot()
    bare: list[Ready] = []
    ours: list[Ready] = []
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    async with serve(world) as url:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **inherited,
                "VOCI_BOT_TOKEN": bot.token,
                "VOCI_TELEGRAM_API_URL": url,
                "VOCI_DATA_DIR": folder,
                "VOCI_LISTEN": free_address(),
            }
            voci = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
            for _ in range(size.uncounted + size.starts):
                command = [sys.executable, "-c", BARE, bot.token, url]
                bare.append(await until_ready(command, inherited))
                ours.append(await until_ready(voci, environment))

    def median(of: list[Ready], what: str) -> float:
        return float(statistics.median(getattr(ready, what) for ready in of[size.uncounted :]))

    return {
        BARE_SECONDS: median(bare, "passed"),
        SECONDS: median(ours, "passed"),
        RATIO: median(ours, "passed") / median(bare, "passed"),
        BARE_WORK: median(bare, "worked"),
        WORK: median(ours, "worked"),
        WORK_RATIO: median(ours, "worked") / median(bare, "worked"),
        MEMORY: median(ours, "resident"),
    }


def measure(size: Size) -> dict[Figure, float]:
    """The median of the starts."""
    return asyncio.run(starts(size))

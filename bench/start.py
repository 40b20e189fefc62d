"""From process start to ready, and the memory then: Voci beside a bare PTB application."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.clock import SystemClock
from sandbox.bots import Bot
from sandbox.server import serve
from sandbox.world import World

RUNS = 7
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


def memory_of(process_id: int) -> float:
    """Resident memory of a process in MB, as Linux tells it."""
    status = Path(f"/proc/{process_id}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def until_ready(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until the process says `ready`, and its resident memory then in MB."""
    begin = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    async for line in process.stderr:
        if line.rstrip().endswith(b"ready"):
            break
    else:
        raise RuntimeError("the process ended before it was ready")
    passed = time.perf_counter() - begin
    resident = memory_of(process.pid)
    process.kill()
    await process.wait()
    return passed, resident


async def measure() -> None:
    world = World(SystemClock())
    bot: Bot = world.bot()
    bare: list[float] = []
    ours: list[float] = []
    memory: list[float] = []
    async with serve(world) as url:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "VOCI_BOT_TOKEN": bot.token,
                "VOCI_TELEGRAM_API_URL": url,
                "VOCI_DATA_DIR": folder,
            }
            voci = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
            for _ in range(RUNS + 1):  # alternating, so that a busy moment meets both
                seconds, _ = await until_ready(
                    [sys.executable, "-c", BARE, bot.token, url], dict(os.environ)
                )
                bare.append(seconds)
                seconds, resident = await until_ready(voci, environment)
                ours.append(seconds)
                memory.append(resident)
    # The first run of each also compiles to bytecode and makes the databases.
    bare_s, ours_s = statistics.median(bare[1:]), statistics.median(ours[1:])
    print("start to ready, median of", RUNS)
    print(f"  bare PTB application   {bare_s:6.2f} s")
    print(f"  Voci                   {ours_s:6.2f} s")
    print(f"  ratio                  {ours_s / bare_s:6.2f}    (at most 2)")
    print(f"  resident memory        {max(memory):6.0f} MB (under 150)")


def main() -> None:
    asyncio.run(measure())


if __name__ == "__main__":
    main()

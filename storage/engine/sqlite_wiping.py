"""Starts the process that overwrites what deleting leaves in a SQLite file, and hears its end."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from storage.engine import sqlite_remains
from storage.engine.errors import Damaged, StorageError, Transient
from storage.engine.uninterrupted import to_the_end


async def wipe(path: Path) -> bool:
    """Overwrites what belongs to nothing in all pages; False where somebody is in the way.

    Raises StorageError. Cancelled, it ends the process, which does no harm, and then itself.
    """
    program = sqlite_remains.__file__
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", program, str(path)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        raise Transient(f"no process can be started ({type(error).__name__})") from error
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await to_the_end(process.wait())
        raise
    if process.returncode == sqlite_remains.DAMAGED:
        raise Damaged(f"{path.name} is damaged: put its latest copy back")
    if process.returncode not in (0, sqlite_remains.IN_THE_WAY):
        raise StorageError(_last(said) or f"wiping ended with {process.returncode}")
    return process.returncode == 0


def _last(said: bytes) -> str:
    """The line in which Python and sqlite_remains.py name what went wrong, without its text."""
    lines = said.decode(errors="replace").splitlines()
    return lines[-1].partition(":")[0] if lines else ""

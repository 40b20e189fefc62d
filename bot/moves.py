"""`voci move` and `voci keys move`: a store goes to another database, while nobody works on it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from bot.one_process import alone_on
from bot.settings import AwayError, Settings
from bot.status import is_alive
from bot.stores import FIELDS, existing, file_of, there, url_of
from storage import lease
from storage.backups import moving
from storage.backups.backup_file import BackupError
from storage.engine import catalogue
from storage.engine.database import Subject
from storage.engine.opening import called, open_database

_IT_RUNS = (
    "VOCI_DATABASE_URL: a process works on {}: stop all that do first. One that was killed counts "
    "for 20 s."
)


async def move(settings: Settings, subject: Subject, url: str, now: int) -> str:
    """Copies a store into an empty database of either engine, while the bot is stopped.

    Raises AwayError where it runs.
    """
    name = f"VOCI_{FIELDS[subject].upper()}"
    async with AsyncExitStack() as stack:
        source = await there(stack, settings, subject)
        to = settings.in_data_dir(url)
        if to == url_of(settings, subject):
            raise BackupError(f"{called(to)} is where it lies already")
        await _refuse_running(stack, settings)
        target = await open_database(to, subject)
        stack.push_async_callback(target.close)
        done = await moving.move(source, target, now)
    return (
        f"{done.rows} rows in {done.tables} tables, the same in both by number and SHA-256.\n"
        f"Set {name} to the new address, then: voci check, voci run.\n"
        f"{called(url_of(settings, subject))} was left as it is. Delete it once all is well."
    )


async def _refuse_running(stack: AsyncExitStack, settings: Settings) -> None:
    """What a bot writes meanwhile would not be in the copy; with SQLite it can't begin either."""
    file = file_of(settings, "main")
    if file is not None and file.exists():
        stack.enter_context(alone_on(file))
    elif settings.listen != "" and await asyncio.to_thread(is_alive, settings):
        raise AwayError([f"The bot runs, and answers at {settings.listen}: stop it first."])
    elif (main := await existing(stack, settings, "main")) is not None:
        async with main.reading() as tx:
            if "lease" in await catalogue.tables(tx, main.engine) and await lease.runs(tx):
                raise AwayError([_IT_RUNS.format(called(url_of(settings, "main")))])

"""`voci check` and `voci migrate`: what is wrong, in sentences that say what to do."""

from __future__ import annotations

import os

from telegram import Bot
from telegram.error import TelegramError

from bot.runner import refusal
from bot.settings import Settings, SettingsError, blaming, sentence
from storage import outbox_faults
from storage.engine import schema
from storage.engine.database import Database, Subject
from storage.engine.opening import open_database
from storage.secrets import master_key

FIELDS: dict[Subject, str] = {"main": "database_url", "keys": "keys_url"}


async def examine(settings: Settings) -> list[str]:
    """Every problem found with the data folder, the databases, the key and the token."""
    problems = _folder(settings)
    if not problems:
        for subject in FIELDS:
            problems += await _database(settings, subject)
        problems += _master_key(settings)
    return problems + await _token(settings)


async def migrate_both(settings: Settings) -> int:
    """Apply what is pending in both databases; how many migrations that were.

    Raises SettingsError for what can't be opened or migrated.
    """
    with blaming("data_dir"):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    applied = 0
    for subject, field in FIELDS.items():
        with blaming(field):
            database = await open_database(_url(settings, subject), subject)
            try:
                applied += len(await schema.migrate(database))
            finally:
                await database.close()
    return applied


def _url(settings: Settings, subject: Subject) -> str:
    url = settings.database_url if subject == "main" else settings.keys_url
    return settings.in_data_dir(url)


def _folder(settings: Settings) -> list[str]:
    folder = settings.data_dir
    try:
        with blaming("data_dir"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except SettingsError as error:
        return error.problems
    if not os.access(folder, os.W_OK | os.X_OK):
        return [sentence("data_dir", "nothing can be written there")]
    return []


async def _database(settings: Settings, subject: Subject) -> list[str]:
    field = FIELDS[subject]
    try:
        with blaming(field):
            database = await open_database(_url(settings, subject), subject)
            try:
                pending = await schema.pending(database)
                kept = {} if pending or subject == "keys" else await _kept(database)
            finally:
                await database.close()
    except SettingsError as error:
        return error.problems
    if pending:
        return [f"VOCI_{field.upper()}: {len(pending)} migrations are waiting; run: voci migrate"]
    return [
        f"{messages} {'message' if messages == 1 else 'messages'} can't be sent: an error in Voci "
        f"({error}). Nothing is lost, it is tried again and again; see the log of voci run"
        for error, messages in kept.items()
    ]


async def _kept(database: Database) -> dict[str, int]:
    async with database.reading() as tx:
        return await outbox_faults.kept_by(tx)


def _master_key(settings: Settings) -> list[str]:
    try:
        with blaming("master_key_file"):
            master_key.load_or_create(settings.master_key_path)
    except SettingsError as error:
        return error.problems
    return []


async def _token(settings: Settings) -> list[str]:
    bot = Bot(settings.bot_token.get_secret_value(), base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            return []
    except TelegramError as error:
        return [refusal(error)]

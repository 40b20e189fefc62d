"""`voci check` and `voci migrate`: what is wrong, in sentences that say what to do."""

from __future__ import annotations

import os

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.runner import refused_token
from bot.settings import EXAMPLES, Settings
from storage import master_key
from storage.database import Subject, open_database
from storage.errors import StorageError


async def examine(settings: Settings) -> list[str]:
    """Every problem found with the data folder, the databases, the key and the token."""
    problems = _folder(settings)
    if not problems:
        problems += await _database(settings, "main")
        problems += await _database(settings, "keys")
        problems += _master_key(settings)
    return problems + await _token(settings)


async def migrate_both(settings: Settings) -> int:
    """Apply what is pending in both databases; how many migrations that were."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    applied = 0
    for subject, url in _databases(settings).items():
        database = await open_database(settings.in_data_dir(url), subject)
        try:
            applied += len(await database.migrate())
        finally:
            await database.close()
    return applied


def _databases(settings: Settings) -> dict[Subject, str]:
    return {"main": settings.database_url, "keys": settings.keys_url}


def _folder(settings: Settings) -> list[str]:
    folder = settings.data_dir
    example = f"For example: VOCI_DATA_DIR={EXAMPLES['data_dir']}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return [f"VOCI_DATA_DIR: the folder can't be made: {error.strerror}. {example}"]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [f"VOCI_DATA_DIR: nothing can be written there. {example}"]
    return []


async def _database(settings: Settings, subject: Subject) -> list[str]:
    url = _databases(settings)[subject]
    name = "DATABASE_URL" if subject == "main" else "KEYS_URL"
    example = f"For example: VOCI_{name}={EXAMPLES[name.lower()]}"
    try:
        database = await open_database(settings.in_data_dir(url), subject)
        try:
            pending = await database.pending()
        finally:
            await database.close()
    except StorageError as error:
        return [f"VOCI_{name}: {error}. {example}"]
    if pending:
        return [f"VOCI_{name}: {len(pending)} migrations are waiting; run: voci migrate"]
    return []


def _master_key(settings: Settings) -> list[str]:
    try:
        master_key.load_or_create(settings.master_key_path)
    except StorageError as error:
        example = f"For example: VOCI_MASTER_KEY_FILE={EXAMPLES['master_key_file']}"
        return [f"VOCI_MASTER_KEY_FILE: {error}. {example}"]
    return []


async def _token(settings: Settings) -> list[str]:
    bot = Bot(settings.bot_token.get_secret_value(), base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            return []
    except InvalidToken:
        return [refused_token()]
    except TelegramError as error:
        return [
            f"VOCI_TELEGRAM_API_URL: no answer from Telegram ({type(error).__name__}). "
            f"For example: VOCI_TELEGRAM_API_URL={EXAMPLES['telegram_api_url']}"
        ]

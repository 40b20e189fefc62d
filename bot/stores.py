"""The main database and the key store: opened, migrated, and known to belong to each other."""

from __future__ import annotations

import errno
import logging
import os
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from bot.one_process import alone_on
from bot.settings import Settings, SettingsError, StoresError, blaming, sentence
from bot.upgrading import bring_up_to_date
from storage.engine import schema
from storage.engine.database import Database, Subject
from storage.engine.errors import StorageError, Transient, WrongStore
from storage.engine.opening import called, open_database, open_existing
from storage.engine.private_file import refuse_open
from storage.secrets import master_key, pair, rotation
from storage.secrets.keys import KeyStore
from storage.secrets.pair import Misfit

log = logging.getLogger(__name__)

AT_ONCE = 16 << 20  # bytes of a file that are looked through in a tenth of a second

FIELDS: dict[Subject, str] = {"main": "database_url", "keys": "keys_url"}

_GIVE_UP = 'Only if there is none, see docs/operators/stores.md, "If there is no better copy"'
_WHAT_TO_DO: dict[Misfit, tuple[Subject, str]] = {
    Misfit.NO_KEYS: (
        "keys",
        "{keys} is missing or new, but {main} belongs to a key store. Nothing was changed. Put the "
        f"latest copy of the key store back, with its master key. {_GIVE_UP}: check-in answers and "
        "the ballots of open questions are lost with it",
    ),
    Misfit.NO_MAIN: (
        "main",
        "{main} is missing or new, but {keys} belongs to a database. Nothing was changed. Put that "
        "database back, or its latest backup with: voci restore FILE. To begin anew instead, put "
        "{keys} and the master key aside as well: answers in old backups are lost with them",
    ),
    Misfit.FOREIGN: (
        "keys",
        "{keys} is the key store of another database than {main}. Nothing was changed. "
        "VOCI_KEYS_URL or VOCI_DATABASE_URL names the wrong one, or a wrong copy was put back: "
        f"put the right one there. {_GIVE_UP}",
    ),
    Misfit.OLDER_KEYS: (
        "keys",
        "{keys} is older than {main}: keys were made or destroyed, questions closed or summaries "
        f"drawn since. Nothing was changed. Put its latest copy back. {_GIVE_UP}: answers of who "
        "joined since and ballots of questions put since are lost then",
    ),
    Misfit.OLDER_MAIN: (
        "main",
        "{main} is older than {keys}: what came since is missing in it. Nothing was changed. Put "
        "its latest copy back. If this is the latest: voci backup FILE, put {main} aside, and "
        "voci restore FILE; that makes void what was closed since, and erases again who was erased",
    ),
}


async def open_stores(
    stack: AsyncExitStack, settings: Settings, now: int
) -> tuple[Database, KeyStore]:
    """Both stores, brought up to date; the error names the setting that is to blame.

    Raises StoresError where they don't belong to each other, SettingsError for what can't be
    opened, AwayError where another process works on the same files: then nothing was changed.
    Call pair.join once all else is known to be right, too: from then on copies from before are
    older ones.
    """
    found = await find_fitting(stack, settings)
    make_folder(settings)
    if (file := file_of(settings, "main")) is not None:
        with blaming(FIELDS["main"]):
            stack.enter_context(alone_on(file))
    database = await _ready(stack, settings, "main", found["main"], now)
    key_database = await _ready(stack, settings, "keys", found["keys"], now)
    with blaming("master_key_file"):
        keys = await open_keys(settings, key_database)
    stack.push_async_callback(_part, database, key_database)
    return database, keys


async def find_fitting(stack: AsyncExitStack, settings: Settings) -> dict[Subject, Database | None]:
    """What there is of both stores; makes and changes nothing.

    Raises StoresError where they don't fit each other or the master key, SettingsError for what
    can't be opened: what is lost, older or another bot's is not made anew unnoticed.
    """
    refuse_folder(settings)
    found = {subject: await existing(stack, settings, subject) for subject in FIELDS}
    await refuse_misfit(settings, found["main"], found["keys"])
    await fitting_keys(settings, found["keys"])
    return found


def make_folder(settings: Settings) -> None:
    """The data folder, its owner's alone; raises SettingsError where it can't be made."""
    with blaming("data_dir"):
        try:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error


def refuse_folder(settings: Settings) -> None:
    """Raises SettingsError where the data folder can't be used or made, or is open to others."""
    folder = settings.data_dir.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    with blaming("data_dir"):
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError([sentence("data_dir", "nothing can be written there")])
    with blaming("data_dir"):
        refuse_open(settings.data_dir.absolute())


async def refuse_misfit(
    settings: Settings, database: Database | None, key_database: Database | None
) -> None:
    """Raises StoresError where the two can't be used together; None stands for none there."""
    try:
        wrong = await pair.compare(database, key_database)
    except Transient:
        raise
    except StorageError as error:
        told = f"one of the two can't be read ({error}): put its latest copy back."
        raise StoresError([f"VOCI_DATABASE_URL, VOCI_KEYS_URL: {told}"]) from error
    if wrong is None:
        return
    subject, what = _WHAT_TO_DO[wrong]
    names = {each: called(url_of(settings, each)) for each in FIELDS}
    raise StoresError([f"VOCI_{FIELDS[subject].upper()}: {what.format(**names)}."])


async def fitting_keys(settings: Settings, database: Database | None) -> KeyStore | None:
    """The key store with the master key that is there; None where one of them is yet to be made.

    Raises StoresError, SettingsError where the master key is missing, unfit, or open to others.
    """
    with blaming("master_key_file"):
        path = settings.master_key_path
        sealed = (await pair.key_state(database)).sealed
        if sealed and not path.exists():
            raise WrongStore(
                f"{path.name} is missing, without which nothing in the key store can be read: "
                "put its copy back"
            )
        if not path.exists():
            _refuse_nowhere(settings, path)
            return None
        masters = rotation.masters(path)
        if database is None or not sealed:
            return None
        keys = KeyStore(database, masters)
        await keys.check()
        return keys


async def open_keys(settings: Settings, database: Database) -> KeyStore:
    """The key store with its master key, which is made where nothing needs another one."""
    if (fitting := await fitting_keys(settings, database)) is not None:
        return fitting
    path = settings.master_key_path
    master_key.load_or_create(path)
    keys = KeyStore(database, rotation.masters(path))
    await keys.check()
    return keys


def url_of(settings: Settings, subject: Subject) -> str:
    """The address of one of the two stores."""
    return settings.in_data_dir(getattr(settings, FIELDS[subject]))


async def existing(stack: AsyncExitStack, settings: Settings, subject: Subject) -> Database | None:
    """The database as it is; None where it is yet to be made.

    Raises SettingsError for what can't be opened or can't be made, StoresError for what is damaged;
    larger files than AT_ONCE are looked at later (bot/soundness.py).
    """
    file = file_of(settings, subject)
    with blaming(FIELDS[subject]):
        database = await open_existing(url_of(settings, subject), subject)
        if database is None:
            _refuse_nowhere(settings, file)
        if database is not None:
            stack.push_async_callback(database.close)
            await schema.pending(database)  # one that is newer, or something else's, is refused
            if file is not None and file.stat().st_size <= AT_ONCE:
                await database.refuse_damage()
    return database


async def there(stack: AsyncExitStack, settings: Settings, subject: Subject) -> Database:
    """The database, which has to be there. Raises as existing(), and SettingsError for none."""
    database = await existing(stack, settings, subject)
    if database is None:
        raise nothing_there(settings, subject)
    return database


def nothing_there(settings: Settings, subject: Subject) -> SettingsError:
    """The sentence for a database that a command needs and that nobody has made.

    Raises SettingsError where nobody can look whether it is there.
    """
    name, file = FIELDS[subject].upper(), file_of(settings, subject)
    with blaming(FIELDS[subject]), suppress(FileNotFoundError):
        _refuse_nowhere(settings, file)
        if file is not None:
            file.stat()
    return SettingsError(
        [
            f"VOCI_{name}: there is nothing yet: voci run makes {called(url_of(settings, subject))}"
            f". If there was one, VOCI_DATA_DIR or VOCI_{name} names another place."
        ]
    )


def file_of(settings: Settings, subject: Subject) -> Path | None:
    """The file of a store; None for one on a server."""
    url = url_of(settings, subject)
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _refuse_nowhere(settings: Settings, file: Path | None) -> None:
    """The data folder is made where it is missing, and no other one."""
    if file is not None and file.absolute().parent != settings.data_dir.absolute():
        try:
            file.parent.stat()
        except FileNotFoundError as error:
            said = f"{file.name} can't be made: there is no folder {file.parent}"
            raise StorageError(said) from error


async def _ready(
    stack: AsyncExitStack,
    settings: Settings,
    subject: Subject,
    database: Database | None,
    now: int,
) -> Database:
    with blaming(FIELDS[subject]):
        if database is None:
            database = await open_database(url_of(settings, subject), subject)
            stack.push_async_callback(database.close)
        done = await bring_up_to_date(settings, database, now)
    if done.copy is not None:
        log.info("before %d migrations the database was copied: %s", done.applied, done.copy)
    return database


async def _part(database: Database, key_database: Database) -> None:
    """At the end: what is not noted yet is noted now, so that the next start finds both alike."""
    try:
        await pair.catch_up(database, key_database)
    except StorageError as error:
        log.warning("the stores will be compared at the next start: %s", type(error).__name__)

"""Bringing a database up to date: a copy of it first, and no open question cancelled unasked."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from assembly.immutable import immutable
from bot.clock import Clock
from bot.settings import AwayError, Settings, StoresError
from storage import upgrades
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import called
from storage.secrets import pair
from storage.upgrades import OpenQuestion

log = logging.getLogger(__name__)

HOUR = 3_600
DAY = 24 * HOUR
KEPT = 7 * DAY  # seconds: as long as an old copy of the key store may bring anybody back
_NAME = "voci-before-{:04}-{:%Y%m%dT%H%M%SZ}.zip"
_MOMENT = "%Y%m%dT%H%M%SZ"
# What was written of one has more to its name until it is whole, also where that was cut short.
_NAMED = re.compile(r"\.?voci-before-(\d+)-(\d{8}T\d{6}Z)\.zip(\.[0-9a-f]+)?")


@immutable
class Upgraded:
    """What was done: how many migrations, the copy from before, how many questions cancelled."""

    applied: int = 0
    copy: Path | None = None
    cancelled: int = 0


async def bring_up_to_date(
    settings: Settings, database: Database, now: int, *, cancel_open: bool = False
) -> Upgraded:
    """Applies what is pending; of a main database in use a copy is made first. UTC epoch seconds.

    Raises StoresError where questions would be cancelled, unless `cancel_open`; AwayError where no
    copy can be made. Then nothing was changed. StorageError as the migrations do.
    """
    if database.subject != "main" or not (waiting := await schema.pending(database)):
        return Upgraded(len(await schema.migrate(database, now)))
    at_stake = await upgrades.at_stake(database)
    if at_stake and not cancel_open:
        raise StoresError([_refusal(settings, at_stake)])
    copy = await _copied(settings, database, waiting[0], now)
    if not at_stake:
        return Upgraded(len(await schema.migrate(database, now)), copy)
    # Loaded where it is needed: it brings the talk with it.
    from handlers.recovery import upgraded

    async with database.migrating() as tx:
        applied = await upgrades.migrate(tx, database.engine, now)
        cancelled = await upgraded.tell_cancelled(tx, [each.id for each in at_stake], now)
    return Upgraded(applied, copy, cancelled)


async def refuse_open_questions(settings: Settings, database: Database) -> None:
    """Raises StoresError where bring_up_to_date() would refuse; changes nothing."""
    if at_stake := await upgrades.at_stake(database):
        raise StoresError([_refusal(settings, at_stake)])


def copies(settings: Settings) -> dict[Path, int]:
    """The copies from before upgrades in the data folder, and when each was begun."""
    found: dict[Path, int] = {}
    for path in sorted(settings.data_dir.glob("*voci-before-*")):
        if not (named := _NAMED.fullmatch(path.name)):
            continue  # somebody else's
        with suppress(ValueError):
            found[path] = int(datetime.strptime(named[2], _MOMENT).replace(tzinfo=UTC).timestamp())
    return found


async def keep_no_old_copies(settings: Settings, clock: Clock) -> None:
    """Deletes them after 7 days, for as long as the bot runs: who was erased since is in them."""
    while True:
        for path, made in copies(settings).items():
            if clock.now() - made > KEPT:
                _delete(path)
        await clock.sleep(HOUR)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        # Told each hour, and by voci check; people's presses don't wait for it.
        log.error("%s is to be deleted and can't be: %s", path.name, error.strerror)


async def _copied(settings: Settings, database: Database, version: int, now: int) -> Path | None:
    """A backup in the data folder, readable by its owner only; None where nobody is in it yet."""
    from storage.backups import backup
    from storage.backups.backup_file import BackupError

    if not (await pair.main_state(database)).used:
        return None
    whole, begun = _earlier(settings, version)
    for each in begun:  # where it was killed while it copied, they would fill the disk
        _delete(each)
    path = settings.data_dir / _NAME.format(version, datetime.fromtimestamp(now, UTC))
    try:
        await backup.take(database, path, now)
    except BackupError as error:
        why = "Nothing was changed: before the database is brought up to date, it is copied there"
        raise AwayError([f"VOCI_DATA_DIR: {error}. {why}."]) from error
    for each in whole:  # and so would one for each start of a process that fails after it
        _delete(each)
    return path


def _earlier(settings: Settings, version: int) -> tuple[list[Path], list[Path]]:
    """The copies from before the same migration; and what was begun of any, and never ended."""
    whole, begun = list[Path](), list[Path]()
    for path in copies(settings):
        named = _NAMED.fullmatch(path.name)
        if named and named[3]:
            begun.append(path)
        elif named and int(named[1]) == version:
            whole.append(path)
    return whole, begun


def _refusal(settings: Settings, at_stake: Sequence[OpenQuestion]) -> str:
    name = called(settings.in_data_dir(settings.database_url))
    moments = [each.closes_at for each in at_stake if each.closes_at is not None]
    until = "until somebody closes them"
    if len(moments) == len(at_stake):
        last = datetime.fromtimestamp(max(moments), UTC)
        until = f"until {last:%Y-%m-%d at %H:%M} UTC"
    return (
        f"VOCI_DATABASE_URL: {name} has questions that are open: {len(at_stake)}, {until}, and "
        "this version can't take their ballots along. Nothing was changed. Go on with the version "
        "of before until they are closed, or end them now: voci migrate --cancel-open deletes the "
        "ballots and tells the groups."
    )

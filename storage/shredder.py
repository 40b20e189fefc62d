"""What was deleted for good leaves SQLite's write-ahead log too."""

from __future__ import annotations

import logging

from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)


class Shredder:
    """Truncates the log after a deletion; while a reader is in the way, at each next occasion."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owed = True  # the process before may have died between a deletion and this

    async def shred(self) -> None:
        """Call after the commit of a deletion. Raises nothing: what fails stays owed."""
        self._owed = True
        await self.catch_up()

    async def catch_up(self) -> None:
        """Do what is owed, if anything is; called at every tick."""
        if not self._owed:
            return
        try:
            self._owed = not await self._database.truncate_wal()
        except StorageError as error:
            log.warning("the write-ahead log was not truncated: %s", type(error).__name__)

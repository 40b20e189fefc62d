"""Whether the files of the stores are whole: looked through at each start, and by `voci check`.

A small file is looked through before anything is done. Of a large one that takes seconds: it is
looked at while the bot works already, which ends where damage is found.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from bot.settings import Settings, blaming
from bot.stores import AT_ONCE, FIELDS, file_of
from storage.engine.database import Database, Subject


async def look(settings: Settings, stores: Mapping[Subject, Database | None]) -> None:
    """Raises StoresError for what is damaged, of the files that no start has waited for."""
    for subject, database in stores.items():
        file = file_of(settings, subject)
        if database is not None and file is not None and file.stat().st_size > AT_ONCE:
            with blaming(FIELDS[subject]):
                await database.refuse_damage()


async def notes(stores: Mapping[Subject, Database | None]) -> AsyncIterator[str]:
    """A sentence for each store on a server that would not notice a changed page."""
    for subject, database in stores.items():
        if database is not None and not await database.notices_damage():
            yield (
                f"VOCI_{FIELDS[subject].upper()}: the server keeps no checksums (data_checksums), "
                "and would not notice what the disk changes. With the server stopped, "
                "pg_checksums --enable turns them on."
            )

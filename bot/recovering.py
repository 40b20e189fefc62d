"""At each start, before anything is taken in: what the process before has left undone."""

from __future__ import annotations

import logging

from bot.settings import StoresError
from handlers.checkins import taking_over
from handlers.core import asking_anew
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.recovery import outage, restored
from storage.engine.database import Database
from storage.erasure import hearing
from storage.erasure.ending_again import end_again
from storage.erasure.erasing import erase_again
from storage.secrets.ledger import Ledger

log = logging.getLogger(__name__)


async def recover(database: Database, services: Services, now: int) -> None:
    """All of it. Raises StoresError where the key store is not the one of the database."""
    try:
        await database.run(lambda tx: restored.void_over(UnitOfWork(tx, now, services)))
    except restored.WrongKeys as error:
        raise StoresError([f"VOCI_KEYS_URL: {error}."]) from error
    highest = await Ledger(services.keys.database).highest()
    await restored.number_on(database, services.keys)
    await database.run(lambda tx: taking_over.take_over(UnitOfWork(tx, now, services)))
    await erase_again(database, services.keys, now)
    await end_again(database, services.keys, now)
    await hearing.all_heard(database, services.keys.database, highest)
    await database.run(lambda tx: asking_anew.ask_about_new_words(UnitOfWork(tx, now, services)))
    await services.eraser.catch_up()
    await services.shredder.shred()
    await _begin_again(database, services, now)


async def _begin_again(database: Database, services: Services, now: int) -> None:
    try:
        await database.run(lambda tx: outage.begin_again(UnitOfWork(tx, now, services)))
    except Exception as error:
        # What is open can still be pressed where it stands: no reason to stay away.
        log.error("what is open was not shown again", exc_info=error)

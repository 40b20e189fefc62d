"""A database with one centre and Anna in it, and the context of what she does, without a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kit.migrated_files import put_file
from telegram import Update

from handlers.core.context import Context
from handlers.core.unit_of_work import CURRENT, Services, UnitOfWork
from storage import centres, facilitators, members, people
from storage.centres import Centre
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.link_ids import LinkIds
from storage.members import Member
from storage.outbox import Outgoing, claim_due
from storage.secrets.keys import KeyStore

NOW = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
GROUP = -1007
ANNA = 11
APPLICATION: Any = SimpleNamespace()


@dataclass
class Scene:
    """What a handler stands in: the open unit, the centre, and Anna, its German-speaking member."""

    unit: UnitOfWork
    centre: Centre
    anna: Member

    @property
    def tx(self) -> Transaction:
        return self.unit.tx

    def context(self, update: dict[str, Any]) -> Context:
        """The context of an update as Telegram writes it."""
        token = CURRENT.set(self.unit)
        try:
            incoming = Update.de_json({"update_id": 1, **update}, None)
            return Context.from_update(incoming, APPLICATION)
        finally:
            CURRENT.reset(token)

    async def facilitating(self, until: int | None = None) -> None:
        await facilitators.add(self.tx, self.anna.id, NOW, until)

    async def another_centre(self) -> Centre:
        """A second centre that Anna takes part in; she stays in the first."""
        return await enrolled(self.tx, -1008, "Centro Boreale")

    async def due(self, moment: int = NOW) -> list[Outgoing]:
        """What the outbox sends at a moment."""
        return await claim_due(self.tx, moment, 100)


async def enrolled(tx: Transaction, chat_id: int, name: str) -> Centre:
    centre = await centres.add(
        tx, chat_id=chat_id, name=name, language="it", zone="Europe/Rome", now=NOW
    )
    await members.add(tx, centre_id=centre.id, telegram_id=ANNA, role="user", name="Anna", now=NOW)
    return centre


def person(telegram_id: int = ANNA, language: str = "de", **more: Any) -> dict[str, Any]:
    return {
        "id": telegram_id,
        "is_bot": False,
        "first_name": "Anna",
        "language_code": language,
        **more,
    }


PRIVATE = {"id": ANNA, "type": "private"}
IN_GROUP = {"id": GROUP, "type": "supergroup", "title": "Aurora"}


def written(
    text: str | None = "/start", chat: dict[str, Any] = PRIVATE, by: Any = None, **more: Any
) -> dict[str, Any]:
    """A new message, of Anna where nobody else is named."""
    message = {"message_id": 5, "date": NOW, "chat": chat, "from": by or person(), **more}
    return {"message": message if text is None else {**message, "text": text}}


def pressed(chat: dict[str, Any] = PRIVATE, by: Any = None, **more: Any) -> dict[str, Any]:
    """A press on a button under the bot's message 9."""
    below = {"message_id": 9, "date": NOW, "chat": chat, **more}
    query = {"id": "1", "from": by or person(), "chat_instance": "1", "data": "x", "message": below}
    return {"callback_query": query}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    await put_file(tmp_path / "voci.db", "main")
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}", "main")
    yield database
    await database.close()


@pytest.fixture
async def keys(tmp_path: Path) -> AsyncIterator[KeyStore]:
    await put_file(tmp_path / "keys.db", "keys")
    database = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    yield KeyStore(database, bytes(32))
    await database.close()


@pytest.fixture
async def scene(database: Database, keys: KeyStore) -> AsyncIterator[Scene]:
    services: Any = dict.fromkeys(("shredder", "noise", "eraser"))
    services = Services(
        keys=keys, username="voci_bot", operators=frozenset(), links=LinkIds(bytes(32)), **services
    )
    async with database.transaction() as tx:
        await people.meet(tx, ANNA, "de", NOW)
        centre = await enrolled(tx, GROUP, "Centro Aurora")
        await people.set_current_centre(tx, ANNA, centre.id)
        anna = await members.find(tx, centre.id, ANNA)
        assert anna is not None
        yield Scene(UnitOfWork(tx, NOW, services), centre, anna)

"""Between the commit of an ending and the ledger's knowing anything may die."""

from __future__ import annotations

import pytest
from kit.wiping import eraser_of

from assembly.roles import Role
from storage import endings
from storage.endings import Ending
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.members import Member
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

ANNA = Member(7, 1, 5_000_001, Role.USER, "Anna", "active", 5)
SUBJECT = endings.of_member(ANNA)


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def noted(database: Database, keys: KeyStore, ending: Ending, now: int) -> None:
    async with database.transaction() as tx:
        await endings.note(tx, keys, ending, SUBJECT, now)


async def pending(database: Database) -> int:
    async with database.reading() as tx:
        return len(await tx.rows("pending_endings"))


async def test_the_ledger_is_told_once(database: Database, keys: KeyStore) -> None:
    for ending in Ending:
        await noted(database, keys, ending, 100)
    assert await pending(database) == len(Ending)
    for _ in range(2):
        await endings.carry(database, keys)
    assert await pending(database) == 0
    for ending in Ending:
        [entry] = await Ledger(keys.database).entries(ending.value)
        assert (entry.at, entry.data) == (100, "")


async def test_what_died_in_between_is_told_later(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await noted(database, keys, Ending.DUTY, 100)
    append, ledger = Ledger.append, Ledger(keys.database)

    async def fails(*_: object) -> bool:
        raise Transient("before the ledger")

    async def dies(self: Ledger, *entry: object) -> bool:
        await append(self, *entry)  # type: ignore[arg-type]
        raise Transient("after the ledger")

    for broken, known in ((fails, 0), (dies, 1)):
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "append", broken)
            await eraser_of(database, keys).catch_up()  # raises nothing
        assert await pending(database) == 1
        assert len(await ledger.entries(Ending.DUTY.value)) == known
    await eraser_of(database, keys).catch_up()
    assert await pending(database) == 0
    assert len(await ledger.entries(Ending.DUTY.value)) == 1


async def test_the_last_time_counts(database: Database, keys: KeyStore) -> None:
    for now in (300, 100, 200):
        await noted(database, keys, Ending.CONSENT, now)
    await endings.carry(database, keys)
    ended = await endings.heard(Ledger(keys.database))
    assert ended
    assert ended.at(keys, Ending.CONSENT, SUBJECT) == 300
    assert ended.at(keys, Ending.MEMBERSHIP, SUBJECT) == -1
    assert ended.at(keys, Ending.CONSENT, "8:1:5000001") == -1


async def test_nothing_has_ended_at_first(keys: KeyStore) -> None:
    assert not await endings.heard(Ledger(keys.database))


def test_a_mark_names_nobody(keys: KeyStore) -> None:
    marks = {endings.mark(keys, ending, SUBJECT) for ending in Ending}
    assert len(marks) == len(Ending), "what ended can't be put together by person"
    other = KeyStore(keys.database, b"o" * 32)
    assert endings.mark(other, Ending.DUTY, SUBJECT) not in marks

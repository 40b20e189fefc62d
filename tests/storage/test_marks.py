from __future__ import annotations

import pytest
from kit.centre_rows import add_centre

from assembly.asking import DAY
from storage import marks
from storage.engine.database import Database
from storage.marks import KEPT, Kind
from storage.secrets.keys import KeyStore

NOW = 1_800_000_000
ANNA, BRUNO = 0x5A7B3C1D2E01, 7


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


@pytest.fixture
async def centres(database: Database) -> Database:
    async with database.transaction() as tx:
        await add_centre(tx)
        await add_centre(tx, centre_id=2)
    return database


async def test_a_mark_counts_for_one_person_and_for_its_time(
    centres: Database, keys: KeyStore
) -> None:
    async with centres.transaction() as tx:
        for moment in (NOW, NOW + DAY):
            await marks.add(tx, keys, Kind.REFUSED, 1, ANNA, moment)
        at = NOW + DAY
        assert await marks.moments(tx, keys, Kind.REFUSED, 1, ANNA, at) == [NOW, at]
        assert await marks.moments(tx, keys, Kind.REFUSED, 1, BRUNO, at) == []
        assert await marks.moments(tx, keys, Kind.REFUSED, 2, ANNA, at) == [], "another centre"
        assert await marks.moments(tx, keys, Kind.ASKED, 1, ANNA, at) == []
        late = NOW + KEPT[Kind.REFUSED]
        assert await marks.moments(tx, keys, Kind.REFUSED, 1, ANNA, late) == [at]


async def test_what_one_has_asked_is_counted_in_all_centres(
    centres: Database, keys: KeyStore
) -> None:
    async with centres.transaction() as tx:
        await marks.add(tx, keys, Kind.ASKED, 1, ANNA, NOW)
        assert await marks.moments(tx, keys, Kind.ASKED, 2, ANNA, NOW) == [NOW]
        assert await marks.in_centre(tx, Kind.ASKED, 1, NOW - 1) == 1
        assert await marks.in_centre(tx, Kind.ASKED, 2, NOW - 1) == 0
        assert await marks.in_centre(tx, Kind.ASKED, 1, NOW) == 0


async def test_they_go_in_time_each_kind_in_its_own(centres: Database, keys: KeyStore) -> None:
    async with centres.transaction() as tx:
        for kind in Kind:
            await marks.add(tx, keys, kind, 1, ANNA, NOW)
        assert await marks.prune(tx, NOW + min(KEPT.values()) - 1) == 0
        assert await marks.prune(tx, NOW + max(KEPT.values())) == len(Kind)
        assert not await tx.statement("SELECT * FROM keyed_marks")


async def test_nobody_is_found_by_a_mark_without_the_key(
    centres: Database, keys: KeyStore, keys_database: Database
) -> None:
    async with centres.transaction() as tx:
        await marks.add(tx, keys, Kind.ASKED, 1, ANNA, NOW)
        [row] = await tx.statement("SELECT mark FROM keyed_marks")
        assert str(ANNA) not in row["mark"] and len(row["mark"]) == 64
        other = KeyStore(keys_database, bytes([1]) * 32)
        assert await marks.moments(tx, other, Kind.ASKED, 1, ANNA, NOW) == []

"""A restored database has again what was taken out since: it goes out once more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.assembly_rows import NOW, opened

from assembly import taking_out as rule
from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes, Point, fingerprint
from assembly.name_marks import NAMELESS
from storage import endings, minutes, notes, sessions, taken_out
from storage.endings import Ending
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.erasure.ending_again import end_again
from storage.minutes import Kept
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

TOLD = Minutes(
    *("Aurora", "en", "UTC", NOW, NOW + 60, None, Attendance("5-9")),
    points=(Point("A garden", notes=("Mr Verdi digs.", "Ask Ada Rossi.")),),
    salt="00",
)


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def drafted(tx: Transaction) -> int:
    """Minutes with a line, a photograph and a correction; the assembly's id."""
    centre, assembly, _ = await opened(tx, 1)
    ids: dict[str, Any] = {"centre_id": centre.id, "assembly_id": assembly.id, "author_id": 1}
    assert await notes.add(tx, **ids, words="Verdi came.")
    assert await notes.add(tx, **ids, words="", file_id="flip-chart")
    assert await sessions.close(tx, centre.id, assembly.id, NOW)
    assert await minutes.draft(tx, centre.id, assembly.id, replace(TOLD, points=()))
    assert await minutes.correct(tx, assembly.id, 1, "It was Mr Verdi.")
    return assembly.id


async def published(tx: Transaction) -> int:
    assembly_id = await drafted(tx)
    assert await minutes.publish(tx, assembly_id, TOLD, NOW)
    return assembly_id


async def kept(database: Database, assembly_id: int) -> Kept:
    async with database.reading() as tx:
        found = await minutes.find(tx, 1, assembly_id)
    assert found is not None
    return found


async def taken(database: Database, keys: KeyStore, assembly_id: int, *names: str) -> None:
    """As the ledger knows it, whatever the database says by now."""
    async with database.transaction() as tx:
        for name in names:
            await taken_out.note_name(tx, keys, assembly_id, name, NOW + 100)
    await endings.carry(database, keys)


async def test_a_name_goes_out_of_published_minutes_again(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assembly_id = await database.run(published)
    await taken(database, keys, assembly_id, "Verdi", "Ada Rossi")
    assert await end_again(database, keys, NOW + 500) == 3
    found = await kept(database, assembly_id)
    assert found.minutes.points[0].notes == (f"Mr {NAMELESS} digs.", f"Ask {NAMELESS}.")
    assert found.hash == fingerprint(found.words) and found.minutes.salt != TOLD.salt
    async with database.reading() as tx:
        said = await minutes.changes(tx, assembly_id)
        [correction] = await minutes.corrections(tx, assembly_id)
    assert [(each.version, each.at, each.by) for each in said] == [
        (2, NOW + 100, None),
        (3, NOW + 100, None),
    ]
    assert correction.words == f"It was Mr {NAMELESS}."
    monkeypatch.setattr(rule, "names", None)  # what is out is not looked for at every start
    assert await end_again(database, keys, NOW + 600) == 0, "nothing is left of it"
    assert await kept(database, assembly_id) == found


async def test_a_name_stays_in_other_minutes(database: Database, keys: KeyStore) -> None:
    assembly_id = await database.run(published)
    before = await kept(database, assembly_id)
    await taken(database, keys, assembly_id + 1, "Verdi")
    assert await end_again(database, keys, NOW + 500) == 0
    assert await kept(database, assembly_id) == before


async def test_a_restored_draft_is_published_without_it(database: Database, keys: KeyStore) -> None:
    assembly_id = await database.run(drafted)
    await taken(database, keys, assembly_id, "Verdi")
    assert await end_again(database, keys, NOW + 500) == 2
    async with database.reading() as tx:
        [line, _] = await notes.of_assembly(tx, assembly_id)
    assert line.words == f"{NAMELESS} came."
    told = await taken_out.without(keys, assembly_id, TOLD)
    assert told.points[0].notes == (f"Mr {NAMELESS} digs.", "Ask Ada Rossi.")
    assert told.version == 1
    assert await taken_out.without(keys, assembly_id + 1, TOLD) == TOLD


async def test_a_photograph_and_a_line_go_again(database: Database, keys: KeyStore) -> None:
    assembly_id = await database.run(drafted)
    async with database.reading() as tx:
        line, photo = await notes.of_assembly(tx, assembly_id)
    for note, left in ((photo, [line]), (line, [])):
        async with database.transaction() as tx:
            await taken_out.note_line(tx, keys, assembly_id, note.id, NOW + 100)
        await endings.carry(database, keys)
        assert await end_again(database, keys, NOW + 500) == 1
        async with database.reading() as tx:
            assert await notes.of_assembly(tx, assembly_id) == left


async def test_the_ledger_tells_no_name(database: Database, keys: KeyStore) -> None:
    await taken(database, keys, 1, "Verdi")
    await taken(database, keys, 2, "Verdi")
    first, second = await Ledger(keys.database).entries(Ending.NAME.value)
    assert (first.data, second.data) == ("", "")
    assert not set(first.subject.split("/")) & set(second.subject.split("/"))
    assert "Verdi" not in first.subject


async def test_minutes_that_came_out_without_a_name_are_not_searched_for_it_at_each_start(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assembly_id = await database.run(drafted)
    await taken(database, keys, assembly_id, "Verdi")
    async with database.transaction() as tx:
        told = await taken_out.without(keys, assembly_id, TOLD)
        assert await minutes.publish(tx, assembly_id, told, NOW + 500)
    assert "Verdi" not in (await kept(database, assembly_id)).words
    looked: list[Minutes] = []

    def look(told: Minutes, _: object) -> list[object]:
        looked.append(told)
        return []

    monkeypatch.setattr(rule, "names", look)
    await end_again(database, keys, NOW + 600)
    assert looked == []

"""Two stores that belong to each other: an order of three numbers that no crash breaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger
from storage.secrets.pair import KeyState, MainState, Misfit

Opener = Callable[..., Awaitable[Database]]
CENTRE = """
INSERT INTO centres (id, chat_id, name, language, zone, created_at)
VALUES (1, -100, 'Aurora', 'en', 'UTC', 0)
"""


def used(name: str | None = "a", changes: int = 5, answers: bool = False) -> MainState:
    return MainState(name, changes, used=True, answers=answers)


def in_use(name: str | None = "a", changes: int = 5, noted: int = 5) -> KeyState:
    return KeyState(name, changes, noted, used=True)


@pytest.mark.parametrize(
    ("main", "keys", "expected"),
    [
        (MainState(), KeyState(), None),
        (MainState("a", 1), KeyState("b", 3, 3), None),  # nothing in either: nothing is lost
        (used(), in_use(), None),
        (used(changes=5), in_use(changes=6, noted=5), None),  # died before the main commit
        (used(changes=5), in_use(changes=9, noted=5), None),  # with several changes on their way
        (used(changes=6), in_use(changes=6, noted=5), None),  # died before it was kept as noted
        (used(changes=6), in_use(changes=5), Misfit.OLDER_KEYS),
        (used(changes=5), in_use(changes=6, noted=6), Misfit.OLDER_MAIN),
        (used("a"), in_use("b"), Misfit.FOREIGN),
        (used("a"), KeyState("b", 1, 1), Misfit.NO_KEYS),
        (used("a"), KeyState(), Misfit.NO_KEYS),
        (used("a", 5), KeyState("a", 5, 5), None),  # a centre in which nobody is yet
        (used("a", 5), KeyState("a", 4, 4), Misfit.OLDER_KEYS),
        (MainState(), in_use(), Misfit.NO_MAIN),
        (MainState("b", 1), in_use("a"), Misfit.NO_MAIN),
        (MainState(), in_use(None, 0, 0), Misfit.NO_MAIN),
        # from before there was an id
        (used(None, 0), in_use(None, 0, 0), None),
        (used(None, 0), KeyState(), None),  # nobody has joined
        (used(None, 0, answers=True), KeyState(), Misfit.NO_KEYS),
        (used(None, 0), in_use("a", 0, 0), None),  # died while they were joined
        (used(None, 0), in_use("a", 1, 1), Misfit.OLDER_MAIN),
        (used("a", 1), in_use(None, 0, 0), Misfit.OLDER_KEYS),
    ],
)
def test_what_fits(main: MainState, keys: KeyState, expected: Misfit | None) -> None:
    assert pair.misfit(main, keys) is expected


@dataclass
class Two:
    """Both stores, in use; on either engine."""

    main: Database
    keys: KeyStore

    @property
    def store(self) -> Database:
        return self.keys.database

    async def numbers(self) -> tuple[int, int, int]:
        keys, main = await pair.key_state(self.store), await pair.main_state(self.main)
        return keys.noted, main.changes, keys.changes

    async def misfit(self) -> Misfit | None:
        return await pair.compare(self.main, self.store)

    async def back(self, database: Database, row: dict[str, object]) -> None:
        """An older copy is put back: of all that is in it the numbers are what counts."""
        table = "pair" if database is self.main else "counterpart"
        async with database.transaction() as tx:
            for column, value in row.items():
                await tx.statement(f"UPDATE {table} SET {column} = {value}")

    def restart(self) -> None:
        """A process that knows nothing yet."""
        for database in (self.main, self.store):
            database.changes = database.noted = database.kept = 0


@pytest.fixture
async def two(database: Database, keys_database: Database) -> Two:
    keys = KeyStore(keys_database, bytes(32))
    async with database.transaction() as tx:
        await tx.statement(CENTRE)
    await keys.create_key(1)
    await pair.join(database, keys_database)
    return Two(database, keys)


async def test_what_is_counted_while_something_is_noted_is_not_taken_for_noted(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two.main.reading() as tx:
        kind = type(tx)
    run = kind.run

    async def meanwhile(tx: Transaction, query: str, /, **given: object) -> int:
        if query == "note_changes":
            await two.keys.create_key(9)
        return await run(tx, query, **given)

    await two.keys.create_key(8)
    with monkeypatch.context() as patch:
        patch.setattr(kind, "run", meanwhile)
        await pair.catch_up(two.main, two.store)
    assert await two.numbers() == (2, 2, 3)
    two.restart()
    assert await two.misfit() is None
    await pair.join(two.main, two.store)
    assert await two.numbers() == (4, 4, 4)


async def test_they_are_joined_once_and_each_start_counts(two: Two) -> None:
    state = await pair.key_state(two.store)
    assert (await pair.main_state(two.main)).id == state.id
    assert await two.numbers() == (1, 1, 1)
    two.restart()
    await pair.join(two.main, two.store)
    assert await two.numbers() == (2, 2, 2)
    assert (await pair.key_state(two.store)).id == state.id


async def test_every_change_counts(two: Two) -> None:
    ledger = Ledger(two.store)
    changes = [
        lambda: two.keys.create_key(2),
        lambda: two.keys.keys_of_all([1, 2, 3]),
        lambda: two.keys.create_ballot_key(7),
        lambda: two.keys.destroy_ballot_key(7),
        lambda: two.keys.destroy(2),
        lambda: ledger.append("decision closed", "7", "closed", 5),
    ]
    for number, change in enumerate(changes, 2):
        await change()
        assert (await pair.key_state(two.store)).changes == number
    assert await two.misfit() is None  # none of them is noted yet, as after a crash
    await pair.catch_up(two.main, two.store)
    assert await two.numbers() == (7, 7, 7)


async def test_reading_counts_nothing(two: Two) -> None:
    await two.keys.key(1)
    await two.keys.keys_of_all([1])
    await two.keys.check()
    assert await two.numbers() == (1, 1, 1)


async def test_a_crash_at_any_step_is_no_older_copy(two: Two) -> None:
    async def starts() -> None:
        assert await two.misfit() is None
        two.restart()
        await pair.join(two.main, two.store)
        noted, main, keys = await two.numbers()
        assert noted == main == keys

    await two.keys.create_ballot_key(7)
    await two.keys.create_key(8)
    await starts()  # before the commit that builds on them
    await two.keys.create_ballot_key(9)
    async with two.main.transaction() as tx:
        await pair.note(tx, two.store)
    await starts()  # after it
    await two.keys.destroy_ballot_key(9)
    await pair.catch_up(two.main, two.store)
    await starts()  # at rest


async def test_what_is_rolled_back_is_not_noted(two: Two) -> None:
    async def work(tx: Transaction) -> None:
        await two.keys.create_key(2)
        await pair.note(tx, two.store)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await two.main.run(work)
    assert await two.numbers() == (1, 1, 2)
    await pair.catch_up(two.main, two.store)
    assert await two.numbers() == (2, 2, 2)


async def test_an_older_key_store_is_known_at_once(two: Two) -> None:
    async with two.main.transaction() as tx:
        await two.keys.create_key(2)
        changes = await pair.note(tx, two.store)
    pair.noted(two.store, changes)
    await two.back(two.store, {"changes": 1})
    assert await two.misfit() is Misfit.OLDER_KEYS


async def test_an_older_database_is_known_once_the_tick_has_come(two: Two) -> None:
    before = await pair.main_state(two.main)
    await two.keys.create_ballot_key(7)
    await pair.catch_up(two.main, two.store)
    await two.back(two.main, {"changes": before.changes})
    assert await two.misfit() is Misfit.OLDER_MAIN


async def test_a_tick_without_changes_writes_nothing(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(work: object) -> None:
        raise AssertionError("nothing is to be written")

    for database in (two.main, two.store):
        monkeypatch.setattr(database, "run", refuse)
    await pair.catch_up(two.main, two.store)
    async with two.main.reading() as tx:  # where writing would fail
        assert await pair.note(tx, two.store) == 1


async def test_two_processes_count_together(
    opener: Opener, fresh_url: Callable[..., Awaitable[str]]
) -> None:
    urls = [(subject, await fresh_url(subject)) for subject in ("main", "keys")]
    first, second = [
        Two(await opener(*urls[0]), KeyStore(await opener(*urls[1]), bytes(32))) for _ in range(2)
    ]
    await pair.join(first.main, first.store)
    await pair.join(second.main, second.store)
    await first.keys.create_key(2)
    await second.keys.create_key(3)
    await pair.catch_up(second.main, second.store)
    assert await first.numbers() == (4, 4, 4)
    await pair.catch_up(first.main, first.store)  # it knows less, and takes nothing back
    assert await second.numbers() == (4, 4, 4)


async def restored(two: Two, name: str | None, changes: int) -> None:
    """What a restore does in its transaction, with the pair that stands in the backup."""

    async def work(tx: Transaction) -> int:
        await tx.statement("DELETE FROM pair")
        if name is not None:
            await tx.run("put_pair", id=name, changes=changes)
        return await pair.join_restored(tx, two.store)

    pair.noted(two.store, await two.main.run(work))


async def test_a_restored_database_fits_and_what_was_put_aside_does_not(two: Two) -> None:
    await two.keys.create_key(2)
    await pair.catch_up(two.main, two.store)
    aside = await pair.main_state(two.main)
    name = str(aside.id)
    await restored(two, name, 1)
    assert await two.misfit() is None
    await pair.catch_up(two.main, two.store)
    assert await two.numbers() == (3, 3, 3)
    await two.back(two.main, {"changes": aside.changes})
    assert await two.misfit() is Misfit.OLDER_MAIN


async def test_a_restore_goes_on_with_an_older_key_store(two: Two) -> None:
    name = str((await pair.main_state(two.main)).id)
    await restored(two, name, 9)
    await pair.catch_up(two.main, two.store)
    assert await two.numbers() == (10, 10, 10)


async def test_a_backup_from_before_there_was_an_id_is_joined(two: Two) -> None:
    await restored(two, None, 0)
    assert await two.misfit() is None


async def test_a_backup_of_another_database_is_refused(two: Two) -> None:
    with pytest.raises(StorageError, match="backup is of another database"):
        await restored(two, "another", 1)
    assert await two.numbers() == (1, 1, 1)


async def test_a_new_key_store_begins_another_pair(two: Two, opener: Opener) -> None:
    name = str((await pair.main_state(two.main)).id)
    new = Two(two.main, KeyStore(await opener("keys"), bytes(32)))
    assert await new.misfit() is Misfit.NO_KEYS
    await restored(new, name, 1)
    await pair.catch_up(new.main, new.store)
    assert await new.misfit() is None
    assert await two.misfit() is Misfit.FOREIGN  # the one that was lost, should it be found


async def test_databases_of_before_are_looked_at_too(opener: Opener) -> None:
    main, keys = await opener("main", migrate=False), await opener("keys", migrate=False)
    assert await pair.main_state(main) == MainState()
    assert await pair.key_state(keys) == KeyState()
    assert await pair.compare(None, None) is None

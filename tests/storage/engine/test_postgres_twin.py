"""A table of PostgreSQL that is written anew while others go on is the same table afterwards."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from kit.erasing_rows import HERS, MEMBER, NAME, OTHERS, SECRET, fill, herself
from kit.postgres_files import catalogue, on_disk, rows

from storage.engine import postgres_twin, postgres_wiping, schema
from storage.engine.database import Database
from storage.engine.errors import StorageError, Transient
from storage.engine.postgres_twin import Twin
from storage.engine.row_order import RowOrder
from storage.engine.transaction import Transaction
from storage.erasure import erasing
from storage.secrets.keys import KeyStore

Opener = Callable[..., Awaitable[Database]]

pytestmark = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)

FOLDERS = [
    str(Path(__file__).parents[3]),
    str(Path(__file__).parents[2]),
    str(Path(__file__).parent),
]


@pytest.fixture
async def url(fresh_url: Callable[..., Awaitable[str]]) -> str:
    return await fresh_url("main")


@pytest.fixture
async def database(url: str, opener: Opener) -> Database:
    return await opener("main", url)


@pytest.fixture
async def other(url: str, opener: Opener) -> Database:
    """The same database as another process has it."""
    return await opener("main", url)


@pytest.fixture
async def stranger(url: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    """Somebody who knows of no gate, as a dump doesn't."""
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each table were large, and copied in many steps."""
    monkeypatch.setattr(postgres_wiping, "SMALL", -1)
    monkeypatch.setattr(postgres_twin, "AT_ONCE", 7)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if `messages` were the only table, and large."""
    monkeypatch.setattr(postgres_wiping, "SMALL", -1)
    monkeypatch.setattr(postgres_wiping, "OWN_TABLES", "SELECT 'messages'")


async def filled(database: Database) -> None:
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)


async def written(database: Database, *refs: str) -> None:
    async with database.transaction() as tx:
        await tx.insert("messages", ("ref", "chat_id", "message_id"), [(ref, 1, 2) for ref in refs])


async def refs(database: Database) -> list[str]:
    async with database.reading() as tx:
        return [row["ref"] for row in await tx.statement("SELECT ref FROM messages ORDER BY ref")]


def before(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, work: Callable[[], Awaitable[None]]
) -> None:
    """This, the first time, before a step of the twin is done."""
    step, first = getattr(where, name), [work]

    async def then(*given: object) -> object:
        if first:
            await first.pop()()
        return await step(*given)

    monkeypatch.setattr(where, name, then)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("subject", ["main", "keys"])
async def test_the_schema_is_the_same_and_so_is_each_row(
    subject: str, database: Database, keys_database: Database
) -> None:
    wiped = database if subject == "main" else keys_database
    await filled(database)
    shape, held = await catalogue(wiped), await rows(wiped)
    for _ in range(2):
        assert await wiped.wipe_remains()
        now = await catalogue(wiped)
        for name, lines in shape.items():
            assert now[name] == lines
        assert await rows(wiped) == held


async def erased(database: Database, keys: KeyStore) -> None:
    """Somebody who had another name before, and of whom a long text was moved out of its row."""
    async with database.transaction() as tx:
        long = "".join(f"{SECRET} {number} " for number in range(2_000))
        await tx.statement(f"UPDATE members SET name = 'Quandary' WHERE id = {MEMBER}")
        await tx.statement("ALTER TABLE messages ALTER COLUMN ref SET STORAGE EXTERNAL")
        await tx.statement("ALTER TABLE outbox ALTER COLUMN payload SET STORAGE EXTERNAL")
        await tx.statement(f"UPDATE outbox SET payload = '{long}'")
    async with database.transaction() as tx:
        await erasing.erase(tx, keys, await herself(tx), 100)
        await tx.statement("UPDATE outbox SET payload = '{}'")


@pytest.mark.parametrize("size", ["large", "small"])
@pytest.mark.parametrize("noted", [False, True])
async def test_no_byte_of_what_was_deleted_is_left(
    size: str,
    noted: bool,
    database: Database,
    keys_database: Database,
    stranger: asyncpg.Connection[Any],
    request: pytest.FixtureRequest,
) -> None:
    """Nor in what the server notes of each table to plan with."""
    await filled(database)
    if noted:
        await stranger.execute("ANALYZE")
    await erased(database, KeyStore(keys_database, bytes(range(32))))
    gone = [word.encode() for word in (NAME, "Quandary", f"{SECRET} 1999")]
    data = await on_disk(database)
    assert all(word in data for word in gone)  # it finds what is there
    if size == "large":
        request.getfixturevalue("large")
    assert await database.wipe_remains()
    data = await on_disk(database)
    assert [word for word in gone if word in data] == []
    assert b"Bruno" in data


async def patiently(database: Database, work: Callable[[Transaction], Awaitable[None]]) -> None:
    """Who press all the time into tables of a page are in each other's way all the time."""
    while True:
        try:
            return await database.run(work)
        except Transient:
            await asyncio.sleep(0)


@pytest.mark.usefixtures("large")
async def test_whoever_goes_on_loses_nothing_and_has_nothing_twice(
    database: Database, other: Database
) -> None:
    """Members of one centre come, are renumbered, change and go, with what refers to them."""
    await filled(database)
    shape = await catalogue(database)
    chance, here, over = random.Random(5), dict[int, tuple[str, bool]](), asyncio.Event()

    async def press(number: int, chosen: Database) -> None:
        name, voice = f"name {chance.random()}", chance.random() < 0.5
        what = chance.choice(["come", "come", "change", "go", "renumber"])
        if what != "come" and number not in here:
            return
        target = number + 500_000 if what == "renumber" else number

        async def work(tx: Transaction) -> None:
            if what in ("go", "come", "renumber"):
                await tx.statement(f"DELETE FROM supports WHERE member_id = {number}")
                await tx.statement(f"DELETE FROM supports WHERE member_id = {target}")
            if what in ("go", "come"):
                await tx.statement(f"DELETE FROM members WHERE id = {number}")
            if what == "renumber":
                await tx.statement(f"DELETE FROM members WHERE id = {target}")
            if what == "come":
                await tx.statement(
                    "INSERT INTO members"
                    " (id, centre_id, telegram_id, role, name, status, joined_at)"
                    f" VALUES ({number}, 1, {number}, 'user', '{name}', 'active', 0)"
                )
                if voice:
                    await tx.insert("supports", ("proposal_id", "member_id"), [(20, number)])
            elif what == "change":
                await tx.statement(f"UPDATE members SET name = '{name}' WHERE id = {number}")
            elif what == "renumber":
                await tx.statement(
                    f"UPDATE members SET id = {target}, telegram_id = {target} WHERE id = {number}"
                )

        await patiently(chosen, work)
        if what == "come":
            here[number] = (name, voice)
        elif what == "change":
            here[number] = (name, here[number][1])
        else:
            was = here.pop(number)
            if what == "renumber":
                here[target] = (was[0], False)

    async def go_on(first: int, chosen: Database) -> int:
        pressed = 0
        while not over.is_set():
            await press(first + chance.randrange(40), chosen)
            pressed += 1
        return pressed

    people = [
        asyncio.create_task(go_on(first, chosen))
        for first, chosen in ((1_000, database), (2_000, other), (3_000, other))
    ]
    assert await database.wipe_remains()
    over.set()
    assert sum(await asyncio.gather(*people)) > 10
    async with database.reading() as tx:
        found = {
            row["id"]: (row["name"], row["member_id"] is not None)
            for row in await tx.statement(
                "SELECT id, name, member_id FROM members LEFT JOIN supports ON member_id = id"
                " WHERE id BETWEEN 1000 AND 600000"
            )
        }
        assert found == here
        again = await tx.statement(
            "SELECT COUNT(*) AS n FROM members WHERE id BETWEEN 1000 AND 600000"
        )
    assert again[0]["n"] == len(here)
    now = await catalogue(database)
    assert now["constraints"] == shape["constraints"]
    assert now["functions and schemas"] == shape["functions and schemas"]


@pytest.mark.usefixtures("only")
async def test_what_changes_at_each_step_is_carried_over(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, *"bdfh")

    async def change(gone: str, new: str) -> None:
        async with other.transaction() as tx:
            await tx.statement(f"DELETE FROM messages WHERE ref = '{gone}'")
            await tx.statement(f"UPDATE messages SET message_id = 9 WHERE ref <> '{new}'")
        await written(other, new)

    before(monkeypatch, Twin, "_fill", lambda: change("b", "a"))
    before(monkeypatch, Twin, "_index", lambda: change("d", "e"))
    before(monkeypatch, postgres_twin, "shut_the_gate", lambda: change("h", "i"))
    assert await database.wipe_remains()
    assert await refs(database) == list("aefi")


async def test_nothing_tells_in_which_order_rows_came_meanwhile(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were written into the twin, where no tick looks, before the last tick."""
    monkeypatch.setattr(postgres_wiping, "SMALL", -1)
    monkeypatch.setattr(postgres_wiping, "OWN_TABLES", "SELECT 'presences'")
    order = RowOrder(other)

    async def come(*members: int, where: int = 1) -> None:
        for member in members:
            async with other.transaction() as tx:
                await tx.insert("presences", ("assembly_id", "member_id"), [(where, member)])

    async def tick() -> None:
        await come(9, where=2)  # it looks beyond what was written into the twin
        await order.hide()

    await come(5, 9)
    await order.hide()
    before(monkeypatch, Twin, "_fill", lambda: come(7))
    before(monkeypatch, Twin, "_index", lambda: come(3))
    before(monkeypatch, postgres_twin, "shut_the_gate", tick)
    assert await database.wipe_remains()
    await order.hide()
    async with database.reading() as tx:
        rows = await tx.statement(
            "SELECT member_id, xmin::text FROM presences WHERE assembly_id = 1 ORDER BY ctid"
        )
    assert [row["member_id"] for row in rows] == [3, 5, 7, 9]
    assert len({row["xmin"] for row in rows}) == 1


@pytest.mark.usefixtures("only")
async def test_whoever_comes_to_the_gate_waits_and_sees_everything(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With plans in the cache of their connection that were made for the table before."""
    await written(database, "a")
    assert await refs(other) == ["a"]
    waiting: list[asyncio.Task[list[str]]] = []

    async def come() -> None:
        waiting.extend(asyncio.create_task(refs(other)) for _ in range(3))
        for _ in range(20):
            await asyncio.sleep(0)

    before(monkeypatch, Twin, "_index", lambda: written(other, "b"))
    shut = postgres_twin.shut_the_gate

    async def then(*given: Any) -> None:
        await shut(*given)
        await come()

    monkeypatch.setattr(postgres_twin, "shut_the_gate", then)
    assert await database.wipe_remains()
    assert len(waiting) >= 3
    assert [await each for each in waiting] == [["a", "b"]] * len(waiting)


@pytest.mark.usefixtures("only")
@pytest.mark.parametrize("whose", ["ours", "a stranger's"])
async def test_whoever_reads_from_before_sees_the_table_as_it_was(
    whose: str,
    database: Database,
    other: Database,
    stranger: asyncpg.Connection[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their snapshot is older than what the twin holds; they look at the table late."""
    await written(database, "a", "b")
    reading = other.reading()
    transaction = stranger.transaction(isolation="repeatable_read")

    async def begin() -> None:
        if whose == "ours":
            tx = await reading.__aenter__()
            assert await tx.statement("SELECT COUNT(*) FROM people")
        else:
            await transaction.start()
            assert await stranger.fetch("SELECT COUNT(*) FROM people")

    before(monkeypatch, Twin, "_fill", begin)
    seen = "SELECT COUNT(*) AS n FROM messages"
    assert not await database.wipe_remains()
    if whose == "ours":
        async with other.transaction() as tx:
            await tx.statement("DELETE FROM messages WHERE ref = 'a'")
        await reading.__aexit__(None, None, None)
    else:
        await written(other, "c")
        assert await stranger.fetchval(seen) == 2
        await transaction.rollback()
    assert await database.wipe_remains()
    assert await refs(database) == (["b"] if whose == "ours" else ["a", "b", "c"])


@pytest.mark.usefixtures("large")
async def test_what_somebody_can_still_see_is_not_said_to_be_gone(
    database: Database, stranger: asyncpg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, "remarkable" * 9)
    async with stranger.transaction(isolation="repeatable_read"):
        assert await stranger.fetchval("SELECT COUNT(*) FROM people") == 0
        async with database.transaction() as tx:
            await tx.statement("DELETE FROM messages")
        assert not await database.wipe_remains()
        assert b"remarkable" * 9 in await on_disk(database)
        assert await stranger.fetchval("SELECT COUNT(*) FROM messages") == 1
    assert await database.wipe_remains()
    assert b"remarkable" not in await on_disk(database)


@pytest.mark.usefixtures("only")
async def test_of_several_processes_one_wipes_at_a_time(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, "a")

    async def as_well() -> None:
        assert not await other.wipe_remains()

    before(monkeypatch, Twin, "_index", as_well)
    assert await database.wipe_remains()
    assert await other.wipe_remains()
    assert await refs(database) == ["a"]


KILLED = """
import asyncio, os, sys
sys.path[:0] = {folders!r}
from storage.engine import postgres_twin, postgres_wiping
from storage.engine.opening import open_database

async def die(*_):
    os._exit(9)

async def main(url, step):
    postgres_wiping.SMALL = -1
    postgres_wiping.OWN_TABLES = "SELECT 'members'"
    if step == "valid":
        looked = postgres_wiping.valid
        async def then(*given):
            postgres_wiping.valid = die
            await looked(*given)
        postgres_wiping.valid = then
    else:
        setattr(postgres_twin.Twin, step, die)
    await (await open_database(url)).wipe_remains()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("step", ["_fill", "_index", "_change_places", "valid"])
async def test_what_a_process_that_died_has_left_is_dropped_by_the_next(
    step: str, url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_wiping, "OWN_TABLES", "SELECT 'members'")
    await filled(database)
    async with database.transaction() as tx:
        await tx.statement(f"UPDATE members SET name = 'Quandary' WHERE id = {MEMBER}")
    shape, held = await catalogue(database), await rows(database)
    command = (sys.executable, "-c", KILLED.format(folders=FOLDERS), url, step)
    died = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, said = await died.communicate()
    assert died.returncode == 9, said.decode()
    assert await catalogue(database) != shape
    assert await rows(database) == held
    async with database.transaction() as tx:
        await tx.statement(f"UPDATE members SET name = 'Zora' WHERE id = {MEMBER}")
    while not await database.wipe_remains():
        pass  # the server has not noticed yet
    assert await catalogue(database) == shape
    assert b"Quandary" not in await on_disk(database)


@pytest.mark.usefixtures("only")
async def test_a_table_that_is_changed_meanwhile_stays_as_it_is(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, "a")

    async def change() -> None:
        async with other.migrating() as tx:
            await tx.statement("ALTER TABLE messages ADD COLUMN topic_id BIGINT")
            await tx.statement("UPDATE messages SET topic_id = 5")

    before(monkeypatch, postgres_twin, "shut_the_gate", change)
    with pytest.raises(StorageError):
        await database.wipe_remains()
    assert await database.wipe_remains()
    async with database.reading() as tx:
        [row] = await tx.statement("SELECT ref, topic_id FROM messages")
    assert tuple(row) == ("a", 5)


@pytest.mark.usefixtures("only")
async def test_a_migration_drops_a_twin_in_the_making(
    database: Database, other: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its trigger would go on noting a column that is called otherwise now."""
    await written(database, "a")
    folder = tmp_path / "main"
    folder.mkdir()
    for path in sorted((schema.MIGRATIONS / "main").iterdir()):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    new = f"{len(list(folder.iterdir())) + 1:04}_renamed.sql"
    (folder / new).write_text("ALTER TABLE messages RENAME COLUMN ref TO called;\n", "utf-8")

    async def migrate() -> None:
        assert len(await schema.migrate(other, 0, tmp_path)) == 1
        async with other.transaction() as tx:
            await tx.statement("INSERT INTO messages VALUES ('b', 1, 2)")

    before(monkeypatch, Twin, "_index", migrate)
    with pytest.raises(StorageError):
        await database.wipe_remains()
    assert await database.wipe_remains()
    async with database.reading() as tx:
        [row] = await tx.statement("SELECT COUNT(called) AS n FROM messages")
    assert row["n"] == 2


@pytest.mark.usefixtures("only")
async def test_where_something_else_hangs_on_a_table_it_is_locked_and_that_is_told(
    database: Database, stranger: asyncpg.Connection[Any], caplog: pytest.LogCaptureFixture
) -> None:
    await written(database, "remarkable" * 9)
    await stranger.execute("CREATE VIEW theirs AS SELECT ref FROM messages")
    async with database.transaction() as tx:
        await tx.statement("DELETE FROM messages")
    assert await database.wipe_remains()
    assert "messages is locked while it is written anew: it is not as we made it" in caplog.text
    assert b"remarkable" not in await on_disk(database)
    assert await stranger.fetch("SELECT * FROM theirs") == []


@pytest.mark.usefixtures("only")
async def test_where_somebody_stays_in_the_way_it_is_another_time(
    database: Database, stranger: asyncpg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, "a")
    monkeypatch.setattr("storage.engine.postgres_hands.TIMES", 2)
    async with stranger.transaction():
        await stranger.execute("INSERT INTO messages VALUES ('b', 1, 2)")
        assert not await database.wipe_remains()
    assert await database.wipe_remains()
    assert await refs(database) == ["a", "b"]

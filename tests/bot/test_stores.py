"""Starts with a store that is lost, foreign, older or damaged, although nothing is open."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from kit.disaster import Disaster
from kit.stage import Stage, open_stage

from bot import key_store, soundness, stores
from bot.checks import examine, migrate_both
from bot.settings import SettingsError, StoresError
from storage.engine.database import Database, Subject
from storage.engine.opening import called, open_database
from storage.engine.postgres_transaction import PostgresTransaction
from storage.secrets.cipher import KEY_BYTES

FILES = ("voci.db", "keys.db", "master.key")


def copy(source: Path, target: Path, *names: str) -> Path:
    target.mkdir(exist_ok=True)
    for name in names or FILES:
        for left in (f"{name}-wal", f"{name}-shm"):
            (target / left).unlink(missing_ok=True)
        shutil.copy2(source / name, target / name)
    return target


class Scene:
    """A bot that has stopped; copies of its files: from before the last member, and of now."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.before = folder / "before"
        self.now = folder / "now"

    async def live(self) -> None:
        self.centre, self.group = await self.stage.centre()
        await self.stage.member(self.centre, self.group, "Anna")
        await self.stage.stop_bot()
        copy(self.folder, self.before)
        await self.stage.start_bot()
        await self.stage.member(self.centre, self.group, "Bruno")
        await self.stage.stop_bot()
        copy(self.folder, self.now)

    async def refused(self) -> str:
        """The sentence of starts, check and migrate, which all leave everything as it was."""
        seen = self.content()
        for _ in range(2):
            with pytest.raises(StoresError) as error:
                await self.stage.start_bot()
            [said] = error.value.problems
        found = await examine(self.stage.voci.settings, self.stage.now)
        assert [str(each) for each in found.problems] == [said]
        assert found.code == 4
        with pytest.raises(StoresError) as error:
            await migrate_both(self.stage.voci.settings, self.stage.now)
        assert error.value.problems == [said]
        assert self.content() == seen
        return said

    def content(self) -> dict[str, bytes | None]:
        """What is in the files; None where there is none."""
        paths = {name: self.folder / name for name in FILES}
        return {name: p.read_bytes() if p.exists() else None for name, p in paths.items()}

    def shape(self, name: str) -> dict[str, int]:
        """How many rows each table of a store has."""
        with closing(sqlite3.connect(self.folder / name)) as connection:
            tables = [
                row[0]
                for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {
                each: connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0]
                for each in tables
            }

    async def goes_on(self) -> None:
        """What was put back is accepted, and people find everything."""
        copy(self.now, self.folder)
        assert (await examine(self.stage.voci.settings, self.stage.now)).problems == []
        await self.stage.start_bot()
        names = await self.stage.rows("SELECT name FROM members ORDER BY name")
        assert [row["name"] for row in names] == ["Anna", "Bruno"]


@pytest.fixture
async def scene(stage: Stage, tmp_path: Path) -> Scene:
    scene = Scene(stage, tmp_path)
    await scene.live()
    return scene


def lose(name: str) -> Callable[[Scene], None]:
    return lambda scene: (scene.folder / name).unlink()


def empty(name: str) -> Callable[[Scene], object]:
    return lambda scene: (scene.folder / name).write_bytes(b"")


def cut(name: str) -> Callable[[Scene], None]:
    def work(scene: Scene) -> None:
        path = scene.folder / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])

    return work


def flip(path: Path, at: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def index_entry(scene: Scene) -> None:
    """An entry of an index leads to another row; nothing else is wrong."""
    path = scene.folder / "voci.db"
    with closing(sqlite3.connect(path)) as connection:
        [[size]] = connection.execute("PRAGMA page_size")
        [[root]] = connection.execute(
            "SELECT rootpage FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = 'members' LIMIT 1"
        )
    flip(path, root * size - 1)  # the row's number ends the first entry, and that ends the page


def name_of_a_table(scene: Scene) -> None:
    """What SQLite says of it is no text any more."""
    path = scene.folder / "keys.db"
    flip(path, path.read_bytes().index(b"ledger"), bit=7)


def older(*names: str) -> Callable[[Scene], object]:
    return lambda scene: copy(scene.before, scene.folder, *names)


def another(scene: Scene) -> None:
    (scene.folder / "master.key").write_bytes(bytes(KEY_BYTES))


NO_KEYS = "VOCI_KEYS_URL: keys.db is missing or new, but voci.db belongs to a key store"
NO_MAIN = "VOCI_DATABASE_URL: voci.db is missing or new, but keys.db belongs to a database"


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize(
    ("ruin", "said"),
    [
        (lose("keys.db"), NO_KEYS),
        (empty("keys.db"), NO_KEYS),
        (cut("keys.db"), "VOCI_KEYS_URL: the file is damaged"),
        (older("keys.db"), "VOCI_KEYS_URL: keys.db is older than voci.db"),
        (name_of_a_table, "VOCI_KEYS_URL: the file is damaged"),
        (lose("voci.db"), NO_MAIN),
        (empty("voci.db"), NO_MAIN),
        (cut("voci.db"), "VOCI_DATABASE_URL: the file is damaged"),
        (index_entry, "VOCI_DATABASE_URL: voci.db is damaged: put its latest copy back"),
        (older("voci.db"), "VOCI_DATABASE_URL: voci.db is older than keys.db"),
        (lose("master.key"), "VOCI_MASTER_KEY_FILE: master.key is missing"),
        (empty("master.key"), "VOCI_MASTER_KEY_FILE: the master key master.key has the wrong size"),
        (another, "VOCI_MASTER_KEY_FILE: the master key doesn't fit"),
    ],
)
async def test_the_bot_does_not_start(
    scene: Scene, ruin: Callable[[Scene], None], said: str
) -> None:
    ruin(scene)
    assert (await scene.refused()).startswith(said)
    await scene.goes_on()


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize(
    ("ruin", "said"),
    [
        (lose("master.key"), "VOCI_MASTER_KEY_FILE: master.key is missing"),
        (another, "VOCI_MASTER_KEY_FILE: the master key doesn't fit"),
    ],
)
async def test_nor_with_another_master_key_where_nobody_is_in_it_yet(
    stage: Stage, tmp_path: Path, ruin: Callable[[Scene], None], said: str
) -> None:
    """The one that was changed before anybody came is the only one that marks were made with."""
    scene = Scene(stage, tmp_path)
    await key_store.rotate(stage.voci.settings)
    await stage.stop_bot()
    ruin(scene)
    assert (await scene.refused()).startswith(said)


async def test_a_large_file_is_looked_through_while_the_bot_works(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "AT_ONCE", 0)
    monkeypatch.setattr(soundness, "AT_ONCE", 0)
    index_entry(scene)
    said = "VOCI_DATABASE_URL: voci.db is damaged: put its latest copy back."
    found = await examine(scene.stage.voci.settings, scene.stage.now)
    assert [str(each) for each in found.problems] == [said]
    await scene.stage.start_bot()
    with pytest.raises(ExceptionGroup) as ended:
        async with asyncio.timeout(30):
            await scene.stage.voci.run()
    [error] = ended.value.exceptions
    assert isinstance(error, StoresError)
    assert str(error) == said


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["voci.db", "keys.db"])
async def test_a_bit_that_flips_anywhere_is_told_in_a_sentence_or_changes_a_value(
    scene: Scene, name: str
) -> None:
    """SQLite has no checksums: that a text or a number is another one it can't know."""
    path, noise = scene.folder / name, random.Random(1)
    whole, tables = path.read_bytes(), scene.shape(name)
    written = [at for at, byte in enumerate(whole) if byte]
    told = 0
    for _ in range(40):
        flip(path, noise.choice(written), noise.randrange(8))
        found = await examine(scene.stage.voci.settings, scene.stage.now)
        told += bool(found.problems)
        if not found.problems:
            assert scene.shape(name) == tables
        for beside in scene.folder.glob(f"{name}-*"):
            beside.unlink()
        path.write_bytes(whole)
    assert told


@pytest.mark.usefixtures("no_errors")
async def test_stores_of_another_bot(scene: Scene, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    async with open_stage(other) as stage:
        centre, group = await stage.centre()
        await stage.member(centre, group, "Carla")
        await stage.stop_bot()
        copy(other, tmp_path, "keys.db", "master.key")
    said = await scene.refused()
    assert said.startswith("VOCI_KEYS_URL: keys.db is the key store of another database than voci")
    await scene.goes_on()


@pytest.mark.usefixtures("no_errors")
async def test_both_older_by_the_same_are_a_whole(scene: Scene) -> None:
    """Copies of the same moment belong together; nobody can know that there was more."""
    copy(scene.before, scene.folder)
    await scene.stage.start_bot()


@pytest.mark.usefixtures("no_errors")
async def test_an_older_database_goes_on_by_way_of_a_restore(disaster: Disaster) -> None:
    """On both engines: the restore itself makes the two fit."""
    stage = disaster.stage
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    await disaster.back_up()
    await stage.member(centre, group, "Bruno")
    await stage.tick()
    await disaster.strike()
    assert await disaster.rows("SELECT name FROM members") == [("Anna",)]
    await stage.member(centre, group, "Carla")
    await stage.restart()


@pytest.mark.usefixtures("no_errors")
async def test_an_hour_makes_a_copy_older(stage: Stage, tmp_path: Path) -> None:
    """Although nobody has joined and nothing was closed."""
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    await stage.stop_bot()
    before = copy(tmp_path, tmp_path / "before")
    await stage.start_bot()
    await stage.move(3700)
    await stage.stop_bot()
    copy(before, tmp_path, "voci.db")
    with pytest.raises(SettingsError, match=r"voci.db is older than keys.db"):
        await stage.start_bot()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/voci/keys.db", "keys.db"),
        (
            "postgresql://voci:secret@db.example.org:5432/voci_keys",
            "the PostgreSQL database voci_keys",
        ),
        ("postgresql://postgres@/voci_1?host=%2Ftmp", "the PostgreSQL database voci_1"),
    ],
)
def test_a_store_is_named_without_its_password(url: str, name: str) -> None:
    assert called(url) == name


async def test_a_server_that_keeps_no_checksums_is_noted(
    postgres_url: Callable[..., Awaitable[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the server of the tests keeps them is its version's: it answers, and no more."""
    main = await open_database(await postgres_url("main"))
    keys = await open_database(f"sqlite:///{tmp_path}/keys.db", "keys")
    both: dict[Subject, Database | None] = {"main": main, "keys": keys}
    try:
        async with main.reading() as tx:
            [answer] = await tx.statement("SHOW data_checksums")
        assert await main.notices_damage() is (answer["data_checksums"] == "on")
        for keeps in ("off", "on"):

            async def shown(*_: object, says: str = keeps) -> list[dict[str, str]]:
                return [{"data_checksums": says}]

            with monkeypatch.context() as patch:
                patch.setattr(PostgresTransaction, "statement", shown)
                notes = [note async for note in soundness.notes(both)]
            said = "VOCI_DATABASE_URL: the server keeps no checksums (data_checksums)"
            assert [note.startswith(said) for note in notes] == [True] * (keeps == "off")
    finally:
        await main.close()
        await keys.close()

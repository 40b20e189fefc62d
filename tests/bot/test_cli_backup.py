"""`voci backup` and `voci restore` as an operator types them, and killed in the middle."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import pytest
from kit.backup_rows import fill_all
from typer.testing import CliRunner, Result

from bot.cli import app
from storage.engine.opening import open_database
from storage.erasure.erasures import KIND
from storage.secrets import keys
from storage.secrets.ledger import Ledger

ENVIRONMENT = {"VOCI_BOT_TOKEN": "1:" + "a" * 30, "VOCI_DATA_DIR": "data"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a data folder that was filled once."""
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    assert voci("migrate").exit_code == 0
    asyncio.run(fill_main(tmp_path))
    return tmp_path


async def fill_main(folder: Path) -> None:
    database = await open_database(f"sqlite:///{folder}/data/voci.db")
    async with database.transaction() as tx:
        await fill_all(tx)
    await database.close()


def voci(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def lose(folder: Path) -> None:
    """The main database is gone, the key store is not."""
    for path in (folder / "data").glob("voci.db*"):
        path.unlink()


def rows(folder: Path) -> dict[str, int]:
    """How many rows there are, by table; nothing where there is no table."""
    base = sqlite3.connect(f"file:{folder}/data/voci.db?mode=ro", uri=True)
    try:
        names = [
            name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {name: base.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in names}
    finally:
        base.close()


def test_out_and_back(folder: Path) -> None:
    done = voci("backup", "b.zip")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("b.zip: ")
    before = rows(folder)
    lose(folder)
    done = voci("restore", "b.zip")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "rows are back, as they were on 20" in lines[0]
    assert lines[1:] == [
        "Decisions that were open and are void now: 1.",
        "Members erased since then, and erased again: 0.",
        "Memberships, consents to check-ins, duties and invitations that ended since then, "
        "and ended again: 0.",
    ]
    after = rows(folder)
    for table in ("members", "proposals", "supports", "consents", "decisions", "answers"):
        assert after[table] == before[table] > 0


def test_nothing_is_overwritten(folder: Path) -> None:
    assert voci("backup", "b.zip").exit_code == 0
    again = voci("backup", "b.zip")
    assert again.exit_code == 2
    assert again.stderr == "b.zip exists already, and nothing is overwritten\n"
    done = voci("restore", "b.zip")
    assert done.exit_code == 2
    assert "the database is not empty, and b.zip only goes into an empty one" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "b.zip can't be read: No such file or directory\n"),
        (b"PK", "b.zip is no backup of Voci, or a part of it is missing\n"),
    ],
)
def test_a_file_that_is_none_writes_nothing(folder: Path, content: bytes | None, said: str) -> None:
    lose(folder)
    if content is not None:
        (folder / "b.zip").write_bytes(content)
    done = voci("restore", "b.zip")
    assert (done.exit_code, done.stderr) == (2, said)
    assert not (folder / "data/voci.db").exists()


def test_half_a_file_writes_nothing(folder: Path) -> None:
    voci("backup", "b.zip")
    lose(folder)
    path = folder / "b.zip"
    path.write_bytes(path.read_bytes()[:-200])
    assert voci("restore", "b.zip").exit_code == 2
    assert not (folder / "data/voci.db").exists()


def test_without_the_key_store_nothing_is_restored(folder: Path) -> None:
    voci("backup", "b.zip")
    lose(folder)
    for path in (folder / "data").glob("keys.db*"):
        path.unlink()
    done = voci("restore", "b.zip")
    assert done.exit_code == 2
    assert done.stderr.startswith("VOCI_KEYS_URL: the key store is not there. Put it back first.")
    assert not (folder / "data/voci.db").exists()


async def use(folder: Path) -> None:
    database = await open_database(f"sqlite:///{folder}/data/keys.db", "keys")
    await keys.KeyStore(database, b"m" * 32).create_key(11)
    await Ledger(database).append(KIND, "somebody", "", 5)
    await database.close()


def test_a_master_key_that_is_missing_or_another_is_refused(folder: Path) -> None:
    voci("backup", "b.zip")
    lose(folder)
    asyncio.run(use(folder))
    done = voci("restore", "b.zip")
    assert done.exit_code == 4
    assert done.stderr.startswith("VOCI_MASTER_KEY_FILE: master.key is missing")
    path = folder / "data/master.key"
    assert not path.exists()
    path.write_bytes(b"x" * 32)
    path.chmod(0o600)
    done = voci("restore", "b.zip")
    assert done.exit_code == 4
    assert "the master key doesn't fit this key store" in done.stderr
    assert not (folder / "data/voci.db").exists()
    path.write_bytes(b"m" * 32)
    assert voci("restore", "b.zip").exit_code == 0


def test_there_must_be_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    done = voci("backup", "b.zip")
    assert done.exit_code == 2
    assert done.stderr.startswith("VOCI_DATABASE_URL: ")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
sys.path[:0] = {path!r}
from bot import cli
from handlers.recovery import restored
from storage.backups import backup, backup_writing, restoring
from storage.engine import catalogue

def die(*_, **__):
    os._exit(9)

async def die_later(*_, **__):
    os._exit(9)

owner, name = {{
    "writing": (backup_writing.Writer, "finish"),
    "renaming": (backup_writing.os, "fsync"),
    "loading": (catalogue, "highest_id"),
    "settling": (restored.decisions, "void_open"),
}}[sys.argv.pop(1)]
setattr(owner, name, die_later if name in ("highest_id", "void_open") else die)
cli.main()
"""


def killed(step: str, *words: str) -> None:
    root = str(Path(__file__).parents[2])
    script = KILLED.format(path=[root])
    done = asyncio.run(
        _run(sys.executable, "-c", script, step, *words, env={**os.environ, **ENVIRONMENT})
    )
    assert done == 9


async def _run(*words: str, env: dict[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(*words, env=env)
    return await process.wait()


@pytest.mark.parametrize("step", ["writing", "renaming"])
def test_a_backup_that_is_killed_leaves_no_file_of_that_name(folder: Path, step: str) -> None:
    killed(step, "backup", "b.zip")
    assert not (folder / "b.zip").exists()
    [left] = [path for path in folder.iterdir() if path.name.startswith(".b.zip.")]
    assert left.stat().st_mode & 0o777 == 0o600
    assert voci("backup", "b.zip").exit_code == 0


@pytest.mark.parametrize("step", ["loading", "settling"])
def test_a_restore_that_is_killed_leaves_an_empty_database(folder: Path, step: str) -> None:
    voci("backup", "b.zip")
    lose(folder)
    killed(step, "restore", "b.zip")
    assert rows(folder) == {}
    assert voci("restore", "b.zip").exit_code == 0
    assert rows(folder)["members"] == 4

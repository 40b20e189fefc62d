"""Every command where something is missing, in the way, locked up or full: one plain sentence."""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from bot.cli import app
from storage.backups import backup_writing

WORDS = {
    "VOCI_BOT_TOKEN": "1:" + "a" * 30,
    "VOCI_LISTEN": "127.0.0.1:1",  # where nothing answers
    "VOCI_TELEGRAM_API_URL": "http://127.0.0.1:1",
}
# Names of classes and constants: what drivers say. Behind a sentence, in brackets, they may stand.
OF_A_DRIVER = re.compile(r"\b[A-Za-z]+Error\b|gaierror|SQLITE_|Errno|unable to")
NEED_STORES = {
    "backup": ("backup", "new.zip"),
    "move": ("move", "sqlite:///new.db"),
    "keys status": ("keys", "status"),
    "keys rotate": ("keys", "rotate"),
    "keys backup": ("keys", "backup", "new.zip"),
    "keys move": ("keys", "move", "sqlite:///new.db"),
}
LOOK_AT_STORES = {**NEED_STORES, "check": ("check",), "migrate": ("migrate",)}
Prepare = Callable[[Path], object]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data folder that was migrated, and a copy of each store."""
    folder = tmp_path_factory.mktemp("filled")
    before = Path.cwd()
    os.chdir(folder)
    try:
        for words in (["migrate"], ["backup", "b.zip"], ["keys", "backup", "k.zip"]):
            assert CliRunner().invoke(app, words, env=WORDS).exit_code == 0
    finally:
        os.chdir(before)
    (folder / "data/master.key").write_bytes(b"m" * 32)
    (folder / "data/master.key").chmod(0o600)
    (folder / "text").write_text("no backup, no list, no election\n")
    (folder / "empty").touch()
    return folder


@pytest.fixture
def here(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in that has all of it, and nothing set but WORDS."""
    folder = tmp_path / "here"
    shutil.copytree(filled, folder)
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("VOCI_")]:
        monkeypatch.delenv(name)
    for name, value in WORDS.items():
        monkeypatch.setenv(name, value)
    return folder


def tree(folder: Path) -> dict[str, int]:
    """What lies there, with sizes; not the files of SQLite beside its databases."""
    return {
        str(path.relative_to(folder)): path.stat().st_size if path.is_file() else -1
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-wal", "-shm", ".lock"))
    }


def refused(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    """It ends with a code and a sentence in plain words, and nothing was written."""
    before = tree(folder)
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, SystemExit | None), repr(result.exception)
    told = result.stderr or result.stdout
    assert result.exit_code == code, told
    assert said in told
    assert not OF_A_DRIVER.search(re.sub(r"\([^)]*\)", "", told)), told
    assert tree(folder) == before


def nothing(folder: Path) -> None:
    shutil.rmtree(folder / "data")


def empty_folder(folder: Path) -> None:
    nothing(folder)
    (folder / "data").mkdir(mode=0o700)


def file_for_a_folder(folder: Path) -> None:
    nothing(folder)
    (folder / "data").touch()


def folder_for(name: str) -> Prepare:
    def prepare(folder: Path) -> None:
        lost(name)(folder)
        (folder / "data" / name).mkdir(mode=0o700)

    return prepare


def lost(name: str) -> Prepare:
    def prepare(folder: Path) -> None:
        for path in (folder / "data").glob(f"{name}*"):
            path.unlink()

    return prepare


def as_it_is(_: Path) -> None: ...


@pytest.mark.parametrize("words", NEED_STORES.values(), ids=NEED_STORES)
@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (nothing, "there is nothing yet: voci run makes "),
        (empty_folder, "there is nothing yet: voci run makes "),
        (file_for_a_folder, "Not a directory. For example: "),
    ],
)
def test_stores_that_are_not_there(
    here: Path, words: tuple[str, ...], prepare: Prepare, said: str
) -> None:
    prepare(here)
    refused(here, words, 2, said)


@pytest.mark.parametrize("words", LOOK_AT_STORES.values(), ids=LOOK_AT_STORES)
def test_a_folder_in_the_place_of_a_store(here: Path, words: tuple[str, ...]) -> None:
    name = "keys.db" if words[0] == "keys" else "voci.db"
    folder_for(name)(here)
    refused(here, words, 2, f"{name} can't be opened: Is a directory. For example: ")


ADDRESSES = [
    ("postgresql://[", 2, "this address can't be read; one is like postgresql://user:password@"),
    ("postgresql://voci@127.0.0.1:99999/voci", 2, "this address can't be read"),
    ("postgresql://voci@127.0.0.1:abc/voci", 2, "this address can't be read"),
    ("postgresql://voci@127.0.0.1/voci?sslmode=wrong", 2, "this address can't be read"),
    ("postgresql://voci:s3cret@127.0.0.1:1/voci", 3, "can't be reached: the connection is refused"),
    ("postgresql://voci@/voci?host=/nowhere", 3, "can't be reached: there is no such socket"),
    ("sqlite:///nowhere/x.db", 2, "x.db can't be made: there is no folder "),
    ("sqlite:///", 2, "Is a directory"),
    ("sqlite:///" + "x" * 300, 2, "File name too long"),
]


@pytest.mark.parametrize("words", LOOK_AT_STORES.values(), ids=LOOK_AT_STORES)
@pytest.mark.parametrize(("url", "code", "said"), ADDRESSES)
def test_addresses_that_lead_nowhere(
    here: Path,
    words: tuple[str, ...],
    url: str,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOCI_KEYS_URL" if words[0] == "keys" else "VOCI_DATABASE_URL", url)
    refused(here, words, code, said)


TARGETS = [
    *(("", 2, "a database address is "), ("x", 2, "a database address is ")),
    *(("mysql://x", 2, "a database address is "), ("postgres://x", 2, "a database address is ")),
    *ADDRESSES,
]


@pytest.mark.parametrize("words", [("move",), ("keys", "move")], ids=" ".join)
@pytest.mark.parametrize(("url", "code", "said"), TARGETS)
def test_addresses_to_move_to(
    here: Path, words: tuple[str, ...], url: str, code: int, said: str
) -> None:
    refused(here, (*words, url), code, said)


@pytest.mark.parametrize("words", [("backup",), ("keys", "backup")], ids=" ".join)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text", "text exists already, and nothing is overwritten"),
        ("data", "data is a folder: name a file in it that is not there yet"),
        (".", ". is a folder: name a file in it"),
        ("", ". is a folder: name a file in it"),
        ("nowhere/b.zip", "b.zip can't be written: there is no folder nowhere"),
        ("text/b.zip", "b.zip can't be written: Not a directory"),
        ("x" * 300, "can't be written: File name too long"),
        ("x" * 250, "can't be written: File name too long"),
    ],
)
def test_files_that_cannot_be_written(
    here: Path, words: tuple[str, ...], name: str, said: str
) -> None:
    refused(here, (*words, name), 2, said)


@pytest.mark.parametrize("words", [("backup",), ("keys", "backup")], ids=" ".join)
def test_a_full_disk(here: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_writing.Writer, "finish", full)
    refused(here, (*words, "new.zip"), 3, "new.zip can't be written: the disk is full")


@pytest.mark.parametrize("name", ["text", "nowhere/k.zip"])
def test_a_copy_that_was_not_written_is_not_known_as_one(here: Path, name: str) -> None:
    assert CliRunner().invoke(app, ["keys", "rotate"]).exit_code == 0  # forgets the one of before
    assert CliRunner().invoke(app, ["keys", "backup", name]).exit_code == 2
    told = CliRunner().invoke(app, ["keys", "status"])
    assert "There is no copy of it that is usable" in told.stdout


def test_a_copy_that_is_there_stays_known_whatever_fails_behind_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        fsync(descriptor)

    assert CliRunner().invoke(app, ["keys", "rotate"]).exit_code == 0  # forgets the one of before
    monkeypatch.setattr(os, "fsync", failing)
    assert CliRunner().invoke(app, ["keys", "backup", "new.zip"]).exit_code == 2
    assert (here / "new.zip").exists()
    told = CliRunner().invoke(app, ["keys", "status"])
    assert "There is no copy of it that is usable" not in told.stdout


READERS = {
    "restore": ("restore", "{}"),
    "keys restore": ("keys", "restore", "{}"),
    "tally": ("tally", "{}", "--method", "irv"),
    "verify": ("verify", "{}"),
}


@pytest.mark.parametrize("words", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.zip", "nowhere.zip can't be read: No such file or directory"),
        ("text/b.zip", "b.zip can't be read: Not a directory"),
        ("data", "data can't be read: Is a directory"),
        ("", ". can't be read: Is a directory"),
        ("x" * 300, "can't be read: File name too long"),
        ("empty", ""),
        ("text", ""),
        ("data/keys.db", ""),
    ],
)
def test_files_that_cannot_be_read(
    here: Path, words: tuple[str, ...], name: str, said: str
) -> None:
    refused(here, tuple(word.format(name) for word in words), 2, said)


@pytest.mark.parametrize(
    ("words", "prepare", "code", "said"),
    [
        (("restore", "b.zip"), nothing, 2, "the key store is not there. Put it back first."),
        (("restore", "b.zip"), file_for_a_folder, 2, "VOCI_KEYS_URL: Not a directory"),
        (("restore", "b.zip"), folder_for("voci.db"), 2, "voci.db can't be opened: Is a dir"),
        (("restore", "b.zip"), folder_for("keys.db"), 2, "keys.db can't be opened: Is a dir"),
        (
            ("restore", "k.zip"),
            lost("voci.db"),
            2,
            "a backup of the key store: voci keys restore k.zip",
        ),
        (("keys", "restore", "k.zip"), as_it_is, 2, "not empty, and k.zip only goes into an"),
        (("keys", "restore", "k.zip"), lost("master.key"), 2, "the master key master.key can't"),
        (("keys", "restore", "k.zip"), file_for_a_folder, 2, "VOCI_DATA_DIR: Not a directory"),
        (("keys", "restore", "k.zip"), folder_for("keys.db"), 2, "keys.db can't be opened: Is"),
        (
            ("keys", "restore", "b.zip"),
            lost("keys.db"),
            2,
            "a backup of the main database: voci restore",
        ),
        (("migrate",), file_for_a_folder, 2, "VOCI_DATA_DIR: Not a directory"),
        (("check",), file_for_a_folder, 2, "VOCI_DATA_DIR: Not a directory"),
        (("status",), as_it_is, 3, "Nothing answers at 127.0.0.1:1: is voci run under way"),
        (("check",), as_it_is, 3, "Telegram can't be reached: the connection is refused"),
    ],
)
def test_what_else_is_in_the_way(
    here: Path, words: tuple[str, ...], prepare: Prepare, code: int, said: str
) -> None:
    prepare(here)
    refused(here, words, code, said)


def _no_more_than_anybody() -> None:
    """Root may read what its mode forbids; in a child that gives this up it may not either."""
    libc = ctypes.CDLL(None)
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="gives rights up as Linux has them")
@pytest.mark.parametrize(
    ("words", "closed", "code", "said"),
    [
        (("backup", "new.zip"), "data/voci.db", 2, "voci.db can't be opened: Permission denied"),
        (("keys", "status"), "data", 2, "VOCI_KEYS_URL: Permission denied. For example:"),
        (("keys", "backup", "new.zip"), "data", 2, "VOCI_KEYS_URL: Permission denied."),
        (("backup", "new.zip"), "data", 2, "VOCI_DATABASE_URL: Permission denied."),
        (("check",), "data", 2, "VOCI_DATA_DIR: nothing can be written there"),
        (("run",), "data", 2, "VOCI_DATA_DIR: nothing can be written there"),
        (("migrate",), "data", 2, "VOCI_DATA_DIR: nothing can be written there"),
        (("restore", "b.zip"), "b.zip", 2, "b.zip can't be read: Permission denied"),
        (("tally", "text", "--method", "irv"), "text", 2, "text can't be read: Permission denied"),
        (("verify", "text"), "text", 2, "text can't be read: Permission denied"),
        (("keys", "rotate"), "data/master.key", 2, "master.key can't be used: Permission denied"),
        (("backup", "text/new.zip"), "text", 2, "new.zip can't be written: Not a directory"),
        (("backup", "locked/new.zip"), "locked", 2, "new.zip can't be written: Permission denied"),
    ],
)
def test_what_may_not_be_read_or_written(
    here: Path, words: tuple[str, ...], closed: str, code: int, said: str
) -> None:
    (here / "locked").mkdir()
    (here / closed).chmod(0)
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", "from bot.cli import main; main()", *words],
        preexec_fn=_no_more_than_anybody,
        capture_output=True,
        text=True,
        check=False,
    )
    (here / closed).chmod(0o700)
    told = done.stderr or done.stdout
    assert done.returncode == code, told
    assert said in told
    assert not OF_A_DRIVER.search(told), told
    assert not (here / "new.zip").exists()


@pytest.mark.parametrize("words", LOOK_AT_STORES.values(), ids=LOOK_AT_STORES)
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://postgres@/nobody_made?host={}", "the server has no such database: createdb"),
        ("postgresql://stranger@/postgres?host={}", "the server doesn't let this user in"),
    ],
)
async def test_a_server_that_refuses(
    here: Path,
    words: tuple[str, ...],
    url: str,
    said: str,
    postgres_server: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "VOCI_KEYS_URL" if words[0] == "keys" else "VOCI_DATABASE_URL"
    monkeypatch.setenv(name, url.format(quote(postgres_server)))
    await asyncio.to_thread(refused, here, words, 2, said)

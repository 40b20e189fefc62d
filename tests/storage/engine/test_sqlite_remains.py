"""Overwriting what deleting leaves in a SQLite file: all of it, nothing else, whoever is there."""

from __future__ import annotations

import json
import random
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.engine import sqlite_remains
from storage.engine.sqlite_remains import DAMAGED, IN_THE_WAY, Damaged, overwrite, unallocated

PAGE = 4_096
ROWS, GONE = 6_000, range(0, 6_000, 3)


def word(number: int) -> str:
    return f"name-{number:06}"


class File:
    """A database whose pages were split and balanced in every order, and then a third deleted."""

    def __init__(self, folder: Path, page_size: int = PAGE) -> None:
        self.path = folder / "some.db"
        self.connection = self.open()
        self.connection.execute("PRAGMA cache_size = -100000")  # kB: all of it
        self.connection.execute(f"PRAGMA page_size = {page_size}")
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.executescript(
            "CREATE TABLE long (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT UNIQUE, text TEXT);"
            "CREATE TABLE short (mixed TEXT PRIMARY KEY, word TEXT) WITHOUT ROWID;"
        )
        chance = random.Random(7)
        numbers = chance.sample(range(ROWS), ROWS)
        for start in range(0, ROWS, 200):
            self.connection.execute("BEGIN")
            for number in numbers[start : start + 200]:
                text = word(number) * chance.choice([1, 2, 9, 40, 700])
                self.add(number, text, chance.random())
            self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.execute("BEGIN")
        for number in GONE:
            for table in ("long", "short"):
                self.connection.execute(f"DELETE FROM {table} WHERE word = ?", (word(number),))
        self.connection.execute("COMMIT")

    def open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def add(self, number: int, text: str, mixed: float) -> None:
        self.connection.execute("INSERT INTO long (word, text) VALUES (?, ?)", (word(number), text))
        self.connection.execute("INSERT INTO short VALUES (?, ?)", (f"{mixed}", word(number)))

    def content(self) -> list[tuple[object, ...]]:
        """All rows, once SQLite finds nothing wrong with the file."""
        assert self.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [
            *self.connection.execute("SELECT * FROM long ORDER BY id"),
            *self.connection.execute("SELECT * FROM short ORDER BY mixed"),
            *self.connection.execute("SELECT * FROM sqlite_sequence"),
            *self.connection.execute("PRAGMA user_version"),
        ]

    def found(self) -> set[int]:
        """Whoever can be found in the file or the log, in a row or beside one."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # Read by another process: to close the file in this one would take its locks away.
        command = ["cat", str(self.path), f"{self.path}-wal"]
        data = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
        return {int(found) for found in re.findall(rb"name-(\d{6})", data)}

    def left(self) -> set[int]:
        """Who is gone, and can still be found."""
        return self.found() & set(GONE)

    def wipe(self) -> int:
        """In a process of its own, as it has to be."""
        command = [sys.executable, "-I", sqlite_remains.__file__, str(self.path)]
        return subprocess.run(command, check=False).returncode  # noqa: S603


@pytest.mark.parametrize("page_size", [512, 4_096, 65_536])
def test_nobody_who_is_gone_is_left_and_all_else_is_as_it_was(
    tmp_path: Path, page_size: int
) -> None:
    file = File(tmp_path, page_size)
    before = file.content()
    assert file.left() or page_size > PAGE  # large ones are seldom split
    for _ in range(2):
        assert file.wipe() == 0
        assert file.left() == set()
        assert file.content() == before


def test_whoever_remembers_pages_does_not_write_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even who has read them a moment before."""
    file = File(tmp_path)
    assert file.left()
    real = sqlite_remains._overwrite

    def just_read(descriptor: int, at: int, size: int) -> None:
        file.content()  # a connection that remembers all of it
        real(descriptor, at, size)

    monkeypatch.setattr(sqlite_remains, "_overwrite", just_read)
    monkeypatch.setattr(sqlite_remains, "STEP", 1 << 30)
    overwrite(file.path)
    file.connection.execute("UPDATE long SET text = text || 'x'")
    file.connection.execute("UPDATE short SET word = word || 'x'")
    assert file.left() == set()


WRITES = """
import random, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
connection.execute("PRAGMA secure_delete = ON")
chance, number = random.Random(3), 0
print("begun", flush=True)
while number < int(sys.argv[2]):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO short VALUES (?, ?)", (f"{chance.random()}", f"more{number}"))
    connection.execute("INSERT INTO long (word, text) VALUES (?, ?)", (f"more{number}", "x" * 99))
    connection.execute("COMMIT")
    number += 1
print("ended", flush=True)
"""


def test_others_go_on_writing_and_nothing_of_theirs_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, more = File(tmp_path), 400
    before = file.content()
    file.connection.close()
    monkeypatch.setattr(sqlite_remains, "STEP", 65_536)
    monkeypatch.setattr(sqlite_remains, "PATIENCE", 60)
    writing = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITES, str(file.path), str(more)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert writing.stdout is not None
    assert writing.stdout.readline() == b"begun\n"
    while writing.poll() is None:
        overwrite(file.path)
    assert writing.stdout.read() == b"ended\n"
    writing.stdout.close()
    file.connection = file.open()
    after = file.content()
    assert len(after) == len(before) + 2 * more
    assert file.left() == set()


CHANGES = """
import json, random, sqlite3, sys, time
path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
connection = sqlite3.connect(path, isolation_level=None, timeout=60)
connection.execute("PRAGMA secure_delete = ON")
chance = random.Random(seed)
rows = dict(connection.execute("SELECT word, text FROM long"))
until = time.monotonic() + seconds
commits = 0
while time.monotonic() < until:
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(chance.choice([1, 3, 60])):
        length = chance.choice([0, 9, 300, 1_500, 4_050, 20_000])
        text = f"{chance.random()}".ljust(length, "x")
        word = chance.choice(list(rows)) if chance.random() < 0.7 else f"new{chance.random()}"
        if word not in rows:
            connection.execute("INSERT INTO long (word, text) VALUES (?, ?)", (word, text))
            connection.execute("INSERT INTO short VALUES (?, ?)", (word, text[:2_000]))
            rows[word] = text
        elif chance.random() < 0.55:
            connection.execute("DELETE FROM long WHERE word = ?", (word,))
            connection.execute("DELETE FROM short WHERE word = ?", (word,))
            del rows[word]
        else:
            connection.execute("UPDATE long SET text = ? WHERE word = ?", (text, word))
            rows[word] = text
    connection.execute("COMMIT")
    commits += 1
    time.sleep(chance.choice([0, 0.01, 0.05]))
with open(path + ".rows", "w") as file:
    json.dump([commits, rows], file)
"""

LOOKS = """
import sqlite3, sys, time
path, seconds = sys.argv[1], float(sys.argv[2])
until, looks = time.monotonic() + seconds, 0
while time.monotonic() < until:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    connection.execute(f"PRAGMA mmap_size = {looks % 2 << 30}")
    for _ in range(4):
        connection.execute("BEGIN")
        before = connection.execute("SELECT COUNT(*), TOTAL(LENGTH(text)) FROM long").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        time.sleep(0.01)
        again = connection.execute("SELECT COUNT(*), TOTAL(LENGTH(text)) FROM long").fetchall()
        connection.execute("COMMIT")
        assert before == again
        looks += 1
        time.sleep(0.3)
    with sqlite3.connect(":memory:") as copy:
        connection.backup(copy, pages=looks % 3 * 1_000 - 1)
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()
    connection.close()
"""


PATIENTLY = """
import sys
from pathlib import Path
from storage.engine import sqlite_remains
sqlite_remains.PATIENCE = 4
sys.exit(sqlite_remains.main(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("seconds", [2, pytest.param(60, marks=pytest.mark.long)])
def test_whatever_others_do_meanwhile_the_file_is_whole(tmp_path: Path, seconds: int) -> None:
    """One changes rows of every size, one looks and copies, wiping is killed now and then."""
    file, chance = File(tmp_path), random.Random(seconds)
    others = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", program, str(file.path), str(seconds), "11"],
            stdin=subprocess.DEVNULL,
        )
        for program in (CHANGES, LOOKS)
    ]
    file.connection.close()
    command, ends = [sys.executable, "-c", PATIENTLY, str(file.path)], list[int]()
    while others[0].poll() is None and others[1].poll() is None:
        wiping = subprocess.Popen(command)  # noqa: S603
        if chance.random() < 0.3:
            time.sleep(chance.uniform(0.05, 0.3))
            wiping.kill()
        ends.append(wiping.wait())
    assert [other.wait() for other in others] == [0, 0]
    commits, rows = json.loads(file.path.with_name(f"{file.path.name}.rows").read_text())
    assert commits
    assert set(ends) <= {0, IN_THE_WAY, -signal.SIGKILL}
    assert 0 in ends or seconds < 60
    file.connection = file.open()
    file.content()
    assert dict(file.connection.execute("SELECT word, text FROM long")) == rows
    assert file.wipe() == 0
    file.content()
    assert dict(file.connection.execute("SELECT word, text FROM long")) == rows
    assert file.found() == {int(word[5:]) for word in rows if word.startswith("name-")}


def test_killed_at_any_moment_the_file_says_the_same(tmp_path: Path) -> None:
    file, chance = File(tmp_path), random.Random(5)
    before = file.content()
    for _ in range(12):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", sqlite_remains.__file__, str(file.path)]
        )
        time.sleep(chance.uniform(0.01, 0.15))
        process.kill()
        process.wait()
        assert file.content() == before
    assert file.wipe() == 0
    assert file.left() == set()
    assert file.content() == before


def test_a_reader_in_the_way_is_told(tmp_path: Path) -> None:
    file = File(tmp_path)
    reader = file.open()
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM long").fetchall()
    assert file.wipe() == IN_THE_WAY
    reader.execute("COMMIT")
    assert file.wipe() == 0


def test_a_damaged_page_is_left_as_it_is(tmp_path: Path) -> None:
    file = File(tmp_path)
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.connection.close()
    data = bytearray(file.path.read_bytes())
    data[PAGE : PAGE + 8] = struct.pack(">BHHHB", 13, 0, 9_000, 200, 0)
    file.path.write_bytes(data)
    assert file.wipe() == DAMAGED
    assert file.path.read_bytes()[PAGE : 2 * PAGE] == data[PAGE : 2 * PAGE]


def test_a_file_with_auto_vacuum_is_left_as_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its second page says where others belong, and its first byte can be that of a b-tree."""
    file = File(tmp_path)
    file.connection.execute("PRAGMA auto_vacuum = FULL")
    file.connection.execute("VACUUM")
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.connection.close()
    before = file.path.read_bytes()
    assert file.wipe() == 1
    assert capfd.readouterr().err == "AutoVacuum"
    assert file.path.read_bytes() == before


def test_a_file_that_is_no_database_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.db"
    path.write_text("a letter to somebody, which is long enough " * 9)
    command = [sys.executable, "-I", sqlite_remains.__file__, str(path)]
    assert subprocess.run(command, check=False).returncode == 1  # noqa: S603
    assert capfd.readouterr().err == "SQLITE_NOTADB"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (struct.pack(">BHHHB", 13, 0, 3, 900, 0), (14, 900)),  # a leaf of a table
        (struct.pack(">BHHHB", 10, 0, 0, 1_024, 0), (8, 1_024)),  # an empty one of an index
        (struct.pack(">BHHHB", 2, 40, 2, 500, 1), (16, 500)),  # between leaves
        (struct.pack(">BHHHB", 5, 0, 6, 24, 0), (24, 24)),  # full
        (struct.pack(">II", 77, 1), (0, 0)),  # the continuation of a long row
        (bytes(8), (0, 0)),  # given back
    ],
)
def test_where_a_page_has_bytes_that_belong_to_nothing(
    header: bytes, found: tuple[int, int]
) -> None:
    pages = bytes(1_024) + header.ljust(1_024, b"\1")
    assert unallocated(pages, 1_024, 1_024) == (1_024 + found[0], 1_024 + found[1])


def test_the_largest_pages_say_0_where_65536_does_not_fit() -> None:
    page = struct.pack(">BHHHB", 13, 0, 0, 0, 0).ljust(65_536, b"\1")
    assert unallocated(page, 0, 65_536) == (8, 65_536)


@pytest.mark.parametrize("header", [(13, 0, 3, 12, 0), (13, 0, 3, 1_025, 0), (2, 0, 999, 500, 0)])
def test_a_page_that_says_what_cannot_be(header: tuple[int, ...]) -> None:
    with pytest.raises(Damaged):
        unallocated(struct.pack(">BHHHB", *header).ljust(1_024, b"\1"), 0, 1_024)

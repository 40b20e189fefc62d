"""Files that are cut, changed or something else: one sentence, before a row is used."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.backups.backup_file import (
    BATCH,
    BackupError,
    Step,
    read,
)
from storage.backups.backup_row import Value, decoded, encoded
from storage.backups.backup_writing import write

SCHEMA = (Step(1, "0001_one", "abc"),)
ROWS: list[tuple[Value, ...]] = [
    (1, "Anna\n\x00", None),
    (2**60, "\u2028 ü", b"\x00\xff"),
    (-1, "", b""),
]


def written(folder: Path, rows: list[tuple[Value, ...]] = ROWS) -> Path:
    path = folder / "b.zip"
    with write(path, 77, SCHEMA) as file:
        with file.table("people", ("id", "name", "key")) as people:
            people.take(rows[:1])
            people.take(rows[1:])
        assert people.count == len(rows)
        with file.table("nobody", ("id",)):
            pass
    return path


def contents(path: Path) -> dict[str, list[tuple[Value, ...]]]:
    with read(path) as file:
        return {
            table: [row for rows in file.batches(table) for row in rows] for table in file.tables
        }


def changed(path: Path, name: str, change: Callable[[Any], bytes], *, signed: bool) -> None:
    """The same zip with one entry changed; `signed`: all sums computed anew."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
        comment = archive.comment
    entries[name] = change(entries[name])
    if signed:
        manifest = json.loads(entries["manifest.json"])
        for table, listing in manifest["tables"].items():
            content = entries[f"tables/{table}.jsonl"]
            listing["sha256"] = hashlib.sha256(content).hexdigest()
            listing["rows"] = content.count(b"\n")
        entries["manifest.json"] = json.dumps(manifest).encode()
        comment = hashlib.sha256(entries["manifest.json"]).hexdigest().encode()
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
        archive.comment = comment


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert contents(path) == {"people": ROWS, "nobody": []}
    with read(path) as file:
        assert (file.name, file.taken_at, file.schema) == ("b.zip", 77, SCHEMA)


def test_many_rows_come_in_batches(tmp_path: Path) -> None:
    path = written(tmp_path, [(number, "x", None) for number in range(2 * BATCH + 1)])
    with read(path) as file:
        assert [len(rows) for rows in file.batches("people")] == [BATCH, BATCH, 1]


TEXT = st.text(st.characters(exclude_categories=["Cs"]))  # no database of ours takes the others


@given(
    st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), TEXT, st.binary()), max_size=5)
)
def test_every_value_survives_a_line(row: list[Value]) -> None:
    line = encoded(row)
    assert line.count(b"\n") == 1
    assert [decoded(value) for value in json.loads(line)] == row


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(BackupError, match=r"^b\.zip is "):
            contents(path)


def test_a_byte_changed_anywhere_is_noticed_or_makes_no_difference(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    noticed = 0
    for position in range(0, len(whole), 3):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x15]) + whole[position + 1 :])
        try:
            assert contents(path) == {"people": ROWS, "nobody": []}
        except BackupError:
            noticed += 1
    assert noticed > len(whole) // 6


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    "lines",
    [
        b"[1]\n",
        b'[1,"a",null,4]\n',
        b'[1,"a"\n',
        b'[1,"a",1.5]\n',
        b'[1,"a",true]\n',
        b'[1,"a",[2]]\n',
        b'[1,"a",{"base64":"!"}]\n',
        b'[1,"a",{"other":"AA=="}]\n',
        b"7\n",
        b"\xff\n",
        b'[9223372036854775808,"a",null]\n',
        b'[1,"\\ud800",null]\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_row_that_is_none_is_refused(tmp_path: Path, lines: bytes, signed: bool) -> None:
    path = written(tmp_path)
    changed(path, "tables/people.jsonl", lambda _: lines, signed=signed)
    with pytest.raises(BackupError, match=r"b\.zip is damaged"):
        contents(path)


def test_one_row_less_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path)
    changed(path, "tables/people.jsonl", lambda text: text[: text.index(b"\n") + 1], signed=False)
    with pytest.raises(BackupError, match=r"b\.zip is damaged"):
        contents(path)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"{}", "is damaged"),
        (b"[]", "is damaged"),
        (b"no json", "is damaged"),
        (b'{"format": 2}', "was written by a newer Voci: update this one first"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes, said: str) -> None:
    path = written(tmp_path)
    changed(path, "manifest.json", lambda _: manifest, signed=False)
    with pytest.raises(BackupError, match=r"b\.zip is damaged"):
        contents(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = hashlib.sha256(manifest).hexdigest().encode()
    with pytest.raises(BackupError, match=said):
        contents(path)


def test_what_is_something_else_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("note.txt", b"Dear all,"),
        ("empty", b""),
        ("base.db", b"SQLite format 3\0"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BackupError, match=f"{name} is no backup of Voci"):
            contents(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    with pytest.raises(BackupError, match=r"other\.zip is no backup of Voci$"):
        contents(tmp_path / "other.zip")
    with pytest.raises(BackupError, match=r"missing\.zip can't be read: No such file"):
        contents(tmp_path / "missing.zip")
    with pytest.raises(BackupError, match="can't be read: Is a directory"):
        contents(tmp_path)


def test_a_table_of_the_manifest_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if "nobody" not in name}
        comment = archive.comment
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
        archive.comment = comment
    with pytest.raises(BackupError, match=r"b\.zip is damaged"):
        contents(path)


def many_entries(archive: zipfile.ZipFile) -> None:
    for number in range(1_001):
        archive.writestr(str(number), "")


BOMBS: dict[str, Callable[[zipfile.ZipFile], None]] = {
    "rows": lambda archive: archive.writestr("tables/people.jsonl", bytes(4 * 2**20)),
    "manifest": lambda archive: archive.writestr("manifest.json", bytes(17 * 2**20)),
    "entries": many_entries,
    "line": lambda archive: archive.writestr(
        "tables/people.jsonl", random.Random(7).randbytes(17 * 2**20).replace(b"\n", b"x")
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_would_fill_memory_or_disk_is_refused_before_it_is_unpacked(
    tmp_path: Path, kind: str
) -> None:
    manifest = json.dumps(
        {
            "format": 1,
            "taken_at": 77,
            "schema": [],
            "tables": {"people": {"columns": ["id"], "rows": 1, "sha256": ""}},
        }
    ).encode()
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind != "manifest":
            archive.writestr("manifest.json", manifest)
        BOMBS[kind](archive)
        archive.comment = hashlib.sha256(manifest).hexdigest().encode()
    with pytest.raises(BackupError, match=r"^b\.zip is no backup of Voci: it holds "):
        contents(path)

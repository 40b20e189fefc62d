from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.engine.errors import StorageError
from storage.secrets.master_key import load_or_create


def test_it_is_made_on_the_first_start_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    before = os.umask(0)
    try:
        key = load_or_create(path)
    finally:
        os.umask(before)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create(path) == key
    assert [each.name for each in tmp_path.iterdir()] == ["master.key"]


def test_two_are_never_alike(tmp_path: Path) -> None:
    assert load_or_create(tmp_path / "a") != load_or_create(tmp_path / "b")


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_wrong_size_is_named(tmp_path: Path, size: int) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(bytes(size))
    path.chmod(0o600)
    with pytest.raises(StorageError, match=r"master\.key has the wrong size"):
        load_or_create(path)
    assert path.stat().st_size == size  # never overwritten


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(bytes(32))
    path.chmod(mode)
    with pytest.raises(StorageError, match=r"chmod 600 .*master\.key"):
        load_or_create(path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        load_or_create(tmp_path / "nowhere" / "master.key")


def test_a_faster_process_s_key_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "master.key"
    link = os.link

    def late(draft: Path, target: Path) -> None:
        path.write_bytes(bytes(32))
        path.chmod(0o600)
        link(draft, target)

    monkeypatch.setattr(os, "link", late)
    assert load_or_create(path) == bytes(32)

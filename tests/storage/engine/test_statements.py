from __future__ import annotations

from pathlib import Path

import pytest

from storage.engine.errors import StorageError
from storage.engine.statements import load


def test_both_engines_know_the_same_queries() -> None:
    sqlite, postgres = load("aiosqlite"), load("asyncpg")
    for operator in ("rows", "row", "value", "run"):
        ours, theirs = getattr(sqlite, operator), getattr(postgres, operator)
        assert ours.keys() == theirs.keys()
        for name in ours:
            assert ours[name].parameter_names == theirs[name].parameter_names


def test_parameters_are_numbered_for_postgresql(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "-- name: one(a, b)!\nUPDATE t SET x = :b WHERE y = :a OR z = :b;"
    )
    statement = load("asyncpg", tmp_path).run["one"]
    assert statement.sql == "UPDATE t SET x = $1 WHERE y = $2 OR z = $1;"
    assert statement.parameters == ("b", "a")


def test_a_name_used_twice_is_refused(tmp_path: Path) -> None:
    for file in ("a.sql", "b.sql"):
        (tmp_path / file).write_text("-- name: one()\nSELECT 1;")
    with pytest.raises(StorageError, match=r"one is in a\.sql and in b\.sql"):
        load("aiosqlite", tmp_path)


def test_comments_that_would_reach_the_database_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- name: one()\nSELECT 1 /* or two */;")
    with pytest.raises(StorageError, match=r"a\.sql: comments are written with --"):
        load("aiosqlite", tmp_path)


@pytest.mark.parametrize("operator", ["<!", "#", "*!"])
def test_operators_that_failed_are_refused(tmp_path: Path, operator: str) -> None:
    (tmp_path / "a.sql").write_text(f"-- name: one(){operator}\nINSERT INTO t VALUES (1);")
    with pytest.raises(StorageError, match="not used here"):
        load("aiosqlite", tmp_path)

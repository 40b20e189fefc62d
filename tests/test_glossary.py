"""Every package and every table is a word of the glossary, and every word has one entry."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.schema import MIGRATIONS, available

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ROOMS = ("assembly", "bot", "handlers", "locales", "sandbox", "storage")
PACKAGES = sorted(
    str(path.parent.relative_to(ROOT))
    for room in ROOMS
    for path in ROOT.glob(f"{room}/**/__init__.py")
    if path.parent.name != "screens"  # each feature's own; the word is explained once
)

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def tables() -> list[str]:
    """The tables that the migrations leave."""
    found = {"schema_versions"}
    for subject in ("main", "keys"):
        with closing(sqlite3.connect(":memory:")) as connection:
            for step in available(MIGRATIONS / subject):
                for statement in step.statements("sqlite"):
                    connection.execute(statement)
            found |= {name for (name,) in connection.execute(TABLES)}
    return sorted(found)


@pytest.mark.parametrize("name", [*PACKAGES, *tables()])
def test_it_has_its_entry(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_nothing_is_named_that_does_not_exist() -> None:
    named = set(re.findall(r"`([a-z_/]+(?:\.py)?)`", PAGE)) - {"user", "family", "professional"}
    here = {name for name in named if (ROOT / name).exists()}
    assert named - here - set(tables()) == set()


def test_every_word_stands_once() -> None:
    words = re.findall(r"^\| ([^|`]+?) \|", PAGE, re.MULTILINE)
    words = [word for word in words if word not in ("word", "package")]
    assert len(words) == len(set(words))

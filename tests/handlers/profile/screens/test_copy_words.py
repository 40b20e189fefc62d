"""Whatever is held has words for whoever reads their copy: a new section or column needs them."""

from __future__ import annotations

import sqlite3

import pytest

from assembly.roles import Role
from handlers.core.registration import conversations
from handlers.profile.screens import copy_values as values
from handlers.profile.screens import copy_words as words
from storage.audit import Action
from storage.engine.schema import MIGRATIONS, available
from storage.engine.statements import load
from storage.erasure import holdings
from storage.proposal_audit import Deed

NEVER_SHOWN = {"id"}  # taken out before anybody reads it: handlers/profile/export.py


def columns() -> dict[str, list[str]]:
    """The columns of each section, as the database names them."""
    connection = sqlite3.connect(":memory:")
    for step in available(MIGRATIONS / "main"):
        for sql in step.statements("sqlite"):
            connection.execute(sql)
    queries = load("aiosqlite").rows
    found: dict[str, list[str]] = {}
    anywhere = {name: (query, ("telegram_id",)) for name, query in holdings.STRANGERS.items()}
    for sections in (holdings.SECTIONS, anywhere):
        for name, (query, parameters) in sections.items():
            cursor = connection.execute(queries[query].sql, dict.fromkeys(parameters, 1))
            found.setdefault(name, []).extend(column[0] for column in cursor.description)
    return found


COLUMNS = columns()


@pytest.mark.parametrize("section", holdings.SECTIONS)
def test_a_section_has_a_title_and_each_of_its_columns_a_label(section: str) -> None:
    assert section in words.SECTIONS, "say in copy_words.py what it is"
    missing = set(COLUMNS[section]) - set(words.LABELS) - NEVER_SHOWN
    assert not missing, f"say in copy_words.py what these are: {missing}"


def test_strangers_read_the_same_words() -> None:
    assert set(holdings.STRANGERS) <= set(words.SECTIONS)


def test_no_words_are_left_over() -> None:
    assert set(words.SECTIONS) == {*holdings.SECTIONS, "half_written"}
    assert set(values.VALUES) <= set(words.LABELS)
    assert set(words.LABELS) >= values.YES_OR_NO


def test_whatever_can_stand_there_has_words() -> None:
    assert set(values.VALUES["role"]) == {role.value for role in Role}
    deeds = {deed.value for deed in Deed}
    assert set(values.VALUES["action"]) == {action.value for action in Action} | deeds
    # A kind of conversation that nobody has words for is told by its name.
    assert set(values.VALUES["kind"]) >= {"propose", "question", "convene"} & set(conversations)

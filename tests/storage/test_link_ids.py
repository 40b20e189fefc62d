"""Ids in links: the same again each time, and nothing that can be counted or made up."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import link_ids
from storage.engine.database import Database
from storage.link_ids import LinkIds

IDS = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=2)
SEALED = LinkIds(bytes(32))


@given(st.sampled_from(["join", "agenda"]), IDS)
def test_what_was_sealed_is_opened(prefix: str, ids: list[int]) -> None:
    word = SEALED.seal(prefix, ids)
    assert SEALED.open(prefix, word) == tuple(ids)
    assert SEALED.seal(prefix, ids) == word
    assert set(word) <= set(string.ascii_letters + string.digits + "-_")
    assert len(word) == {1: 32, 2: 43}[len(ids)]


def test_a_link_of_one_kind_is_none_of_another_and_none_of_another_database() -> None:
    word = SEALED.seal("join", [7])
    assert SEALED.open("agenda", word) is None
    assert LinkIds(b"1" * 32).open("join", word) is None


def test_neighbours_have_nothing_in_common() -> None:
    words = {SEALED.seal("join", [number])[:16] for number in range(500)}
    assert len(words) == 500


@given(st.text(max_size=50) | st.text(string.ascii_letters + string.digits + "-_", max_size=50))
def test_nothing_made_up_is_opened(word: str) -> None:
    assert SEALED.open("join", word) is None


@pytest.mark.parametrize("ids", [[-1], [2**64]])
def test_what_is_no_id_is_refused(ids: list[int]) -> None:
    with pytest.raises(OverflowError):
        SEALED.seal("join", ids)


async def test_a_database_has_one_key(database: Database) -> None:
    first, again = [await database.run(link_ids.load) for _ in range(2)]
    assert first.seal("join", [7]) == again.seal("join", [7])
    assert first.seal("join", [7]) != SEALED.seal("join", [7])

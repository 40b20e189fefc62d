"""How much each may have, so that whoever wants little does not wait for whoever wants a lot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.fair_share import fair_share


@pytest.mark.parametrize(
    ("wanted", "share"),
    [
        ([], 100),
        ([100], 100),  # enough for all
        ([5_000], 100),
        ([5_000, 30], 70),
        ([40, 40, 5_000], 33),
        ([10, 40, 5_000], 50),
        ([60, 60, 60], 33),
        ([1] * 100, 100),
        ([2] * 300, 1),
    ],
)
def test_whoever_wants_little_has_it(wanted: list[int], share: int) -> None:
    assert fair_share(wanted, 100) == share


@given(st.lists(st.integers(1, 500), max_size=40), st.integers(40, 400))
def test_no_more_than_there_is_and_as_much_as_can_be(wanted: list[int], most: int) -> None:
    share = fair_share(wanted, most)
    given_out = sum(min(each, share) for each in wanted)
    assert given_out <= most
    assert given_out == sum(wanted) or sum(min(each, share + 1) for each in wanted) > most

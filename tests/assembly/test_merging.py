from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.merging import Answer, Side, united

YES, NO, SILENT = Side(Answer.YES), Side(Answer.NO), Side()
GONE, REFUSED_AND_GONE = Side(gone=True), Side(Answer.NO, gone=True)

SIDES = st.builds(Side, st.none() | st.sampled_from(Answer), st.booleans())


@pytest.mark.parametrize(
    ("one", "other", "before", "after"),
    [
        (YES, YES, True, True),
        (YES, NO, None, False),
        (YES, SILENT, None, False),
        (YES, GONE, None, True),
        (GONE, GONE, None, True),
        (NO, NO, None, False),
        (YES, REFUSED_AND_GONE, None, False),
        (SILENT, GONE, None, False),
    ],
)
def test_nothing_over_an_author_s_head(
    one: Side, other: Side, before: bool | None, after: bool
) -> None:
    assert united(one, other, over=False) is united(other, one, over=False) is before
    assert united(one, other, over=True) is united(other, one, over=True) is after


@given(SIDES, st.booleans())
def test_a_no_looks_like_no_answer_to_whoever_is_here(side: Side, over: bool) -> None:
    refused = united(Side(Answer.NO), side, over=over)
    assert refused == united(Side(None, gone=False), side, over=over)


@given(SIDES, SIDES)
def test_when_the_time_is_over_it_is_settled(one: Side, other: Side) -> None:
    assert united(one, other, over=True) is not None
    early = united(one, other, over=False)
    assert early is None or early is united(one, other, over=True)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.commenting import HOUR, MOST, Parts, left, may_answer, may_hide, notice_at, pages

ANNA, BRUNO, FIONA = 1, 2, 3


@pytest.mark.parametrize(("written", "more"), [(0, 3), (1, 2), (3, 0), (7, 0)])
def test_three_each(written: int, more: int) -> None:
    assert MOST == 3 and left(written) == more


@pytest.mark.parametrize(
    ("of", "member", "may"),
    [
        (Parts(BRUNO, ANNA), ANNA, True),
        (Parts(BRUNO, ANNA), BRUNO, False),
        (Parts(ANNA, ANNA), ANNA, False),
        (Parts(BRUNO, None), ANNA, False),
        (Parts(None, ANNA), ANNA, True),
    ],
)
def test_only_whose_proposal_it_is_answers(of: Parts, member: int, may: bool) -> None:
    assert may_answer(of, member) is may


@pytest.mark.parametrize(
    ("of", "member", "facilitates", "may"),
    [
        (Parts(BRUNO, ANNA), FIONA, True, True),
        (Parts(BRUNO, ANNA), FIONA, False, False),
        (Parts(FIONA, ANNA), FIONA, True, False),
        (Parts(BRUNO, FIONA), FIONA, True, False),
        (Parts(None, None), FIONA, True, True),
    ],
)
def test_nobody_judges_in_their_own_cause(
    of: Parts, member: int, facilitates: bool, may: bool
) -> None:
    assert may_hide(of, member, facilitates=facilitates) is may


@given(st.integers(0, 4_000_000_000))
def test_within_an_hour_all_is_told_at_once(now: int) -> None:
    assert now < notice_at(now) <= now + HOUR
    assert notice_at(now) % HOUR == 0
    assert notice_at(notice_at(now) - 1) == notice_at(now)


@given(st.lists(st.integers(0, 50)), st.integers(1, 100), st.integers(1, 6))
def test_every_comment_has_its_place(lengths: list[int], room: int, most: int) -> None:
    found = pages(lengths, room, most)
    assert [number for page in found for number in page] == list(range(len(lengths)))
    assert found and all(len(page) or not lengths for page in found)
    for page in found:
        assert len(page) <= most
        assert len(page) <= 1 or sum(lengths[number] for number in page) <= room


def test_a_page_holds_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        pages([], 10, 0)

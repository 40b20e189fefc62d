from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.named_list import (
    DAY,
    LIFETIME,
    Answer,
    Asked,
    Standing,
    may_answer,
    needs_yes,
    standing,
)
from assembly.roles import Role
from assembly.rule import Electorate, Rule, Secrecy

NOW = 1_800_000_000
FIVE = frozenset({1, 2, 3, 4, 5})


@pytest.mark.parametrize("electorate", Electorate)
@pytest.mark.parametrize("secrecy", Secrecy)
def test_what_takes_a_second_yes(electorate: Electorate, secrecy: Secrecy) -> None:
    expected = electorate is Electorate.NAMED and secrecy is not Secrecy.OPEN
    assert needs_yes(Rule(electorate=electorate, secrecy=secrecy)) is expected


@pytest.mark.parametrize(
    ("other", "joined_at", "days", "expected"),
    [
        (Role.FAMILY, 0, 7, True),
        (Role.PROFESSIONAL, 0, 7, True),
        (Role.USER, 0, 7, False),  # the asker's own role
        (Role.FAMILY, NOW - 7 * DAY, 7, True),
        (Role.FAMILY, NOW - 7 * DAY + 1, 7, False),
        (Role.FAMILY, NOW, 0, True),
        (Role.USER, NOW, 0, False),
    ],
)
def test_who_may_say_it(other: Role, joined_at: int, days: int, expected: bool) -> None:
    assert may_answer(Role.USER, other, joined_at, days, NOW) is expected


@pytest.mark.parametrize(
    ("asked", "somebody", "expected"),
    [
        (None, True, Standing.NOT_ASKED),
        (None, False, Standing.NOBODY),
        (Asked(FIVE, Answer.WAITING, NOW), True, Standing.WAITING),
        (Asked(FIVE, Answer.WAITING, NOW), False, Standing.NOBODY),
        (Asked(FIVE, Answer.NO, NOW), True, Standing.DECLINED),
        (Asked(FIVE, Answer.YES, NOW), True, Standing.CONFIRMED),
        (Asked(FIVE, Answer.YES, NOW), False, Standing.CONFIRMED),
        (Asked(FIVE, Answer.YES, NOW - LIFETIME + 1), True, Standing.CONFIRMED),
        (Asked(FIVE, Answer.YES, NOW - LIFETIME), True, Standing.NOT_ASKED),
        # another list needs a new yes: one less, one more, one other
        (Asked(FIVE - {5}, Answer.YES, NOW), True, Standing.NOT_ASKED),
        (Asked(FIVE | {6}, Answer.YES, NOW), True, Standing.NOT_ASKED),
        (Asked(FIVE - {5} | {6}, Answer.YES, NOW), True, Standing.NOT_ASKED),
        (Asked(FIVE - {5} | {6}, Answer.NO, NOW), False, Standing.NOBODY),
    ],
)
def test_where_it_stands(asked: Asked | None, somebody: bool, expected: Standing) -> None:
    assert standing(FIVE, asked, NOW, somebody=somebody) is expected


ids = st.frozensets(st.integers(1, 6))


@given(ids, ids, st.sampled_from(Answer), st.booleans())
def test_nothing_is_confirmed_but_the_very_list(
    listed: frozenset[int], members: frozenset[int], answer: Answer, somebody: bool
) -> None:
    found = standing(listed, Asked(members, answer, NOW), NOW, somebody=somebody)
    confirmed = found is Standing.CONFIRMED
    assert confirmed is (listed == members and answer is Answer.YES)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.parity_report import (
    LONGEST,
    SMALLEST,
    STEP,
    Counted,
    Line,
    Measure,
    Report,
    counted_from,
    report,
    shares,
)
from assembly.roles import Role

COUNTS = st.fixed_dictionaries({role: st.integers(0, 400) for role in Role})
SMALL = st.fixed_dictionaries({role: st.integers(0, 14) for role in Role})
COUNTED = st.dictionaries(
    st.sampled_from(Measure), st.builds(Counted, st.just(8_100), COUNTS | SMALL)
)


def by_role(user: int, family: int, professional: int) -> dict[Role, int]:
    return {Role.USER: user, Role.FAMILY: family, Role.PROFESSIONAL: professional}


ENOUGH = by_role(40, 20, 20)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (by_role(10, 10, 10), by_role(35, 35, 35)),
        (by_role(40, 20, 20), by_role(50, 25, 25)),
        (by_role(29, 11, 10), by_role(60, 20, 20)),
        (by_role(900, 10, 11), by_role(100, 5, 5)),  # one step at least
        (by_role(11, 11, 18), by_role(30, 30, 45)),  # 27.5 is as near to 25: the higher one
        (by_role(9, 40, 40), None),
        (by_role(0, 400, 400), None),
        ({Role.USER: 50, Role.FAMILY: 50}, None),
        ({}, None),
    ],
)
def test_shares(counts: dict[Role, int], expected: dict[Role, int] | None) -> None:
    assert shares(counts) == expected


def test_a_count_is_not_below_0() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        shares(by_role(-1, 20, 20))


@given(COUNTS | SMALL)
def test_no_cell_and_no_complement_that_is_told_is_small(counts: dict[Role, int]) -> None:
    found = shares(counts)
    total = sum(counts.values())
    enough = all(min(each, total - each) >= SMALLEST for each in counts.values())
    assert (found is not None) is enough
    if found is not None:
        assert set(found) == set(Role)
        assert 90 <= sum(found.values()) <= 110
        for role, share in found.items():
            assert share % STEP == 0 and STEP <= share <= 100
            assert share == STEP or abs(share - 100 * counts[role] / total) <= STEP / 2


@given(COUNTS | SMALL, COUNTED)
def test_what_is_not_told_changes_nothing(
    members: dict[Role, int], counted: dict[Measure, Counted]
) -> None:
    """Whatever stands in a measure that is too small, the report is the same one."""
    found = report(8_103, members, counted)
    other = {
        measure: each if shares(each.by_role) else Counted(each.since, {})
        for measure, each in counted.items()
    }
    assert report(8_103, members, other) == found
    if shares(members) is None:
        empty = {measure: Counted(each.since, {}) for measure, each in counted.items()}
        assert report(8_103, {}, empty) == found


@given(COUNTS | SMALL, COUNTED)
def test_all_or_nothing(members: dict[Role, int], counted: dict[Measure, Counted]) -> None:
    found = report(8_103, members, counted)
    assert (found.members is None) is (not found.told)
    assert list(found.told) == [each for each in Measure if each in found.told]
    assert set(found.lines) == set(counted)


@pytest.mark.parametrize(
    ("before", "since"),
    [
        (None, 8_100),
        (Report(8_102, None, {}), 8_100),
        (Report(8_102, None, {Measure.TASKS: Line(8_101, None)}), 8_101),  # counted on
        (Report(8_102, None, {Measure.TASKS: Line(8_099, None)}), 8_100),  # a year at most
        (Report(8_102, ENOUGH, {Measure.TASKS: Line(8_099, ENOUGH)}), 8_103),  # told: begun anew
        (Report(8_090, ENOUGH, {Measure.TASKS: Line(8_089, ENOUGH)}), 8_100),
    ],
)
def test_from_which_quarter_on_it_is_counted(before: Report | None, since: int) -> None:
    assert counted_from(Measure.TASKS, 8_103, before) == since


@given(st.lists(st.tuples(st.integers(1, 3), COUNTS | SMALL), min_size=1, max_size=12))
def test_no_quarter_is_told_about_twice(quarters: list[tuple[int, dict[Role, int]]]) -> None:
    before, now, told = None, 8_100, set[int]()
    for ahead, counts in quarters:
        now += ahead
        since = counted_from(Measure.VOICES, now, before)
        assert now - LONGEST < since <= now
        before = report(now, ENOUGH, {Measure.VOICES: Counted(since, counts)})
        if before.told:
            span = set(range(since, now + 1))
            assert not told & span
            told |= span

from __future__ import annotations

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import duties, quiet_hours
from assembly.duties import (
    HOUR,
    LAST,
    PATIENCE,
    Candidate,
    Duty,
    answer_by,
    begins_at,
    next_one,
    order,
    quarter,
    still_asked,
)
from assembly.roles import Role

ROME = ZoneInfo("Europe/Rome")
ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "America/New_York", "Australia/Lord_Howe")]
USER, FAMILY, PROFESSIONAL = Role.USER, Role.FAMILY, Role.PROFESSIONAL


def at(text: str, zone: ZoneInfo = ROME) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


ANNA, BEA = Candidate(1, USER, None), Candidate(2, USER, 500)
CARLO, DORA = Candidate(3, FAMILY, 900), Candidate(4, PROFESSIONAL, None)


@pytest.mark.parametrize(
    ("led", "beside", "passed", "asked"),
    [
        ({}, None, (), 1),  # nobody ever led: of those who never had a turn the first one
        ({USER: 1}, None, (), 4),  # the role that led least, whose turn is longest ago
        ({USER: 1, PROFESSIONAL: 1}, None, (), 3),
        ({USER: 1, FAMILY: 1, PROFESSIONAL: 1}, None, (), 1),
        ({}, USER, (), 4),  # of another role than whoever has the other duty
        ({PROFESSIONAL: 9}, USER, (), 3),
        ({}, None, (1,), 4),  # who never had a turn comes before who had one
        ({}, None, (1, 4), 2),
        ({}, USER, (3, 4), 1),  # nobody of another role is left
        ({}, None, (1, 2, 3, 4), None),
    ],
)
def test_who_is_asked_next(
    led: dict[Role, int], beside: Role | None, passed: tuple[int, ...], asked: int | None
) -> None:
    found = next_one([CARLO, DORA, BEA, ANNA], led, beside, passed)
    assert (found.member_id if found else None) == asked


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 40),
        st.sampled_from(Role),
        st.none() | st.integers(0, 2_000_000_000),
    ),
    unique_by=lambda each: each.member_id,
    max_size=12,
)
LED = st.dictionaries(st.sampled_from(Role), st.integers(0, 5))


@given(CANDIDATES, LED, st.none() | st.sampled_from(Role), st.sets(st.integers(1, 40)))
def test_of_two_roles_where_that_is_possible(
    candidates: list[Candidate], led: dict[Role, int], beside: Role | None, passed: set[int]
) -> None:
    found = next_one(candidates, led, beside, passed)
    left = [each for each in candidates if each.member_id not in passed]
    assert (found is None) is (not left)
    if found is not None:
        assert found in left
        if any(each.role is not beside for each in left):
            assert found.role is not beside


@given(CANDIDATES, LED, st.randoms())
def test_it_does_not_depend_on_how_they_are_listed(
    candidates: list[Candidate], led: dict[Role, int], chance: Random
) -> None:
    mixed = list(candidates)
    chance.shuffle(mixed)
    assert order(mixed, led) == order(candidates, led)


@given(CANDIDATES, LED)
def test_nobody_of_a_role_that_led_more_stands_before_one_that_led_less(
    candidates: list[Candidate], led: dict[Role, int]
) -> None:
    times = [led.get(each.role, 0) for each in order(candidates, led)]
    assert times == sorted(times)


def test_whoever_says_yes_each_time_the_roles_take_turns() -> None:
    """Ten users, two family members, one professional: after thirty meetings each led ten times."""
    turns: dict[int, int | None] = dict.fromkeys(range(13))
    roles = [USER] * 10 + [FAMILY] * 2 + [PROFESSIONAL]
    led = dict.fromkeys(Role, 0)
    for week in range(30):
        found = next_one([Candidate(n, roles[n], turns[n]) for n in turns], led, None)
        assert found is not None
        turns[found.member_id] = week
        led[found.role] += 1
    assert led == dict.fromkeys(Role, 10)
    assert None not in turns.values()


@pytest.mark.parametrize(
    ("starts", "now", "begins"),
    [
        ("2026-12-03T16:00", "2026-11-20T10:00", "2026-12-01T16:00"),
        ("2026-12-03T16:00", "2026-12-02T15:00", "2026-12-02T15:00"),
        ("2026-12-03T16:00", "2026-12-02T22:00", "2026-12-03T09:00"),
        ("2026-12-03T22:30", "2026-11-20T10:00", "2026-12-02T09:00"),
    ],
)
def test_when_the_first_are_asked(starts: str, now: str, begins: str) -> None:
    assert begins_at(at(starts), at(now), ROME) == at(begins)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-12-01T16:00", "2026-12-02T09:00"),  # 16 hours would be at night
        ("2026-12-02T10:00", "2026-12-02T20:00"),  # a third of 30 hours
        ("2026-12-03T10:00", "2026-12-03T12:00"),
        ("2026-12-03T13:30", "2026-12-03T14:00"),  # two hours before the start it ends
    ],
)
def test_until_when_they_are_waited_for(asked: str, until: str) -> None:
    assert answer_by(at(asked), at("2026-12-03T16:00"), ROME) == at(until)


def test_nobody_is_asked_on_the_doorstep() -> None:
    with pytest.raises(ValueError, match="too near"):
        answer_by(1_000, 1_000 + LAST, ROME)


@given(
    st.integers(1_700_000_000, 1_900_000_000),
    st.integers(LAST + 1, 30 * 24 * HOUR),
    st.sampled_from(ZONES),
)
def test_an_answer_has_time_and_an_end(asked_at: int, ahead: int, zone: ZoneInfo) -> None:
    starts_at = asked_at + ahead
    assert still_asked(starts_at, asked_at)
    until = answer_by(asked_at, starts_at, zone)
    assert asked_at < until <= starts_at - LAST
    assert until - asked_at <= PATIENCE + 13 * HOUR
    if until != starts_at - LAST:
        assert quiet_hours.waits_until(until, zone) == until


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("2026-01-01T00:00", 2026 * 4),
        ("2025-12-31T23:59", 2026 * 4 - 1),
        ("2026-03-31T23:59", 2026 * 4),
        ("2026-12-03T12:00", 2026 * 4 + 3),
    ],
)
def test_the_quarter_is_that_of_the_centres_clocks(moment: str, number: int) -> None:
    assert quarter(at(moment), ROME) == number
    assert duties.counted_from(at(moment), ROME) == number - 3


def test_each_duty_has_another_beside_it() -> None:
    assert [each.other for each in Duty] == [Duty.RECORDER, Duty.CHAIR]

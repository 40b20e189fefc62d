from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from assembly.attendance_bands import Attendance, attendance, band
from assembly.roles import Role

MOST = 26  # of a role in the enumeration: all bands up to 20-49, and all sums that matter


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *((0, "0-4"), (1, "0-4"), (4, "0-4"), (5, "5-9"), (9, "5-9"), (10, "10-19")),
        *((19, "10-19"), (20, "20-49"), (49, "20-49"), (50, "50+"), (500, "50+")),
    ],
)
def test_one_is_said_as_nobody_is(number: int, expected: str) -> None:
    assert band(number) == expected


def test_there_are_no_fewer_than_nobody() -> None:
    with pytest.raises(ValueError, match="fewer than nobody"):
        band(-1)


@pytest.mark.parametrize(
    ("there", "more", "told"),
    [
        ((12, 3, 4), 0, ("10-19", "0-4", "0-4")),
        ((11, 3, 6), 0, ("10-19", "0-4", "5-9")),
        ((7, 6, 5), 0, ("5-9", "5-9", "5-9")),
        ((8, 3, 3), 0, None),  # 14 in all: of each of the others somebody was there
        ((4, 4, 4), 0, None),  # 12 in all leave no other way
        ((13, 0, 0), 0, ("10-19", "0-4", "0-4")),
        ((12, 0, 0), 0, None),
        ((0, 0, 0), 0, None),
        ((12, 3, 4), 1, None),  # somebody in the room whose role nobody asked for
    ],
)
def test_roles_are_told_where_nobody_is_singled_out(
    there: tuple[int, int, int], more: int, told: tuple[str, ...] | None
) -> None:
    found = attendance(dict(zip(Role, there, strict=True)), more)
    assert found.total == band(sum(there) + more)
    assert found.by_role == (tuple(zip(Role, told, strict=True)) if told else ())


def test_a_role_that_is_missing_has_nobody() -> None:
    assert attendance({Role.USER: 13}) == attendance(dict(zip(Role, (13, 0, 0), strict=True)))


def test_even_who_knows_how_many_there_were_singles_nobody_out() -> None:
    """All that can lie behind what is told, the roles' being left out included."""
    behind: dict[tuple[int, Attendance], list[tuple[int, ...]]] = defaultdict(list)
    for there in product(range(MOST), repeat=len(Role)):
        if sum(there) < MOST:
            told = attendance(dict(zip(Role, there, strict=True)))
            behind[sum(there), told].append(there)
    for (total, told), possible in behind.items():
        for role in range(len(Role)):
            numbers = {each[role] for each in possible}
            assert not numbers <= {1, 2, 3, 4}, (total, told)
            assert total == 0 or numbers != {0}, (total, told)

"""How many were at an assembly, in bands from which nobody is singled out.

Source: threshold rule and feasibility intervals of statistical disclosure control (Willenborg and
de Waal, Elements of Statistical Disclosure Control, 2001, chapters 6 and 7): a cell is small under
5, and what stands around it must not give it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assembly.immutable import immutable
from assembly.roles import Role

Band = Literal["0-4", "5-9", "10-19", "20-49", "50+"]

_FROM: dict[Band, int] = {"0-4": 0, "5-9": 5, "10-19": 10, "20-49": 20, "50+": 50}
_UP_TO: dict[Band, int] = {"0-4": 4, "5-9": 9, "10-19": 19, "20-49": 49}
_SMALL: Band = "0-4"
_ALL_SMALL = len(Role) * _UP_TO[_SMALL]


@immutable
class Attendance:
    """How many were there in all; `by_role` is empty where the roles are not told."""

    total: Band
    by_role: tuple[tuple[Role, Band], ...] = ()


def band(number: int) -> Band:
    """The band of a number of people: "fewer than 5" says nobody as well as four.

    Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError(f"fewer than nobody: {number}")
    return max((each for each in _FROM if _FROM[each] <= number), key=_FROM.__getitem__)


def attendance(there: Mapping[Role, int], more: int = 0) -> Attendance:
    """The bands of an assembly: `there` by role, and `more` people of whom no role is known.

    Roles are told only where everybody's is known, and where even somebody who knows the exact
    number of all learns of no role that one to four of it were there, or that none was: in each
    band under 5, both nobody and somebody has to remain possible. With 12 or fewer in all, whose
    roles may all be small, none is told: otherwise keeping silent would tell that they are. A
    role that is missing has nobody. Raises ValueError for a negative number.
    """
    total = sum(there.values()) + more
    bands = {role: band(there.get(role, 0)) for role in Role}
    if more or total <= _ALL_SMALL or not _hide_each_other(bands, total):
        return Attendance(band(total))
    return Attendance(band(total), tuple(bands.items()))


def _hide_each_other(bands: Mapping[Role, Band], total: int) -> bool:
    """Whether every small band can hold nobody, and somebody, given the exact number of all."""
    some = range(1, _UP_TO[_SMALL] + 1)
    return all(
        _can_be(bands, role, total, 0) and any(_can_be(bands, role, total, n) for n in some)
        for role in bands
        if bands[role] == _SMALL
    )


def _can_be(bands: Mapping[Role, Band], role: Role, total: int, number: int) -> bool:
    """Whether a role can have so many when the others lie in their bands and all are `total`."""
    others = [bands[other] for other in bands if other is not role]
    least = sum(_FROM[each] for each in others)
    most = sum(_UP_TO.get(each, total) for each in others)
    return least <= total - number <= most

"""The parity report: how an assembly's work is shared among the roles, beside their membership.

A figure by role is told only where it hides everybody of that role among others. So each cell of a
measure has SMALLEST or more, or nothing of that measure is told: with a single cell left out, the
total would tell it. What is told is rounded, and of quarters that no other report counts, so that
two reports have no difference that speaks of a few. Source of the threshold: cell suppression
(Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, chapter 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from assembly.immutable import immutable
from assembly.roles import Role

SMALLEST = 10
"""So many are in each cell of what is told, and so in the other two together twice as many."""

STEP = 5
"""Shares are told in whole steps of so many per cent."""

LONGEST = 4
"""Quarters that a measure is counted over at most: a year."""

Shares = Mapping[Role, int]


class Measure(StrEnum):
    """What is counted by role. The values are stored: never change one."""

    PROPOSALS = "proposals"
    VOICES = "voices"
    BALLOTS = "ballots"
    CHAIR = "chair"
    NOTES = "notes"
    TASKS = "tasks"


@immutable
class Counted:
    """A measure by role from the quarter `since` (assembly.duties.quarter) on; 0 or more each."""

    since: int
    by_role: Mapping[Role, int]


@immutable
class Line:
    """What a report says of a measure: its shares since that quarter; None: nothing."""

    since: int
    shares: Shares | None


@immutable
class Report:
    """What is told when a quarter is over; where nothing can be, `members` is None.

    `lines` also has what is not told yet, with the quarter from which on it is counted.
    """

    quarter: int
    members: Shares | None
    lines: Mapping[Measure, Line]

    @property
    def told(self) -> dict[Measure, Line]:
        """What can be told, in the order of Measure."""
        return {
            each: self.lines[each]
            for each in Measure
            if each in self.lines and self.lines[each].shares is not None
        }


def shares(by_role: Mapping[Role, int]) -> Shares | None:
    """Each role's share in per cent, in whole steps of STEP; None where a cell is too small.

    A role that is missing counts as 0. The nearest step, of two equally near the higher one; one
    step at least, since nobody told about is nobody. Each is rounded alone, so that equal counts
    have equal shares; the sum is then 90 to 110 and not always 100. Raises ValueError for a count
    below 0.
    """
    counts = {role: by_role.get(role, 0) for role in Role}
    if min(counts.values()) < 0:
        raise ValueError(f"a count is not below 0: {counts}")
    if min(counts.values()) < SMALLEST:
        return None
    steps, total = 100 // STEP, sum(counts.values())
    return {
        role: max(1, (2 * steps * count + total) // (2 * total)) * STEP
        for role, count in counts.items()
    }


def counted_from(measure: Measure, quarter: int, before: Report | None) -> int:
    """From which quarter on a measure is counted for the report of `quarter`.

    After the last one that was told; where nothing could be told, with what was counted then, and
    LONGEST in all at most. `before` is the report before this one, None for the first.
    """
    longest = quarter - LONGEST + 1
    line = before.lines.get(measure) if before is not None else None
    if before is None or line is None:
        return longest
    return max(longest, line.since if line.shares is None else before.quarter + 1)


def report(quarter: int, members: Mapping[Role, int], counted: Mapping[Measure, Counted]) -> Report:
    """What may be told: measures with every cell large enough, and nothing without the members.

    Where no measure can be told, the members are not told either: one silence, whatever the reason.
    """
    of_members = shares(members)
    lines = {
        measure: Line(each.since, shares(each.by_role) if of_members is not None else None)
        for measure, each in counted.items()
    }
    anything = any(line.shares is not None for line in lines.values())
    return Report(quarter, of_members if anything else None, lines)

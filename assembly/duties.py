"""Who is asked to chair an assembly, and to take its notes: in which order, and until when.

The duties go round, so that nobody rules for good: "to rule and be ruled in turn" (Aristotle,
Politics VI 2, 1317b). Parity: of the roles the one that has led least comes first, whatever its
head-count, and chair and recorder are of two different roles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from zoneinfo import ZoneInfo

from assembly import quiet_hours
from assembly.immutable import immutable
from assembly.recurrence import local
from assembly.roles import Role

HOUR = 3_600  # seconds

LEAD = 48 * HOUR
"""So long before an assembly the first are asked."""

PATIENCE = 18 * HOUR
"""Who has said nothing after this is not waited for: at the longest, and outside the night."""

LAST = 2 * HOUR
"""Nearer to the start than this nobody is asked any more; from here on its chair may open it."""

QUARTERS = 4
"""So many quarters count for who has led least: this one and those before, a year."""


class Duty(StrEnum):
    """What somebody does for one assembly. The values are stored: never change one."""

    CHAIR = "chair"
    RECORDER = "recorder"

    @property
    def other(self) -> Duty:
        """The duty beside it."""
        return Duty.RECORDER if self is Duty.CHAIR else Duty.CHAIR


@immutable
class Candidate:
    """A member who would like to; `turn_at` (UTC epoch seconds): when they were asked last.

    None where it was never their turn. Whether they said yes makes no difference: asking is the
    turn, so that who refuses is not asked first again the week after.
    """

    member_id: int
    role: Role
    turn_at: int | None


def order(candidates: Iterable[Candidate], led: Mapping[Role, int]) -> list[Candidate]:
    """In which order they are asked.

    First whose role has led least, then whose turn is longest ago, those who never had one before
    all others; of equals the one who has been a member for longer (the lower id). `led` is how
    often each role has led, at least 0; one that is missing never did. Raises nothing.
    """

    def place(each: Candidate) -> tuple[int, int, int]:
        turn = -1 if each.turn_at is None else each.turn_at
        return led.get(each.role, 0), turn, each.member_id

    return sorted(candidates, key=place)


def next_one(
    candidates: Iterable[Candidate],
    led: Mapping[Role, int],
    beside: Role | None,
    passed: Collection[int] = (),
) -> Candidate | None:
    """Whom to ask now; None where nobody is left.

    `beside` is the role of whoever has the other duty, or is asked about it: somebody of that role
    is asked only where nobody of another is left. `passed` are the members by id who were asked
    about this assembly already, or have its other duty. Raises nothing.
    """
    left = [each for each in order(candidates, led) if each.member_id not in passed]
    of_another = [each for each in left if each.role is not beside]
    return next(iter(of_another or left), None)


def begins_at(starts_at: int, now: int, zone: ZoneInfo) -> int:
    """When the first are asked about an assembly that starts then, seen from `now`.

    Two days before, or at once where it is nearer; not in the quiet hours. All are UTC epoch
    seconds. Raises nothing.
    """
    return quiet_hours.waits_until(max(starts_at - LEAD, now), zone)


def still_asked(starts_at: int, now: int) -> bool:
    """Whether anybody is asked any more; both are UTC epoch seconds."""
    return now < starts_at - LAST


def answer_by(asked_at: int, starts_at: int, zone: ZoneInfo) -> int:
    """Until when whoever is asked at `asked_at` is waited for (UTC epoch seconds).

    18 hours, or a third of the time that is left where that is less, so that two more can be asked;
    where that falls into the quiet hours, their end. LAST before the start at the latest. Raises
    ValueError where nobody is asked any more.
    """
    if not still_asked(starts_at, asked_at):
        raise ValueError(f"too near to {starts_at}: {asked_at}")
    patience = min(PATIENCE, (starts_at - asked_at) // 3)
    return min(quiet_hours.waits_until(asked_at + patience, zone), starts_at - LAST)


def quarter(moment: int, zone: ZoneInfo) -> int:
    """The quarter of a moment (UTC epoch seconds) on the centre's clocks, as one number.

    Four times the year, plus 0 to 3: quarters that follow each other differ by 1.
    """
    day = local(moment, zone)
    return day.year * 4 + (day.month - 1) // 3


def counted_from(moment: int, zone: ZoneInfo) -> int:
    """The first of the quarters that count at a moment (UTC epoch seconds)."""
    return quarter(moment, zone) - QUARTERS + 1

"""For how long things are kept, and what a centre may choose: everything ends by itself.

Source of the rule: GDPR, article 5 (1) e, storage limitation; article 25 (2), by default.
"""

from __future__ import annotations

from enum import StrEnum
from zoneinfo import ZoneInfo

from assembly.immutable import immutable
from assembly.recurrence import local, next_occurrence

DAY = 86_400  # seconds
NOTICE = 7 * DAY  # seconds between a changed period and the first day on which it holds

_NIGHTLY = "FREQ=DAILY;BYHOUR=3;BYMINUTE=30;BYSECOND=0"


class Kept(StrEnum):
    """What a centre keeps for a time of its own choice, and from when on that time runs."""

    LEFT = "left"  # a member who has left, with all of theirs: from their leaving
    ANSWERS = "answers"  # a check-in with its answers: from its closing
    INVITATIONS = "invitations"  # from their end
    REQUESTS = "requests"  # a request to join that nobody answers: from its asking
    MINUTES = "minutes"  # with their photographs: from their publishing
    TASKS = "tasks"  # who did what an assembly wanted done: from its doing
    NAMES = "names"  # who proposed, supported, commented or voted by name: from the end of that
    AUDIT = "audit"  # what was done for the assembly, and by whom: from its doing
    MESSAGES = "messages"  # where a message stands, of a question or an assembly that is over
    DRAFTS = "drafts"  # what is half-written: from its last change


@immutable
class Period:
    """In whole days: what holds where nobody chose, and what can be chosen, ascending."""

    default: int
    choices: tuple[int, ...]

    @property
    def least(self) -> int:
        """The shortest that can be chosen."""
        return self.choices[0]

    @property
    def most(self) -> int:
        """The longest that can be chosen."""
        return self.choices[-1]


# An answer counts in a window of up to four weeks, which may be looked at four weeks late: so no
# answers go before 90 days. An unanswered request outlives a holiday, a link its 14 days. What the
# roles put forward is compared over a year at most: so no names go before that.
PERIODS = {
    Kept.LEFT: Period(365, (30, 90, 180, 365, 730)),
    Kept.ANSWERS: Period(730, (90, 180, 365, 730)),
    Kept.INVITATIONS: Period(90, (30, 90, 180, 365)),
    Kept.REQUESTS: Period(60, (14, 30, 60, 90)),
    Kept.MINUTES: Period(3_650, (365, 730, 1_825, 3_650)),
    Kept.TASKS: Period(365, (180, 365, 730)),
    Kept.NAMES: Period(730, (365, 730, 1_825)),
    Kept.AUDIT: Period(1_825, (365, 730, 1_825, 3_650)),
    Kept.MESSAGES: Period(180, (60, 180, 365)),
    Kept.DRAFTS: Period(30, (7, 30, 90)),
}


@immutable
class Choice:
    """What a centre chose: so many days from `holds_from` (UTC epoch seconds) on, until then
    `before`.
    """

    days: int
    before: int
    holds_from: int


def days(kept: Kept, choice: Choice | None, now: int) -> int:
    """For how many days something is kept at `now` (UTC epoch seconds): at least 1."""
    if choice is None:
        return PERIODS[kept].default
    return choice.days if now >= choice.holds_from else choice.before


def choose(kept: Kept, choice: Choice | None, wanted: int, now: int) -> Choice | None:
    """What holds from now on where `wanted` days are chosen at `now` (UTC epoch seconds).

    A change holds after a notice of 7 days, so that whom it concerns can save what is theirs; back
    to what holds today is at once. None where nothing changes. Raises ValueError for days that can
    not be chosen.
    """
    if wanted not in PERIODS[kept].choices:
        raise ValueError(f"{kept.value} can't be kept for {wanted} days")
    today = days(kept, choice, now)
    planned = choice.days if choice is not None else today
    if wanted == planned:
        return None
    return Choice(wanted, today, now if wanted == today else now + NOTICE)


def answers_days(of_centre: int, own: int | None) -> int:
    """For how many days a member's answers are kept: their own choice where it is shorter.

    Both at least 1; raises ValueError otherwise.
    """
    if of_centre < 1 or (own is not None and own < 1):
        raise ValueError(f"a period has at least a day: {of_centre}, {own}")
    return of_centre if own is None else min(of_centre, own)


def gone_before(now: int, days: int) -> int:
    """What ended before this moment is not kept any more (UTC epoch seconds); `days` from 1 on.

    Raises ValueError for fewer.
    """
    if days < 1:
        raise ValueError(f"a period has at least a day: {days}")
    return now - days * DAY


def kept_until(ended_at: int, days: int) -> int:
    """Until when something is kept that ended then (UTC epoch seconds); `days` from 1 on."""
    return ended_at + days * DAY


def next_sweep(now: int, zone: ZoneInfo) -> int:
    """When things are taken away next after `now` (UTC epoch seconds): at 3:30 at night, local."""
    start = local(now, zone).replace(hour=0, minute=0, second=0)
    found = next_occurrence(_NIGHTLY, start, zone, now)
    assert found is not None  # noqa: S101 - the rule has no end
    return found

"""The rule by which assemblies recur: every so many weeks, or a certain weekday of the month.

A rule is meant as clocks show it: "every Thursday at 16:00" stays at 16:00 when the clocks change.
It is kept as an RRULE (RFC 5545, section 3.3.10) beside the local time at which it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from assembly import recurrence
from assembly.immutable import immutable
from assembly.recurrence import local, resolve

WEEKS = (1, 2, 3, 4)  # on offer: every so many weeks
NTHS = (1, 2, 3, 4, -1)  # of a month: the first to the fourth, and the last
LENGTHS = (45, 60, 90, 120, 150, 180)  # minutes on offer
USUAL_LENGTH = 90  # minutes, where nobody has said how long it takes

ASKS_AFTER = 3  # in a row that nobody opened: its facilitators are asked whether to go on
PAUSES_AFTER = 4  # and after one more it pauses

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = frozenset(range(1, 13))
_RULE = re.compile(
    r"FREQ=(?:WEEKLY;INTERVAL=(?P<weeks>\d+);BYDAY=|MONTHLY;BYDAY=(?P<nth>[1-4]|-1))"
    r"(?P<day>MO|TU|WE|TH|FR|SA|SU)(?:;BYMONTH=(?P<months>[\d,]+))?"
)
_SHAPE = re.compile(r"([0-6])(?:w(\d{1,2})|m([1-4]|-1))([a-l]*)", re.ASCII)
_LETTERS = "abcdefghijkl"  # the months, for a button
_NATURAL = timedelta(days=4)


@immutable
class Rhythm:
    """On which days: `weekday` 0 (Monday) to 6, every so many `weeks` (1 to 52), or where `nth` is
    said, the first to fourth (1 to 4) or the last (-1) of that weekday in each month.

    `months_off`: the months (1 to 12, never all) of every year in which it pauses. Raises
    ValueError outside these ranges.
    """

    weekday: int
    weeks: int = 1
    nth: int | None = None
    months_off: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        fits = 0 <= self.weekday <= 6 and 1 <= self.weeks <= 52 and self.months_off < _MONTHS
        if not fits or (self.nth is not None and (self.nth not in NTHS or self.weeks != 1)):
            raise ValueError(f"no such rhythm: {self!r}")


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days, both included, on which the series does not meet. Raises ValueError if turned round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a pause ends after it begins: {self!r}")


@immutable
class Occurrence:
    """One meeting of a series by its rule: its local day, and its moment (UTC epoch seconds)."""

    day: date
    starts_at: int


def rule(rhythm: Rhythm) -> str:
    """The rhythm as an RRULE; the hour is that of the start that stands beside it."""
    if rhythm.nth is None:
        text = f"FREQ=WEEKLY;INTERVAL={rhythm.weeks};BYDAY={_DAYS[rhythm.weekday]}"
    else:
        text = f"FREQ=MONTHLY;BYDAY={rhythm.nth}{_DAYS[rhythm.weekday]}"
    if not rhythm.months_off:
        return text
    return f"{text};BYMONTH={','.join(map(str, sorted(_MONTHS - rhythm.months_off)))}"


def rhythm(text: str) -> Rhythm:
    """Reads what `rule` wrote. Raises ValueError for any other RRULE."""
    found = _RULE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a rule of ours: {text!r}")
    months = frozenset(map(int, found["months"].split(","))) if found["months"] else _MONTHS
    nth = int(found["nth"]) if found["nth"] else None
    return Rhythm(_DAYS.index(found["day"]), int(found["weeks"] or 1), nth, _MONTHS - months)


def shape(rhythm: Rhythm) -> str:
    """The rhythm in a few signs, for a button: `3w1`, `3w2h` (August off), `3m-1`."""
    every = f"w{rhythm.weeks}" if rhythm.nth is None else f"m{rhythm.nth}"
    return f"{rhythm.weekday}{every}" + "".join(
        _LETTERS[month - 1] for month in sorted(rhythm.months_off)
    )


def shaped(text: str) -> Rhythm | None:
    """Reads what `shape` wrote; None for anything else."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    weekday, weeks, nth, off = found.groups()
    months = frozenset(_LETTERS.index(each) + 1 for each in off)
    try:
        made = Rhythm(int(weekday), int(weeks or 1), int(nth) if nth else None, months)
    except ValueError:
        return None
    return made if shape(made) == text else None


def first_start(rhythm: Rhythm, hour: time, since: date) -> datetime:
    """The first local start of the rhythm on or after a day, at this hour; naive."""
    day = since + timedelta(days=(rhythm.weekday - since.weekday()) % 7)
    start = datetime.combine(day, hour)
    found = rrulestr(rule(rhythm), dtstart=start).after(start, inc=True)
    assert found is not None  # noqa: S101 - there is no end to these rules
    first: datetime = found
    return first


def occurrences(
    rhythm: Rhythm, start: datetime, pauses: Iterable[Pause], zone: ZoneInfo, after: int
) -> Iterator[Occurrence]:
    """The meetings strictly after a moment (UTC epoch seconds), earliest first, without an end.

    `start` is the naive local time of the first. Each local day comes once, and none but those in
    a pause is left out, whatever the clocks do (assembly.recurrence).
    """
    ranges = tuple(pauses)
    since = max(after, resolve(start, zone) - 1)
    for moment in recurrence.occurrences(rule(rhythm), start, zone, since):
        day = local(moment, zone).date()
        if not is_paused(day, ranges):
            yield Occurrence(day, moment)


def meets_alike(rhythm: Rhythm, start: datetime, other: datetime) -> bool:
    """Whether two series of one rhythm, begun at these local times, meet at the same moments.

    Of weekly ones each week is the same; of those every second week there are two kinds.
    """
    if start.time() != other.time():
        return False
    apart = abs((start.date() - other.date()).days)
    return rhythm.nth is not None or apart % (7 * rhythm.weeks) == 0


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    """Whether a day lies in one of the pauses."""
    return any(pause.first <= day <= pause.last for pause in pauses)


def written(pauses: Iterable[Pause]) -> str:
    """Pauses as they are kept: ISO 8601 intervals of days, in their order, with commas."""
    return ",".join(f"{pause.first}/{pause.last}" for pause in sorted(set(pauses)))


def read(text: str) -> tuple[Pause, ...]:
    """Reads what `written` wrote. Raises ValueError for anything else."""
    pairs = (each.split("/") for each in text.split(",") if each)
    return tuple(
        Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs
    )


def resumes_on(last: date) -> date:
    """From which day on a changed rule holds, after an assembly on `last` that stays as it is.

    Half a week later: from Thursday to Friday it is the Friday of the week after, and from Thursday
    to Monday the next Monday.
    """
    return last + _NATURAL


def over_at(starts_at: int, minutes: int, openable: int) -> int:
    """When an occurrence is over at the latest, opened or not (UTC epoch seconds).

    `minutes` is its length, `openable` for how many seconds after its start it can be opened.
    """
    return starts_at + openable + 60 * minutes


class Going(StrEnum):
    """What becomes of a series after so many assemblies in a row that nobody opened."""

    ON = "on"
    ASK = "ask"
    PAUSE = "pause"


def going(unopened_in_a_row: int) -> Going:
    """ON up to two, ASK the facilitators after the third, PAUSE after the fourth."""
    if unopened_in_a_row >= PAUSES_AFTER:
        return Going.PAUSE
    return Going.ASK if unopened_in_a_row == ASKS_AFTER else Going.ON


def suggested(past: Sequence[datetime]) -> list[tuple[Rhythm, time]]:
    """Which series the assemblies so far look like: up to three, the likeliest first.

    `past` has their local starts (naive), newest first. The commonest weekday and hour, newest
    where two are alike; then how far such assemblies lie apart. Empty where there were none.
    """
    if not past:
        return []
    slots = Counter((each.weekday(), each.time()) for each in past)
    weekday, hour = slots.most_common(1)[0][0]
    days = [each.date() for each in past if (each.weekday(), each.time()) == (weekday, hour)]
    nth = _nth(days[0])
    weekly, fortnightly = Rhythm(weekday), Rhythm(weekday, 2)
    monthly = Rhythm(weekday, nth=nth)
    likely = {7: weekly, 14: fortnightly, 28: monthly, 35: monthly}
    gaps = Counter((later - earlier).days for later, earlier in pairwise(days))
    guesses = [likely[gap] for gap, _ in gaps.most_common() if gap in likely]
    ordered = dict.fromkeys((*guesses, weekly, fortnightly, monthly))
    return [(each, hour) for each in islice(ordered, 3)]


def _nth(day: date) -> int:
    """Which of its weekday in the month a day is; the fifth is the last."""
    number = (day.day - 1) // 7 + 1
    return number if number in NTHS else -1

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import series
from assembly.recurrence import local, resolve
from assembly.series import Going, Occurrence, Pause, Rhythm

ROME = ZoneInfo("Europe/Rome")
ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]
THURSDAY, SUNDAY = 3, 6

weekdays = st.integers(0, 6)
off = st.frozensets(st.integers(1, 12), max_size=11)
rhythms = st.one_of(
    st.builds(Rhythm, weekdays, st.integers(1, 52), months_off=off),
    st.builds(Rhythm, weekdays, nth=st.sampled_from(series.NTHS), months_off=off),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def met(rhythm: Rhythm, start: str, zone: ZoneInfo, n: int, *pauses: Pause) -> list[Occurrence]:
    """The first so many, by asking for the next after each, as the scheduler does."""
    found: list[Occurrence] = []
    after = 0
    for _ in range(n):
        found.append(next(series.occurrences(rhythm, at(start), pauses, zone, after)))
        after = found[-1].starts_at
    return found


@pytest.mark.parametrize(
    ("rhythm", "start", "days"),
    [
        (Rhythm(THURSDAY), "2026-12-03 16:00", "12-03 12-10 12-17 12-24 12-31 01-07"),
        (Rhythm(THURSDAY, 2), "2026-12-03 16:00", "12-03 12-17 12-31 01-14"),
        (Rhythm(THURSDAY, 3), "2026-12-03 16:00", "12-03 12-24 01-14"),
        (Rhythm(THURSDAY, nth=1), "2026-12-03 16:00", "12-03 01-07 02-04 03-04"),
        (Rhythm(THURSDAY, nth=2), "2026-12-10 16:00", "12-10 01-14 02-11"),
        (Rhythm(THURSDAY, nth=3), "2026-12-17 16:00", "12-17 01-21 02-18"),
        (Rhythm(THURSDAY, nth=4), "2026-12-24 16:00", "12-24 01-28 02-25"),
        (Rhythm(THURSDAY, nth=-1), "2026-12-31 16:00", "12-31 01-28 02-25 03-25 04-29"),
        # August off: what is left keeps its step
        (Rhythm(THURSDAY, 2, months_off=frozenset({8})), "2026-07-23 16:00", "07-23 09-03 09-17"),
        (Rhythm(THURSDAY, nth=1, months_off=frozenset({8})), "2026-07-02 16:00", "07-02 09-03"),
    ],
)
def test_which_days(rhythm: Rhythm, start: str, days: str) -> None:
    found = met(rhythm, start, ROME, len(days.split()))
    assert " ".join(f"{each.day:%m-%d}" for each in found) == days


@pytest.mark.parametrize(
    ("zone", "start", "moments"),
    [
        ("Europe/Rome", "2026-03-22 16:00", ["03-22 15:00", "03-29 14:00", "04-05 14:00"]),
        ("Europe/Rome", "2026-10-18 16:00", ["10-18 14:00", "10-25 15:00", "11-01 15:00"]),
        ("Europe/Vienna", "2026-03-22 02:30", ["03-22 01:30", "03-29 01:00", "04-05 00:30"]),
        ("Europe/Vienna", "2026-10-18 02:30", ["10-18 00:30", "10-25 00:30", "11-01 01:30"]),
        ("America/New_York", "2026-03-01 16:00", ["03-01 21:00", "03-08 20:00", "03-15 20:00"]),
        ("America/New_York", "2026-10-25 01:30", ["10-25 05:30", "11-01 05:30", "11-08 06:30"]),
        # half an hour only
        ("Australia/Lord_Howe", "2026-03-29 16:00", ["03-29 05:00", "04-05 05:30", "04-12 05:30"]),
        ("Australia/Lord_Howe", "2026-09-27 16:00", ["09-27 05:30", "10-04 05:00", "10-11 05:00"]),
    ],
)
def test_the_hour_stays_when_the_clocks_change(zone: str, start: str, moments: list[str]) -> None:
    found = met(Rhythm(SUNDAY), start, ZoneInfo(zone), 3)
    assert [each.starts_at for each in found] == [utc(f"2026-{each}") for each in moments]


@given(rhythms, st.sampled_from(ZONES), st.times(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_never_twice_and_never_none(rhythm: Rhythm, name: str, hour: time, since: date) -> None:
    zone = ZoneInfo(name)
    start = series.first_start(rhythm, hour.replace(second=0, microsecond=0), since)
    found = list(islice(series.occurrences(rhythm, start, (), zone, 0), 12))
    days = [each.day for each in found]
    assert days == sorted(set(days)) and days[0] == start.date()
    assert all(one.starts_at < other.starts_at for one, other in pairwise(found))
    assert all(day.weekday() == rhythm.weekday for day in days)
    assert not {day.month for day in days} & rhythm.months_off
    for one, other in pairwise(days):
        assert between(rhythm, start.date(), one, other) == []


def between(rhythm: Rhythm, start: date, one: date, other: date) -> list[date]:
    """Days between two meetings that the rule names too, found without it."""
    step = (one + timedelta(days=n) for n in range(1, (other - one).days))
    return [day for day in step if named(rhythm, start, day)]


def named(rhythm: Rhythm, start: date, day: date) -> bool:
    if day.weekday() != rhythm.weekday or day.month in rhythm.months_off:
        return False
    if rhythm.nth is None:
        return (day - start).days // 7 % rhythm.weeks == 0
    if rhythm.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rhythm.nth


@given(rhythms, st.sampled_from(ZONES), st.integers(1_700_000_000, 1_900_000_000))
def test_the_next_is_after_now_and_clocks_show_its_hour(
    rhythm: Rhythm, name: str, now: int
) -> None:
    zone = ZoneInfo(name)
    start = series.first_start(rhythm, time(16), local(now, zone).date())
    found = next(series.occurrences(rhythm, start, (), zone, now))
    assert found.starts_at > now
    assert found.starts_at == resolve(datetime.combine(found.day, time(16)), zone)


def test_days_in_a_pause_are_left_out() -> None:
    christmas = Pause(date(2026, 12, 24), date(2027, 1, 6))
    found = met(Rhythm(THURSDAY), "2026-12-10 16:00", ROME, 3, christmas)
    assert [str(each.day) for each in found] == ["2026-12-10", "2026-12-17", "2027-01-07"]


@given(st.lists(st.tuples(st.dates(), st.dates()).map(lambda pair: Pause(*sorted(pair)))))
def test_pauses_are_read_as_they_were_written(pauses: list[Pause]) -> None:
    assert series.read(series.written(pauses)) == tuple(sorted(set(pauses)))


@given(rhythms)
def test_a_rhythm_is_read_as_it_was_written(rhythm: Rhythm) -> None:
    assert series.rhythm(series.rule(rhythm)) == rhythm
    assert series.shaped(series.shape(rhythm)) == rhythm


@pytest.mark.parametrize(
    "text", ["", "3w0", "3w53", "7w1", "3m5", "3m0", "3w01", "3w1m", "3w1hh", "3w1ih", "3w١"]
)
def test_a_button_that_was_made_up_means_nothing(text: str) -> None:
    assert series.shaped(text) is None


def test_what_is_no_rule_of_ours_is_refused() -> None:
    for text in ("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=0;BYDAY=TH", "FREQ=MONTHLY;BYDAY=5TH"):
        with pytest.raises(ValueError, match="no"):
            series.rhythm(text)
    with pytest.raises(ValueError, match="no such rhythm"):
        Rhythm(THURSDAY, months_off=frozenset(range(1, 13)))
    with pytest.raises(ValueError, match="ends after"):
        Pause(date(2026, 12, 2), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("unopened", "expected"),
    [
        (0, Going.ON),
        (1, Going.ON),
        (2, Going.ON),
        (3, Going.ASK),
        (4, Going.PAUSE),
        (5, Going.PAUSE),
    ],
)
def test_what_becomes_of_a_series_that_nobody_opens(unopened: int, expected: Going) -> None:
    assert series.going(unopened) is expected


@pytest.mark.parametrize(
    ("past", "first"),
    [
        ("11-26 11-19 11-12", Rhythm(THURSDAY)),
        ("11-26 11-12 10-29", Rhythm(THURSDAY, 2)),
        ("11-05 10-01 09-03", Rhythm(THURSDAY, nth=1)),
        ("10-29 09-24", Rhythm(THURSDAY, nth=-1)),  # the fifth: nobody means "the fifth"
        ("11-26 11-25 11-19", Rhythm(THURSDAY)),  # one on another day between
        ("11-26", Rhythm(THURSDAY)),
        ("11-26 09-10", Rhythm(THURSDAY)),
    ],
)
def test_what_the_assemblies_so_far_look_like(past: str, first: Rhythm) -> None:
    found = series.suggested([at(f"2026-{each} 16:00") for each in past.split()])
    assert found[0] == (first, time(16)) and len(found) == len(set(found)) == 3


def test_nothing_is_suggested_of_nothing() -> None:
    assert series.suggested([]) == []


@pytest.mark.parametrize(
    ("rhythm", "first"),
    [
        (Rhythm(4), "2026-12-11"),  # Friday: not the day after, the week after
        (Rhythm(5), "2026-12-12"),
        (Rhythm(0), "2026-12-07"),
        (Rhythm(2), "2026-12-09"),
        (Rhythm(THURSDAY), "2026-12-10"),
    ],
)
def test_from_when_on_a_changed_rule_holds(rhythm: Rhythm, first: str) -> None:
    since = series.resumes_on(date(2026, 12, 3))  # a Thursday
    assert str(series.first_start(rhythm, time(16), since).date()) == first


def test_when_an_occurrence_is_over_at_the_latest() -> None:
    assert series.over_at(1_000, 90, 10_800) == 1_000 + 10_800 + 5_400


@pytest.mark.parametrize(
    ("rhythm", "other", "alike"),
    [
        (Rhythm(3), "2025-12-11 16:00", True),
        (Rhythm(3), "2025-12-11 17:00", False),
        (Rhythm(3, 2), "2025-12-11 16:00", False),
        (Rhythm(3, 2), "2025-12-18 16:00", True),
        (Rhythm(3, 2), "2025-11-20 16:00", True),
        (Rhythm(3, nth=1), "2026-01-01 16:00", True),
    ],
)
def test_two_series_meet_at_the_same_moments(rhythm: Rhythm, other: str, alike: bool) -> None:
    start = datetime.fromisoformat("2025-12-04 16:00")
    assert series.meets_alike(rhythm, start, datetime.fromisoformat(other)) is alike

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from assembly.recurrence import resolve
from assembly.series import Pause, Rhythm
from handlers.assemblies.calendars import entries
from storage.assemblies import Assembly, Status
from storage.centres import Centre
from storage.link_ids import LinkIds
from storage.series import Series

CENTRE = Centre(1, -100, "Aurora", "en", "Europe/Rome", None, None, Fraction(1, 3), 0)
LINKS = LinkIds(bytes(32))
START = datetime.fromisoformat("2025-12-04 16:00")  # local, a Thursday
SERIES = Series(7, 1, Rhythm(3), START, "Via Roma 12", 90, (), "running", 0, 2, 0)


def held(weeks: int, status: Status = "closed", moved: timedelta = timedelta(0)) -> Assembly:
    """The assembly of the Thursday so many weeks after the first."""
    at = START + timedelta(weeks=weeks)
    starts_at = resolve(at + moved, CENTRE.clock)
    return Assembly(
        100 + weeks,
        1,
        starts_at,
        "Via Roma 12",
        status,
        0,
        None,
        None,
        None,
        None,
        series_id=7,
        series_date=at.date().isoformat(),
        length_minutes=90,
    )


def test_what_is_as_the_rule_says_needs_no_entry_of_its_own() -> None:
    recurring, differing = entries.whole(SERIES, [held(0), held(1, "convened")], CENTRE, LINKS)
    assert recurring is not None and differing == []
    assert (recurring.start, recurring.left_out, recurring.until) == (START, (), None)
    assert recurring.sequence == SERIES.sequence


def test_what_differs_stands_in_its_place_and_counts() -> None:
    moved = replace(held(1, "convened", timedelta(hours=2)), sequence=3)
    gone = replace(held(2, "cancelled"), sequence=1)
    recurring, [instead] = entries.whole(SERIES, [held(0), moved, gone], CENTRE, LINKS)
    assert recurring is not None
    assert recurring.left_out == (START + timedelta(weeks=2),)
    assert instead.instead_of == START + timedelta(weeks=1)
    assert instead.starts == START + timedelta(weeks=1, hours=2)
    assert instead.sequence == recurring.sequence == 2 + 3 + 1
    assert instead.uid == recurring.uid != entries.alone(moved, CENTRE, LINKS).uid


def test_a_pause_leaves_out_all_but_what_is_held_all_the_same() -> None:
    paused = replace(SERIES, pauses=(Pause(date(2025, 12, 10), date(2025, 12, 31)),))
    recurring, _ = entries.whole(paused, [held(2, "convened")], CENTRE, LINKS)
    assert recurring is not None
    assert recurring.left_out == (START + timedelta(weeks=1), START + timedelta(weeks=3))


def test_of_an_earlier_rule_only_what_is_to_come_stands_alone() -> None:
    fridays = replace(SERIES, rhythm=Rhythm(4), start=datetime.fromisoformat("2025-12-19 16:00"))
    recurring, [alone] = entries.whole(fridays, [held(0), held(1, "convened")], CENTRE, LINKS)
    assert recurring is not None and alone.instead_of is None
    assert alone == entries.alone(held(1, "convened"), CENTRE, LINKS)


def test_a_first_day_that_the_rule_leaves_out_is_not_the_first() -> None:
    """A calendar would show it whatever the rule says (RFC 5545, section 3.8.2.4)."""
    without = replace(SERIES, rhythm=Rhythm(3, 2, months_off=frozenset({12})))
    recurring, _ = entries.whole(without, [], CENTRE, LINKS)
    assert recurring is not None and recurring.start == datetime.fromisoformat("2026-01-01 16:00")


def test_what_has_ended_before_it_met_is_no_series() -> None:
    over = replace(SERIES, status="ended")
    assert entries.whole(over, [held(0, "cancelled")], CENTRE, LINKS) == (None, [])
    recurring, _ = entries.whole(over, [held(0), held(1)], CENTRE, LINKS)
    assert recurring is not None and recurring.until == START + timedelta(weeks=1)

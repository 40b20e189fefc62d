"""Calendar files, read by a second library that knows nothing of ours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from assembly import calendar_file, series
from assembly.calendar_file import Meeting, Recurring
from assembly.recurrence import resolve
from assembly.series import Rhythm

ROME = ZoneInfo("Europe/Rome")
ZONES = ["Europe/Rome", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]
AT = 1_764_763_200
START = datetime.fromisoformat("2025-12-04 16:00")  # local, a Thursday
EVERY_THURSDAY = Recurring("series@voci", series.rule(Rhythm(3)), START, 90, "Via Roma 12", 3)


def read(text: str) -> vobject.base.Component:
    assert "\r\n" in text and "\n" not in text.replace("\r\n", "")
    for name in ZONES:  # it remembers the zones of other files
        vobject.icalendar.registerTzid(name, None)
    return vobject.readOne(text)


def expanded(text: str, end: datetime) -> list[int]:
    """What the other reader makes of it, up to a moment: exceptions stand in for the rule's."""
    found: dict[datetime, datetime] = {}
    alone = []
    events = read(text).vevent_list
    for event in events:
        if hasattr(event, "recurrence_id"):
            continue
        if hasattr(event, "rrule"):
            for each in event.getrruleset(addRDate=True):
                if each > end:
                    break
                found[each] = each
        else:
            alone.append(event.dtstart.value)
    for event in events:
        if hasattr(event, "recurrence_id"):
            del found[event.recurrence_id.value]
            alone.append(event.dtstart.value)
    return sorted(int(each.timestamp()) for each in (*found.values(), *alone))


def ours(rhythm: Rhythm, start: datetime, zone: ZoneInfo, end: datetime) -> list[int]:
    found = series.occurrences(rhythm, start, (), zone, 0)
    return [
        each.starts_at for each in takewhile(lambda each: each.starts_at <= end.timestamp(), found)
    ]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(3),
        Rhythm(6),  # on the day itself on which the clocks change
        Rhythm(6, 2),
        Rhythm(6, nth=1),
        Rhythm(6, nth=-1),
        Rhythm(3, months_off=frozenset({8})),
        Rhythm(3, 2, months_off=frozenset({7, 8})),
    ],
)
def test_another_reader_finds_our_moments_over_all_changes_of_clocks(
    name: str, rhythm: Rhythm
) -> None:
    zone = ZoneInfo(name)
    start = series.first_start(rhythm, time(16), date(2025, 12, 4))
    recurring = Recurring("x@voci", series.rule(rhythm), start, 90, None, 0)
    end = datetime(2028, 1, 1, tzinfo=UTC)
    found = expanded(calendar_file.written("Assembly", zone, [], recurring, at=AT), end)
    assert found == ours(rhythm, start, zone, end)
    assert len(found) > 20


@given(
    st.builds(
        Rhythm,
        st.integers(0, 6),
        st.integers(1, 6),
        months_off=st.frozensets(st.integers(1, 12), max_size=3),
    ),
    st.sampled_from(ZONES),
    st.times(time(4), time(23)).map(lambda each: each.replace(second=0, microsecond=0)),
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
)
@example(Rhythm(0, 1), "Australia/Lord_Howe", time(4), date(2024, 1, 1))
def test_so_do_all_rhythms_at_any_hour_but_in_the_dead_of_night(
    rhythm: Rhythm, name: str, hour: time, since: date
) -> None:
    zone = ZoneInfo(name)
    start = series.first_start(rhythm, hour, since)
    end = start.replace(tzinfo=UTC) + timedelta(days=500)
    recurring = Recurring("x@voci", series.rule(rhythm), start, 90, None, 0)
    text = calendar_file.written("Assembly", zone, [], recurring, at=AT)
    assert expanded(text, end) == ours(rhythm, start, zone, end)


def test_what_is_left_out_and_what_stands_in_for_it() -> None:
    left_out = (START + timedelta(weeks=1), START + timedelta(weeks=3))
    moved = Meeting(
        EVERY_THURSDAY.uid,
        datetime.fromisoformat("2025-12-19 10:00"),
        60,
        "Elsewhere",
        3,
        instead_of=START + timedelta(weeks=2),
    )
    recurring = Recurring(*_fields(EVERY_THURSDAY), left_out=left_out)
    text = calendar_file.written("Assembly", ROME, [moved], recurring, at=AT)
    end = datetime(2026, 1, 10, tzinfo=UTC)
    days = [datetime.fromtimestamp(each, ROME) for each in expanded(text, end)]
    assert [f"{day:%d.%m. %H:%M}" for day in days] == [
        "04.12. 16:00",
        "19.12. 10:00",
        "01.01. 16:00",
        "08.01. 16:00",
    ]
    whole, instead = read(text).vevent_list
    assert whole.uid.value == instead.uid.value == "series@voci"
    assert whole.sequence.value == instead.sequence.value == "3"
    assert (whole.location.value, instead.location.value) == ("Via Roma 12", "Elsewhere")
    assert instead.duration.value == timedelta(minutes=60)


def _fields(of: Recurring) -> tuple[str, str, datetime, int, str | None, int]:
    return of.uid, of.rule, of.start, of.minutes, of.place, of.sequence


def test_a_series_that_has_ended_ends_in_the_calendar_too() -> None:
    recurring = Recurring(*_fields(EVERY_THURSDAY), until=START + timedelta(weeks=2))
    text = calendar_file.written("Assembly", ROME, [], recurring, at=AT)
    assert len(expanded(text, datetime(2030, 1, 1, tzinfo=UTC))) == 3
    assert "UNTIL=20251218T150000Z" in text


def test_one_that_does_not_take_place_is_taken_out() -> None:
    cancelled = Meeting("series@voci", START, 90, None, 4, instead_of=START)
    calendar = read(calendar_file.written("Assembly", ROME, [cancelled], at=AT, cancels=True))
    assert calendar.method.value == "CANCEL"
    [event] = calendar.vevent_list
    assert event.status.value == "CANCELLED" and event.sequence.value == "4"
    assert (
        event.recurrence_id.value
        == event.dtstart.value
        == START.replace(tzinfo=event.dtstart.value.tzinfo)
    )
    assert int(event.dtstart.value.timestamp()) == resolve(START, ROME)


def test_one_assembly_in_words_that_need_escaping() -> None:
    place = "Löwengasse 7; 2. Stock, links\nbei „Müller“ \\ 😀" + "x" * 150
    meeting = Meeting("one@voci", START, 90, place, 0)
    calendar = read(calendar_file.written("Versammlung: Aurora, Süd", ROME, [meeting], at=AT))
    assert calendar.method.value == "PUBLISH" and calendar.version.value == "2.0"
    [event] = calendar.vevent_list
    assert (event.summary.value, event.location.value) == ("Versammlung: Aurora, Süd", place)
    assert event.dtstamp.value == datetime.fromtimestamp(AT, UTC)
    assert calendar.vtimezone.tzid.value == "Europe/Rome"


def test_the_same_is_written_the_same() -> None:
    texts = {calendar_file.written("A", ROME, [], EVERY_THURSDAY, at=AT) for _ in range(2)}
    assert len(texts) == 1
    assert all(len(line.encode()) <= 75 for line in texts.pop().split("\r\n"))


def test_a_file_about_nothing_is_not_written() -> None:
    with pytest.raises(ValueError, match="about something"):
        calendar_file.written("A", ROME, [], at=AT)


def test_which_starts_a_rule_names() -> None:
    last = START + timedelta(weeks=2)
    assert calendar_file.starts(EVERY_THURSDAY.rule, START, START, last) == [
        START,
        START + timedelta(weeks=1),
        last,
    ]

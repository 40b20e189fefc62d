from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.recurrence import local
from assembly.zones import NEAR, at, named, proposals, same_hour


@pytest.mark.parametrize("language", [*NEAR, "fr", ""])
def test_every_proposal_is_a_real_zone_and_stands_once(language: str) -> None:
    zones = proposals(language)
    assert len(zones) == len(set(zones)) >= 5
    assert all(ZoneInfo(zone).key == zone for zone in zones)


@pytest.mark.parametrize(
    ("language", "zone"), [("it", "Europe/Rome"), ("de", "Europe/Berlin"), ("en", "Europe/London")]
)
def test_the_likeliest_zone_comes_first(language: str, zone: str) -> None:
    assert proposals(language)[0] == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        (" europe/lisbon ", "Europe/Lisbon"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("Europe", None),
        ("Centro Aurora", None),
        ("../etc/passwd", None),
        ("", None),
        ("\x00", None),
        ("EST", None),
    ],
)
def test_a_typed_name_means_a_zone_or_none(text: str, zone: str | None) -> None:
    assert named(text) == zone


@pytest.mark.parametrize(
    ("text", "language", "zone"),
    [
        ("Lisbona", "it", "Europe/Lisbon"),
        (" lisbon ", "it", "Europe/Lisbon"),
        ("Mexiko-Stadt", "de", "America/Mexico_City"),
        ("new  york", "en", "America/New_York"),
        ("Kolkata", "en", "Asia/Kolkata"),
        ("Europe/Lisbon", "de", "Europe/Lisbon"),
        ("Castelnuovo", "it", None),
        ("", "en", None),
        ("\x00", "en", None),
    ],
)
def test_a_city_means_its_zone(text: str, language: str, zone: str | None) -> None:
    assert at(text, language) == zone


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text + "+00:00").timestamp())


@pytest.mark.parametrize(
    ("before", "moment", "after", "then"),
    [
        # 16:00 in Rome is 16:00 in London, an hour later as time passes
        ("Europe/Rome", "2026-01-12T15:00", "Europe/London", "2026-01-12T16:00"),
        ("Europe/London", "2026-01-12T16:00", "Europe/Rome", "2026-01-12T15:00"),
        # 16:00 on the days on which both change their clocks, and on the days before
        ("Europe/Rome", "2026-03-28T15:00", "Europe/London", "2026-03-28T16:00"),
        ("Europe/Rome", "2026-03-29T14:00", "Europe/London", "2026-03-29T15:00"),
        ("Europe/Rome", "2026-10-24T14:00", "Europe/London", "2026-10-24T15:00"),
        ("Europe/Rome", "2026-10-25T15:00", "Europe/London", "2026-10-25T16:00"),
        # between 8 and 29 March only New York has summer time
        ("Europe/Rome", "2026-03-20T15:00", "America/New_York", "2026-03-20T20:00"),
        ("Europe/Rome", "2026-03-30T14:00", "America/New_York", "2026-03-30T20:00"),
        # 02:30 is skipped in Rome in spring: the first moment behind the gap
        ("UTC", "2026-03-29T02:30", "Europe/Rome", "2026-03-29T01:00"),
        # 02:30 comes twice in Rome in autumn: the first of the two
        ("UTC", "2026-10-25T02:30", "Europe/Rome", "2026-10-25T00:30"),
        # the second 02:30 of Rome is 02:30 elsewhere, once
        ("Europe/Rome", "2026-10-25T01:30", "UTC", "2026-10-25T02:30"),
    ],
)
def test_the_hour_that_people_were_told_stays(
    before: str, moment: str, after: str, then: str
) -> None:
    assert same_hour(utc(moment), ZoneInfo(before), ZoneInfo(after)) == utc(then)


@given(
    st.integers(1_700_000_000, 1_900_000_000),
    st.sampled_from(["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_the_hour_stays_whatever_it_is(moment: int, zone: str) -> None:
    fixed = ZoneInfo("UTC")
    assert local(same_hour(moment, ZoneInfo(zone), fixed), fixed) == local(moment, ZoneInfo(zone))

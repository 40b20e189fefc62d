from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.deadlines import (
    EXTENSION,
    LONGEST,
    Span,
    choices,
    closing,
    may_close_early,
    may_extend,
)

ROME = ZoneInfo("Europe/Rome")
OFFERED = {Span.TEN_MINUTES, Span.HOUR, Span.EVENING, Span.TOMORROW, Span.WEEK}


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ROME).timestamp())


@pytest.mark.parametrize(
    ("span", "now", "closes"),
    [
        (Span.TEN_MINUTES, "2026-12-07T17:00", "2026-12-07T17:10"),
        (Span.HOUR, "2026-12-07T23:30", "2026-12-08T00:30"),
        (Span.EVENING, "2026-12-07T17:00", "2026-12-07T20:00"),
        (Span.EVENING, "2026-12-07T19:00", "2026-12-07T20:00"),
        (Span.EVENING, "2026-12-07T19:01", "2026-12-08T20:00"),  # less than an hour away
        (Span.EVENING, "2026-12-07T22:00", "2026-12-08T20:00"),
        (Span.TOMORROW, "2026-12-07T17:00", "2026-12-08T20:00"),
        (Span.WEEK, "2026-12-07T17:00", "2026-12-14T20:00"),
        # the day is the centre's: in UTC it is still the 7th
        (Span.TOMORROW, "2026-12-08T00:30", "2026-12-09T20:00"),
        # the clocks change in the night between: still 20:00 on the wall
        (Span.TOMORROW, "2026-03-28T17:00", "2026-03-29T20:00"),
        (Span.TOMORROW, "2026-10-24T17:00", "2026-10-25T20:00"),
    ],
)
def test_when_a_question_closes(span: Span, now: str, closes: str) -> None:
    assert closing(span, at(now), ROME) == at(closes)


def test_this_evening_is_offered_while_it_is_not_tomorrow_s() -> None:
    assert set(choices(at("2026-12-07T17:00"), ROME)) == OFFERED
    assert set(choices(at("2026-12-07T21:00"), ROME)) == OFFERED - {Span.EVENING}


@given(st.integers(1_700_000_000, 1_900_000_000), st.sampled_from(Span))
def test_every_span_leaves_time_and_none_is_too_long(now: int, span: Span) -> None:
    assert 600 <= closing(span, now, ROME) - now <= LONGEST


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (1_000 + EXTENSION, True),
        (1_001, True),
        (1_000, False),
        (400, False),
        (500 + LONGEST, True),
        (501 + LONGEST, False),
    ],
)
def test_a_decision_is_extended_forwards_and_not_for_ever(until: int, allowed: bool) -> None:
    assert may_extend(1_000, until, opened_at=500) is allowed


@pytest.mark.parametrize(
    ("closes_at", "everybody", "assembly_is_open", "allowed"),
    [
        (1_000, True, False, True),
        (1_000, False, False, False),
        (1_000, False, True, True),  # the chair sees whether somebody still wishes to
        (1_000, None, False, True),  # so few that it is nobody's business
        (None, False, False, True),  # nothing else would ever close it
    ],
)
def test_closing_early_waits_for_everybody_but_in_the_assembly(
    closes_at: int | None, everybody: bool | None, assembly_is_open: bool, allowed: bool
) -> None:
    may = may_close_early(closes_at, everybody=everybody, assembly_is_open=assembly_is_open)
    assert may is allowed

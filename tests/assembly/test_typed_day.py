from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.typed_day import typed_day

TODAY = date(2026, 12, 3)  # a Thursday


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "12.12.", date(2026, 12, 12)),
        ("de", " 12. 12. 2026 ", date(2026, 12, 12)),
        ("de", "am 12. Dezember", date(2026, 12, 12)),
        ("de", "Samstag, den 12.12.", date(2026, 12, 12)),
        ("de", "nächsten Donnerstag", date(2026, 12, 10)),
        ("de", "Fr", date(2026, 12, 4)),
        ("de", "Übermorgen", date(2026, 12, 5)),
        ("de", "3. März", date(2027, 3, 3)),
        ("it", "12/12", date(2026, 12, 12)),
        ("it", "venerdì", date(2026, 12, 4)),
        ("it", "venerdi", date(2026, 12, 4)),
        ("it", "giovedì prossimo", date(2026, 12, 10)),
        ("it", "il 12 dicembre", date(2026, 12, 12)),
        ("it", "sabato 12 dicembre 2026", date(2026, 12, 12)),
        ("it", "mar", date(2026, 12, 8)),
        ("it", "9 mar", date(2027, 3, 9)),
        ("it", "domani", date(2026, 12, 4)),
        ("en", "next Thursday", date(2026, 12, 10)),
        ("en", "thurs", date(2026, 12, 10)),
        ("en", "the 12th of December", date(2026, 12, 12)),
        ("en", "December 12", date(2026, 12, 12)),
        ("en", "12/12", date(2026, 12, 12)),
        ("en", "3/12", TODAY),
        ("en", "2/12", date(2027, 12, 2)),
        ("en", "12-12-26", date(2026, 12, 12)),
        ("en", "2026-12-12", date(2026, 12, 12)),
        ("en", "29 February", date(2028, 2, 29)),
        ("en", "today", TODAY),
    ],
)
def test_days_as_people_type_them(language: str, text: str, day: date) -> None:
    assert typed_day(text, TODAY, language) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31.2.",
        "12",
        "t",
        "Friday 12 December",  # a Saturday
        "12 December January",
        "12 December at the lake",
        "1.2.3.4",
        "16:30",
        "99999999999999999999-1-1",
        "1.1.99999999999999999999",
    ],
)
def test_what_can_not_be_told_is_no_day(text: str) -> None:
    assert typed_day(text, TODAY, "en") is None


@given(st.text(), st.sampled_from(["en", "it", "de"]))
def test_nothing_that_is_typed_raises(text: str, language: str) -> None:
    found = typed_day(text, TODAY, language)
    assert found is None or isinstance(found, date)

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.attendance_bands import Attendance
from assembly.minutes import Correction, Minutes, Point, Task
from assembly.minutes_search import LONGEST, Hit, find, looked_for

POINTS = (
    Point(
        "Öffnung in der Hauptstraße",
        why="Perché il sabato è lungo.",
        notes=("Rosa hat den Schlüssel.", "Chi apre?"),
        outcome=("We agreed: open at nine.",),
        tasks=(Task("Ask the baker", who="Bruno"),),
    ),
    Point("", notes=("Thanks to the COOKS.",)),
)
MINUTES = Minutes(
    *("Aurora", "de", "UTC", 1, 2, "Via Roma 12", Attendance("0-4")),
    points=POINTS,
    chair="Anna",
    corrections=(Correction("It was ten.", "It was nine."),),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HAUPTSTRASSE", "Öffnung in der Hauptstraße"),
        ("öffnung", "Öffnung in der Hauptstraße"),
        ("O\u0308FFNUNG", "Öffnung in der Hauptstraße"),
        ("PERCHÉ", "Perché il sabato è lungo."),
        ("schlüssel rosa", "Rosa hat den Schlüssel."),
        ("cooks", "Thanks to the COOKS."),
        ("baker", "Ask the baker (Bruno)"),
        ("bruno", "Ask the baker (Bruno)"),
        ("ten", "It was ten."),
        ("anna", "Anna"),
        ("roma", "Via Roma 12"),
        ("cooks baker", "Thanks to the COOKS."),  # in two places
    ],
)
def test_a_word_is_found_whatever_its_case(text: str, words: str) -> None:
    found = find(MINUTES, text)
    assert found is not None and found.words == words


@pytest.mark.parametrize("text", ["", "   ", "garden", "rosa garden"])
def test_what_is_nowhere_is_not_found(text: str) -> None:
    assert find(MINUTES, text) is None


def test_it_says_at_which_point() -> None:
    assert find(MINUTES, "Chi") == Hit("Öffnung in der Hauptstraße", "Chi apre?")
    assert find(MINUTES, "cooks") == Hit(None, "Thanks to the COOKS.")
    assert find(replace(MINUTES, points=()), "Chi") is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  a   garden\nplease ", "a garden please"),
        ("card:1:2", "card 1 2"),
        ("ß" * 30, "ß" * (LONGEST // 2)),
        ("\u200b", ""),
        ("::", ""),
    ],
)
def test_what_is_looked_for_fits_in_a_button(typed: str, expected: str) -> None:
    assert looked_for(typed) == expected


@given(st.text())
def test_it_always_fits(typed: str) -> None:
    found = looked_for(typed)
    assert len(found.encode(errors="replace")) <= LONGEST and ":" not in found
    assert looked_for(found) == found

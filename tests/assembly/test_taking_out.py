from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.attendance_bands import Attendance
from assembly.minutes import Correction, Minutes, Point, Task, frozen_text
from assembly.name_marks import NAMELESS, Names, fill, member_mark
from assembly.taking_out import name, names, names_in, taken_out, times, unnamed, without
from assembly.wording import WordingError

MINUTES = Minutes(
    *("Aurora", "en", "UTC", 1, 2, "At Verdi’s", Attendance("0-4")),
    points=(
        Point(
            "Mr Verdi and the garden",
            why="Verdis Garten is large.",
            notes=("Verdi digs, Verdiana does not.",),
            outcome=("We ask Verdi.",),
            tasks=(Task("Ask Verdi", who=member_mark(1)),),
        ),
    ),
    corrections=(Correction("It was Verdi.", "No, not Verdi."),),
    salt="00",
)


def test_it_is_taken_out_wherever_it_stands_as_a_word() -> None:
    assert times(MINUTES, "Verdi") == 8
    told = without(MINUTES, "Verdi", 9, "11")
    assert times(told, "Verdi") == 0
    assert told.points[0].notes == (f"{NAMELESS} digs, Verdiana does not.",)
    assert told.points[0].why == f"{NAMELESS}s Garten is large."
    assert told.version == 2 and told.changed_at == (9,) and told.salt == "11"
    assert told.points[0].tasks[0].who == member_mark(1), "members stay"
    assert "Verdi " not in frozen_text(told)
    names = Names({}, "a former member", "a member", "gone", "somebody")
    assert fill(told.points[0].outcome[0], names) == "We ask somebody."


@pytest.mark.parametrize("typed", ["Verdi", " Verdi\n", "Dr. Åse Ødegård", "Ž", "李", "O’Neill"])
def test_what_is_a_name(typed: str) -> None:
    assert name(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["not", "", "…", "1889", "’o", "V" * 41])
def test_what_is_none(typed: str) -> None:
    with pytest.raises(WordingError):
        name(typed)


@given(st.text(alphabet="Verdi as.", max_size=30), st.sampled_from(("Verdi", "V. ", "Ve.")))
def test_afterwards_it_is_nowhere_and_twice_is_once(text: str, who: str) -> None:
    once = taken_out(text, who.strip())
    assert taken_out(once, who.strip()) == once


@pytest.mark.parametrize("typed", ["Nobody", "Not Verdi", "Nessuno", "Niemand", "KEINE Verdi"])
def test_nobody_makes_a_no_say_the_opposite_with_it(typed: str) -> None:
    with pytest.raises(WordingError):
        name(typed)


def test_what_was_taken_out_is_found_again_without_knowing_it() -> None:
    taken = {
        "Verdi",
        "Ada Rossi",
        "Dr. Bo",
        "Verdi digs, Verdiana does not, and nobody else either",
    }
    assert names(MINUTES, taken.__contains__) == ["Verdi"]
    text = "Ada Rossis Idee, (Ada Rossi). Dr. Bo’s, Ada; Rossi"
    assert list(names_in(text, taken.__contains__)) == ["Ada Rossi", "Ada Rossi", "Dr. Bo"]
    assert list(names_in("", taken.__contains__)) == []


@given(st.text("AB s.’", max_size=30), st.text("ABs .", min_size=1, max_size=6))
def test_it_is_found_wherever_it_would_be_taken_out(text: str, typed: str) -> None:
    try:
        found = name(typed)
    except WordingError:
        return
    assert (found in names_in(text, {found}.__contains__)) == (taken_out(text, found) != text)


def test_before_anybody_has_read_them_it_is_no_other_version() -> None:
    told = unnamed(MINUTES, "Verdi")
    assert times(told, "Verdi") == 0 and told.version == 1 and told.salt == MINUTES.salt

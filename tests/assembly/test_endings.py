from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.endings import (
    Course,
    Ending,
    Parting,
    at_closing,
    decides,
    offered,
    parting,
    settles,
    suggested,
)

ENDINGS = st.sampled_from(Ending)
GONE = (None, Ending.TAKEN_BACK, Ending.MERGED, Ending.TAKEN_DOWN)
COURSES = st.builds(Course, st.booleans(), st.booleans(), st.sampled_from(GONE))


@pytest.mark.parametrize(
    ("ending", "off"),
    [
        (Ending.DECIDED, True),
        (Ending.AGREED, True),
        (Ending.TALKED, True),
        (Ending.GOES_ON, False),
        (Ending.TAKEN_BACK, False),
        (Ending.MERGED, False),
        (Ending.TAKEN_DOWN, False),
        (Ending.NOT_REACHED, False),
        (None, False),
    ],
)
def test_only_three_endings_take_a_proposal_off_the_list(ending, off):
    assert settles(ending) is off


@pytest.mark.parametrize(
    ("result", "decided"),
    [
        ("carried", True),
        ("not_carried", True),
        ("chosen", True),
        ("no_quorum", False),
        ("no_result", False),
        (None, False),
    ],
)
def test_a_no_decides_and_too_few_do_not(result, decided):
    assert decides(result) is decided


def test_decided_is_offered_once_a_ballot_has_decided():
    assert offered(Course()) == (Ending.TALKED, Ending.GOES_ON, Ending.TAKEN_BACK)
    assert offered(Course(put=True)) == offered(Course())
    assert offered(Course(put=True, decided=True))[0] is Ending.DECIDED
    assert offered(Course(proposed=False)) == (Ending.TALKED, Ending.GOES_ON)
    assert offered(Course(agreeing=True)) == ()
    assert offered(Course(gone=Ending.MERGED))[0] is Ending.MERGED


@pytest.mark.parametrize(
    ("course", "ending"),
    [
        (Course(), Ending.NOT_REACHED),
        (Course(put=True), Ending.GOES_ON),
        (Course(put=True, decided=True), Ending.DECIDED),
        (Course(gone=Ending.TAKEN_BACK), Ending.TAKEN_BACK),
        (Course(put=True, gone=Ending.TAKEN_BACK), Ending.TAKEN_BACK),
        (Course(gone=Ending.MERGED), Ending.MERGED),
        (Course(gone=Ending.TAKEN_DOWN), Ending.TAKEN_DOWN),
        (Course(put=True, decided=True, gone=Ending.TAKEN_BACK), Ending.DECIDED),
        (Course(put=True, decided=True, agreeing=True), Ending.AGREED),
    ],
)
def test_where_nobody_said_how_it_ended_its_course_does(course, ending):
    assert at_closing(None, course) is ending


@given(ENDINGS, COURSES)
def test_what_somebody_said_stands(ending, course):
    assert at_closing(ending, course) is ending


@given(COURSES)
def test_leafing_settles_nothing(course):
    assert settles(at_closing(None, course)) is course.decided


@given(COURSES)
def test_no_button_says_what_comes_by_itself_or_is_worded_first(course):
    assert not {Ending.NOT_REACHED, Ending.AGREED} & set(offered(course))
    assert suggested(course) in (None, *offered(course))


@dataclass(frozen=True)
class Point:
    title: str
    ending: Ending
    is_listed: bool = True


@given(st.lists(st.builds(Point, st.text(max_size=3), ENDINGS, st.booleans())))
def test_each_listed_point_leaves_or_stays(points):
    parted = parting(points)
    listed = [(point.title, point.ending) for point in points if point.is_listed]
    assert sorted((*parted.leaving, *parted.staying)) == sorted(listed)
    assert all(settles(ending) for _, ending in parted.leaving)
    assert not any(settles(ending) for _, ending in parted.staying)


def test_the_order_stays_and_what_is_off_the_list_already_is_in_neither():
    points = [
        Point("a", Ending.TALKED),
        Point("b", Ending.GOES_ON),
        Point("c", Ending.DECIDED),
        Point("d", Ending.TALKED, is_listed=False),
    ]
    leaving = (("a", Ending.TALKED), ("c", Ending.DECIDED))
    assert parting(points) == Parting(leaving, (("b", Ending.GOES_ON),))
    assert parting([]) == Parting()

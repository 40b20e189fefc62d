from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.attendance_bands import Attendance, attendance
from assembly.minutes import (
    FIRST_LINE,
    Correction,
    Minutes,
    Point,
    Task,
    changed,
    filled,
    fingerprint,
    frozen_text,
    read,
)
from assembly.name_marks import Names, member_mark, words_mark
from assembly.roles import Role

THERE = attendance({Role.USER: 12, Role.FAMILY: 3, Role.PROFESSIONAL: 6})
GARDEN = Point(
    "A garden",
    why=f"{member_mark(2)} would like one.",
    notes=("Who digs?", f"{member_mark(1)} has a spade."),
    ending="agreed",
    outcome=("We dig on Saturday.",),
    tasks=(Task("Buy seeds", who=member_mark(2), due_at=1_700_600_000),),
    photos=1,
)
MINUTES = Minutes(
    centre="Centro Aurora",
    language="it",
    zone="Europe/Rome",
    starts_at=1_700_000_000,
    closed_at=1_700_005_400,
    place="Via Roma 12",
    attendance=THERE,
    points=(GARDEN, Point("A trip", ending="not-reached")),
    chair=member_mark(1),
    recorder=None,
    corrections=(Correction(words_mark(5), "It stays as it is."),),
    salt="00" * 16,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
points = st.builds(
    Point,
    texts,
    st.none() | texts,
    st.tuples() | st.tuples(texts, texts),
    st.none() | texts,
    st.tuples() | st.tuples(texts),
    st.tuples() | st.tuples(st.builds(Task, texts, st.none() | texts, st.none() | st.integers())),
    st.integers(0, 9),
)
minutes = st.builds(
    Minutes,
    centre=texts,
    language=st.sampled_from(("en", "it", "de")),
    zone=texts,
    starts_at=st.integers(0),
    closed_at=st.integers(0),
    place=st.none() | texts,
    attendance=st.none() | st.just(THERE) | st.just(Attendance("0-4")),
    points=st.lists(points, max_size=3).map(tuple),
    chair=st.none() | texts,
    recorder=st.none() | texts,
    corrections=st.tuples() | st.tuples(st.builds(Correction, texts, texts)),
    changed_at=st.tuples() | st.tuples(st.integers(0)),
    salt=texts,
)


@given(minutes)
def test_what_is_frozen_can_be_read_again(some: Minutes) -> None:
    assert read(frozen_text(some)) == some


@given(minutes, minutes)
def test_different_minutes_have_different_fingerprints(one: Minutes, other: Minutes) -> None:
    same = fingerprint(frozen_text(one)) == fingerprint(frozen_text(other))
    assert same == (one == other)


def test_the_fingerprint_is_what_everybody_computes() -> None:
    text = frozen_text(replace(MINUTES, points=(), corrections=(), chair=None))
    assert text.startswith('voci-minutes 1\n{\n "attendance": {\n')
    assert text.endswith("\n}\n")
    assert len(fingerprint(text)) == 64


def test_names_are_filled_in_and_the_fingerprint_is_not_of_them() -> None:
    before = Names(
        {1: "Anna", 2: "Rosa"}, "a former member", "a member", "gone", "x", {5: "Ten past."}
    )
    after = Names({1: "Anna"}, "a former member", "a member", "gone", "x")
    then, now = filled(MINUTES, before), filled(MINUTES, after)
    assert then.chair == "Anna"
    assert then.points[0].why == "Rosa would like one."
    assert then.points[0].tasks[0].who == "Rosa"
    assert then.corrections[0].text == "Ten past."
    assert now.points[0].tasks[0].who == "a former member"
    assert now.corrections[0].text == "gone"
    assert "Rosa" not in frozen_text(now)
    assert "Anna" not in frozen_text(MINUTES)


def test_every_text_of_people_is_within_reach_of_a_change() -> None:
    told = frozen_text(changed(MINUTES, lambda text: "x" * len(text)))
    for written in ("garden", "Who digs", "Saturday", "seeds", "Via Roma", "stays"):
        assert written not in told
    assert "Centro Aurora" in told


@pytest.mark.parametrize("text", ["", "voci-decision 1\n{}\n", FIRST_LINE, f"{FIRST_LINE}\n[]\n"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"minutes|Expecting"):
        read(text)

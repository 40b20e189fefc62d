from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.name_marks import (
    Names,
    blanked,
    fill,
    mark_names,
    marked_members,
    member_mark,
    unmarked,
    without,
    words_mark,
)

MEMBERS = {1: "Anna", 2: "Rosa Bianchi", 3: "Jean-Paul Roy", 4: "Al", 5: "D’Angelo", 6: "Zoë"}


def names(members: dict[int, str], words: dict[int, str] | None = None) -> Names:
    return Names(members, "a former member", "a member", "(taken back)", "somebody", words or {})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Anna would like a garden.", {1}),
        ("We ask Rosa Bianchi, and Rosa says yes.", {2}),
        ("Annas Vorschlag, dell’Anna, Anna’s idea", {1}),
        ("Jean-Paul brings the key to Al.", {3, 4}),
        ("D’Angelo, Zoë", {5, 6}),
        ("the rosa room", set()),  # a colour
        ("Annals, Anna-Maria, Maria-Anna, Zoës2", set()),
        ("Jean-Pauline and Roy", set()),
    ],
)
def test_names_of_members_are_marked(text: str, named: set[int]) -> None:
    marked = mark_names(text, MEMBERS)
    assert marked_members(marked) == named
    assert fill(marked, names(MEMBERS)) == text


def test_whoever_is_erased_is_a_former_member_and_whoever_is_renamed_has_the_new_name() -> None:
    marked = mark_names("Anna and Rosa Bianchi; Rosa takes it on.", MEMBERS)
    later = fill(marked, names({2: "Sara Verdi"}))
    assert later == "a former member and Sara Verdi; Sara takes it on."


def test_a_name_of_several_stays_as_long_as_all_are_called_so() -> None:
    marked = mark_names("Anna brings it.", {1: "Anna", 7: "Anna Neri"})
    assert marked_members(marked) == {1, 7}
    assert fill(marked, names({1: "Anna", 7: "Anna Neri"})) == "Anna brings it."
    assert fill(marked, names({7: "Anna Neri"})) == "a member brings it."
    assert fill(marked, names({})) == "a former member brings it."


def test_words_stay_their_author_s() -> None:
    marked = words_mark(12)
    assert fill(marked, names({}, {12: "It was ten past."})) == "It was ten past."
    assert fill(marked, names({})) == "(taken back)"


def test_a_copy_of_one_s_own_names_no_others() -> None:
    assert blanked(mark_names("Anna and Rosa say yes.", MEMBERS)) == "… and … say yes."


def test_nobody_types_a_mark() -> None:
    assert unmarked(member_mark(1)) == "m1"
    assert fill(mark_names(member_mark(1), {}), names(MEMBERS)) == "m1"
    assert fill(mark_names("x", {1: member_mark(2)}), names(MEMBERS)) == "x"


@given(st.text(), st.dictionaries(st.integers(1, 99), st.text(min_size=1), max_size=5))
def test_nothing_changes_while_nobody_does(text: str, members: dict[int, str]) -> None:
    members = {each: unmarked(name) for each, name in members.items()}
    marked = mark_names(text, members)
    assert fill(marked, names(members)) == unmarked(text)


@given(st.text(alphabet="AnaRos Biìc’-s."))
def test_no_name_is_left_over(text: str) -> None:
    marked = mark_names(text, MEMBERS)
    assert mark_names(fill(marked, names(MEMBERS)), MEMBERS) == marked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna keeps the key, Rosa Bianchi the spade.", "… keeps the key, Rosa Bianchi the spade."),
        ("Annas Vorschlag, Rosa’s idea", "…s Vorschlag, Rosa’s idea"),
        ("Annals of Anna-Maria", "Annals of Anna-Maria"),
    ],
)
def test_one_member_is_named_no_more_and_everybody_else_as_before(text: str, left: str) -> None:
    assert without(text, 1, MEMBERS) == left


def test_a_name_that_another_member_has_too_goes_as_it_may_mean_who_is_gone() -> None:
    assert without("Anna and Anna Neri", 1, {1: "Anna Verdi", 9: "Anna Neri"}) == "… and Anna Neri"

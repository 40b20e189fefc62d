from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import marking
from assembly.ballot import Misvote
from assembly.counting.table import RANKED, WORDS, form
from assembly.forms.dots import MOST_ON_ONE, turn
from assembly.forms.dots import left as dots_left
from assembly.forms.dots import on as dots_on
from assembly.forms.form import Marks
from assembly.forms.scores import score
from assembly.rule import MOST_OPTIONS, DecisionMethod, Rule

M = DecisionMethod
METHODS = [method for method in M if method not in WORDS]


def rule(method: DecisionMethod, options: int = 4, dots: int = 5) -> Rule:
    return Rule(method, tuple(f"Option {number}" for number in range(options)), dots=dots)


def tapped(method: DecisionMethod, *options: int) -> Marks:
    marks = marking.blank(rule(method))
    for option in options:
        marks = marking.tap(marks, option, rule(method))
    return marks


@pytest.mark.parametrize(
    ("method", "options", "text"),
    [
        (M.IRV, (), ""),
        (M.IRV, (2, 0), "20"),
        (M.IRV, (2, 0, 2), "20"),  # placed already
        (M.SCHULZE, (3, 2, 1, 0), "3210"),
        (M.STV_MEEK, (0, 9), "0"),  # there is no tenth
        (M.APPROVAL, (3, 0), "03"),
        (M.APPROVAL, (3, 0, 3), "0"),
        (M.SCORE, (), "----"),
        (M.SCORE, (2,), "----2"),
        (M.SCORE, (2, 1), "----1"),
        (M.DOTS, (1, 1, 3), "0201"),
        (M.DOTS, (1, 1, 1, 1, 1, 0), "0500"),  # none left
    ],
)
def test_what_taps_make(method: DecisionMethod, options: tuple[int, ...], text: str) -> None:
    assert tapped(method, *options).text == text


@pytest.mark.parametrize("method", sorted(RANKED))
def test_a_ranking_is_undone_one_by_one(method: DecisionMethod) -> None:
    marks = tapped(method, 2, 0, 1)
    assert marking.open_options(marks, rule(method)) == (3,)
    for text in ("20", "2", "", ""):
        marks = marking.undo(marks, rule(method))
        assert marks.text == text


def test_scores_are_given_changed_and_taken_back() -> None:
    scores = rule(M.SCORE)
    marks = score(tapped(M.SCORE, 2), 5)
    assert marks == Marks("--5-")
    marks = score(marking.tap(marks, 0, scores), 0)
    assert marks == Marks("0-5-")
    picked = marking.tap(marks, 2, scores)
    assert picked.text == "0-5-2"
    assert marking.undo(picked, scores) == marks
    assert score(picked, None) == Marks("0---")
    assert score(marks, 3) == marks  # none is picked


def test_dots_are_taken_away_until_none_is_left_to_take() -> None:
    dots = rule(M.DOTS)
    marks = turn(tapped(M.DOTS, 1, 1, 3))
    assert marks.text == "0201-"
    assert marking.open_options(marks, dots) == (1, 3)
    marks = marking.tap(marking.tap(marks, 1, dots), 0, dots)
    assert marks.text == "0101-"
    marks = marking.tap(marking.tap(marks, 1, dots), 3, dots)
    assert marks.text == "0000"
    assert turn(marks) == marks
    assert turn(turn(tapped(M.DOTS, 1))).text == "0100"


def test_an_option_holds_no_more_dots_than_a_sign_can_say() -> None:
    many = rule(M.DOTS, options=2, dots=25)
    marks = marking.blank(many)
    for _ in range(25):
        marks = marking.tap(marks, 0, many)
    assert dots_on(marks.choice, 0) == MOST_ON_ONE == 19
    assert marking.open_options(marks, many) == (1,)
    assert dots_left(marks.choice, many) == 6


@pytest.mark.parametrize("method", METHODS)
def test_nothing_marked_is_a_ballot(method: DecisionMethod) -> None:
    blank = marking.blank(rule(method))
    assert form(rule(method)).check(blank.choice, rule(method)) == blank.choice
    assert marking.is_blank(blank.choice, rule(method))
    assert marking.read(blank.text, rule(method)) == blank


@pytest.mark.parametrize("method", sorted(WORDS))
def test_a_word_is_not_marked(method: DecisionMethod) -> None:
    assert marking.read("", Rule(method)) == marking.blank(Rule(method)) == Marks("")
    for text in ("yes", "0", "-"):
        with pytest.raises(Misvote):
            marking.read(text, Rule(method))


@pytest.mark.parametrize(
    ("method", "texts"),
    [
        (M.IRV, ("00", "4", "01234", "-", "a", "A", "0 1", "é")),
        (M.APPROVAL, ("10", "11", "4", "0-")),
        (M.SCORE, ("", "---", "-----", "6---", "----4", "----?", "---- ", "----00", "?---1")),
        (M.DOTS, ("", "000", "00000", "6000", "3300", "0000-", "100--", "1000--", "zzzz", "-")),
    ],
)
def test_made_up_marks_mean_nothing(method: DecisionMethod, texts: tuple[str, ...]) -> None:
    for text in texts:
        with pytest.raises(Misvote):
            marking.read(text, rule(method))


@given(st.sampled_from(METHODS), st.text(alphabet="-0123456789abcdefghijkz?", max_size=23))
def test_whatever_is_read_is_written_the_same(method: DecisionMethod, text: str) -> None:
    try:
        marks = marking.read(text, rule(method))
    except Misvote:
        return
    assert marks.text == text


Step = Callable[[Marks, Rule], Marks]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.integers(-1, MOST_OPTIONS).map(lambda o: lambda marks, r: marking.tap(marks, o, r)),
    st.sampled_from((None, 0, 1, 2, 3, 4, 5)).map(lambda v: lambda marks, _: score(marks, v)),
    st.just(marking.undo),
)
TURNS: st.SearchStrategy[Step] = st.just(lambda marks, _: turn(marks))


@given(
    st.sampled_from(METHODS),
    st.integers(1, MOST_OPTIONS),
    st.integers(1, 40),
    st.data(),
)
def test_whatever_is_tapped_the_ballot_stays_valid_and_short(
    method: DecisionMethod, options: int, dots: int, data: st.DataObject
) -> None:
    asked = rule(method, options, dots)
    marks = marking.blank(asked)
    steps = STEPS | TURNS if method is M.DOTS else STEPS
    for step in data.draw(st.lists(steps, max_size=40)):
        marks = step(marks, asked)
        assert marking.read(marks.text, asked) == marks
        assert form(asked).check(marks.choice, asked) == marks.choice
        assert len(marks.text) <= MOST_OPTIONS + 1
        assert marks.text.isascii() and ":" not in marks.text


@pytest.mark.parametrize("option", range(4))
def test_each_option_can_be_picked_to_be_scored(option: int) -> None:
    assert marking.read(f"----{option}", rule(M.SCORE)) == Marks("----", picked=option)

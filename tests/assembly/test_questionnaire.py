"""What is asked, and in which order: of each questionnaire that there is."""

from __future__ import annotations

from itertools import chain, combinations, pairwise

import pytest

from assembly.questionnaire import LEVELS, QUESTIONNAIRES, WEEKLY, Questionnaire
from assembly.windows import LARGE, MIDDLE, SMALL, Tier, Window, plan, question_for


def test_the_weekly_one_is_three_questions_on_five_faces() -> None:
    assert WEEKLY.name == "weekly"
    assert WEEKLY.questions == ("week", "connection", "say")
    assert list(LEVELS) == [0, 1, 2, 3, 4]


def test_questions_come_in_order_and_each_once() -> None:
    asked: list[str] = []
    while (question := WEEKLY.next_question(asked)) is not None:
        asked.append(question)
    assert tuple(asked) == WEEKLY.questions


def test_the_next_question_is_the_first_left_open() -> None:
    subsets = chain.from_iterable(combinations(WEEKLY.questions, size) for size in range(3))
    for dealt_with in subsets:
        left = [question for question in WEEKLY.questions if question not in dealt_with]
        assert WEEKLY.next_question(set(dealt_with)) == left[0]


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(ValueError, match="no such question: mood"):
        WEEKLY.next_question({"week", "mood"})


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES.values(), ids=QUESTIONNAIRES)
@pytest.mark.parametrize("tier", [SMALL, MIDDLE, LARGE], ids=lambda tier: tier.name)
def test_every_question_has_its_turn_and_none_twice_running(
    questionnaire: Questionnaire, tier: Tier
) -> None:
    windows = [Window(week, tier) for week in range(0, 104, tier.weeks)]
    asked = [question_for(window, questionnaire) for window in windows]
    assert set(asked) == set(questionnaire.questions)
    assert all(one != other for one, other in pairwise(asked))


def test_another_questionnaire_has_questions_of_its_own() -> None:
    other = Questionnaire("other", ("sleep", "calm", "noise", "food", "rest"))
    assert other.next_question({"sleep"}) == "calm"
    assert plan(Window(3, SMALL), None, other).questions == ("food",)
    assert plan(Window(3, LARGE), 150, other).questions == ("food",), "five are too many at once"
    few = Questionnaire("few", ("sleep", "calm"))
    of_all = plan(Window(3, LARGE), 150, few)
    assert of_all.questions == few.questions
    assert of_all.epsilon * 2 == of_all.charge
    with pytest.raises(ValueError, match="no such question: week"):
        other.next_question({"week"})

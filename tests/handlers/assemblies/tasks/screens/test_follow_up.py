from __future__ import annotations

from dataclasses import replace

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.endings import Ending
from handlers.assemblies.tasks.presses import MakePoint, SeeTask
from handlers.assemblies.tasks.screens import follow_up as screens
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from storage.follow_ups import FollowUp, Settled
from storage.task_takers import Taker
from storage.tasks import Task

NOON = 1_764_763_200  # Wednesday 3 December 2025
ENGLISH = Speech("en", "Europe/Rome")
ROSA = Taker(5, 55, "Rosa", True, False, 0, "en")
HIDDEN = replace(ROSA, member_id=6, name="Anna", shown=False)
TASK = Task(1, 7, 3, 9, "A quiet room", 2, "Ask for a bench", None, NOON, True, False, 0, None, ())


def test_points_and_tasks_with_their_numbers() -> None:
    found = FollowUp(
        3,
        NOON,
        (
            Settled(9, "A quiet room", Ending.DECIDED, None),
            Settled(10, "Plants", Ending.AGREED, "Two <big> ones"),
        ),
        (
            replace(TASK, id=1, done_at=NOON),
            replace(TASK, id=2, what="Look for a room", takers=(ROSA,)),
            replace(TASK, id=3, what="Write to the town", takers=(HIDDEN,), longer=True),
            replace(TASK, id=4, what="Buy plants", times_open=3),
        ),
    )
    words = screens.told(found, {9: Markup("Carried.")}, ENGLISH)
    assert check(Screen(words)) == (
        "On Wednesday 3 December it was decided:\n• A quiet room: Carried.\n"
        "• Plants: agreed. Two <big> ones\n\n"
        "To be done: 1 done, 3 open.\n1. Look for a room · taken · Rosa\n"
        "2. Write to the town · needs longer\n3. Buy plants · free\n"
        "What was left open three times wants to be talked about."
    )
    presses = [button.press for row in screens.ways(found, ENGLISH) for button in row]
    assert presses == [MakePoint(7, 4), SeeTask(7, 2), SeeTask(7, 3), SeeTask(7, 4)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_which_one_is_none_are_said_in_words(language: str) -> None:
    speak = Speech(language)
    free, done = replace(TASK, id=1), replace(TASK, id=2, done_at=NOON)
    for tasks in ((free,), (free, replace(free, id=3)), (done,)):
        said = screens.numbers(FollowUp(3, NOON, (), tasks), speak)
        assert said is not None and "0" not in said


def test_before_the_first_assembly() -> None:
    assert screens.told(FollowUp(), {}, ENGLISH) == "There is nothing from before yet."
    assert screens.ways(FollowUp(), ENGLISH) == []


def test_where_nothing_was_decided() -> None:
    words = screens.told(FollowUp(3, NOON), {}, ENGLISH)
    assert words == "On Wednesday 3 December nothing was decided."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_fits(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    title, what = "&ß" * 60, "ß" * 200
    found = FollowUp(
        3,
        NOON,
        tuple(Settled(n, title, Ending.AGREED, title) for n in range(60)),
        tuple(replace(TASK, id=n, what=what, times_open=3, takers=(ROSA,)) for n in range(60)),
    )
    check(Screen(screens.told(found, {}, speak), tuple(screens.ways(found, speak))))

"""What is known in memory alone: until the last decision that a message is about is over."""

from __future__ import annotations

from handlers.core.unwritten import Unwritten
from storage.messages import Place


def test_the_buttons_go_with_the_last_that_they_lead_to() -> None:
    taken: list[Place] = []
    unwritten = Unwritten(taken.append)
    one, both = Place(7, 1), Place(8, 2)
    unwritten.note(one, [12])
    unwritten.note(both, [12, 13])
    unwritten.over(12)
    assert taken == [one]
    for decision in (12, 99, 13, 13):
        unwritten.over(decision)
    assert taken == [one, both]


def test_what_has_become_something_else_keeps_its_buttons() -> None:
    taken: list[Place] = []
    unwritten = Unwritten(taken.append)
    unwritten.note(Place(7, 1), [12])
    for place in (Place(7, 1), Place(7, 1), Place(8, 2)):
        unwritten.forget(place)
    unwritten.over(12)
    assert taken == []


def test_without_a_bot_nothing_happens() -> None:
    unwritten = Unwritten()
    unwritten.note(Place(7, 1), [12])
    unwritten.over(12)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest
from kit.screen_checks import check

from assembly.centre_facts import Fact
from assembly.invitation import State
from assembly.roles import Role
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership.screens import arrival, join
from storage.centres import Centre
from storage.joinings import Joining
from storage.members import Member

NOW = 1_764_763_200
BIG = 10**17  # as long as an id can become
HOSTILE = "<b>A & B</b>"
JOINING = Joining(
    centre_id=BIG,
    centre_name=HOSTILE,
    centre_language="it",
    centre_zone="Europe/Rome",
    token_hash="0" * 64,
    request_id=None,
    facilitator=False,
    language="en",
    role=Role.FAMILY,
    consented_at=None,
    checkin=None,
    checkin_at=None,
)
CENTRE = Centre(BIG, -1, HOSTILE, "it", "Europe/Rome", None, None, Fraction(1, 3), NOW)
ANNA = Member(BIG, BIG, 1, Role.USER, HOSTILE, "active", NOW)

FACTS: dict[Fact, str] = {fact: HOSTILE for fact in Fact if fact not in (Fact.BASIS, Fact.AGE)}

TELLING: list[Callable[[Speech, Joining], Screen]] = [
    lambda speak, joining: join.welcome(speak, joining, 14),
    join.who_sees_what,
    join.more,
    lambda speak, joining: join.limits(speak, joining, FACTS),
    join.role,
    join.checkin,
]


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


@pytest.mark.parametrize("screen", TELLING)
def test_one_thought_a_screen(speak: Speech, screen: Callable[[Speech, Joining], Screen]) -> None:
    words = check(screen(speak, JOINING))
    assert len(words.splitlines()) <= 5


def test_the_welcome_says_as_what(speak: Speech) -> None:
    said = {check(join.welcome(speak, replace(JOINING, role=role), None)) for role in Role}
    facilitator = replace(JOINING, role=None, facilitator=True)
    said.add(check(join.welcome(speak, facilitator, 18)))
    assert len(said) == 4
    assert all(HOSTILE in words for words in said)


def test_the_name_is_chosen_or_typed(speak: Speech) -> None:
    named = join.name(speak, JOINING, HOSTILE)
    check(named)
    assert named.buttons[0][0].label == HOSTILE
    unnamed = join.name(speak, JOINING, None)
    check(unnamed)
    assert len(unnamed.buttons) == len(named.buttons) - 1
    assert "40" in check(join.nickname(speak, JOINING, 40))
    assert "40" in check(join.unfit_name(speak, 40))
    check(join.not_now(speak))


@pytest.mark.parametrize("state", [state for state in get_args(State) if state != "valid"])
def test_every_closed_door_says_why(speak: Speech, state: State) -> None:
    screen = arrival.closed_door(speak, state, BIG)
    check(screen)
    assert bool(screen.buttons) is (state != "unconfirmed")


def test_arriving(speak: Speech) -> None:
    for facilitates in (False, True):
        assert HOSTILE in check(arrival.done(speak, ANNA, CENTRE, facilitates))
        assert HOSTILE in check(arrival.already(speak, CENTRE, facilitates))
    assert HOSTILE in check(arrival.duty(speak, HOSTILE, BIG, "_" * 22))
    assert HOSTILE in check(arrival.holds_duty(speak, CENTRE))

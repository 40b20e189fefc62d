from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check, lines_on_a_phone

from assembly.roles import Role
from handlers.centre.screens import help  # noqa: A004 - a module of ours
from handlers.core.screen import Screen
from handlers.core.screens import home, plain
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership.screens import answering_requests as answers
from handlers.membership.screens import join_requests as asking
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.join_requests import JoinRequest

NOW = 1_764_763_200  # Wednesday 3 December 2025
BIG = 10**17
HOSTILE = "<b>A & B</b>"
CENTRE = Centre(BIG, -1, HOSTILE, "it", "Europe/Rome", None, None, Fraction(1, 3), NOW)
LISTED = Centre(BIG, -1, HOSTILE, "it", "Europe/Rome", "<&" * 250, NOW, Fraction(1, 3), NOW)


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_home_by_duty(speak: Speech) -> None:
    less = home.home(speak, CENTRE, facilitates=False)
    more = home.home(speak, CENTRE, facilitates=True)
    assert HOSTILE in check(less) and HOSTILE in check(more)
    assert len(more.buttons) == len(less.buttons) + 1


def test_home_says_what_is_next(speak: Speech) -> None:
    meeting = Assembly(1, BIG, NOW, None, "convened", NOW, None, None, None, None)
    ahead = check(home.home(speak, CENTRE, facilitates=False, following=meeting, deciding=2))
    assert speak.moment(NOW) in ahead and "2" in ahead.splitlines()[2]
    under_way = replace(meeting, status="open", position=1)
    now = check(home.home(speak, CENTRE, facilitates=False, following=under_way, deciding=1))
    assert speak("The assembly is open.") in now and speak.moment(NOW) not in now
    assert len(now.splitlines()) == 4


def test_outside(speak: Speech) -> None:
    check(home.stranger(speak))
    check(home.broken_link(speak))
    check(help.help_for_strangers(speak))
    check(help.privacy(speak, None))
    assert help.limits(speak, None).buttons == ()


def test_several_centres(speak: Speech) -> None:
    screen = home.centres(speak, [CENTRE, LISTED], BIG)
    check(screen)
    assert HOSTILE in screen.buttons[0][0].label
    above = home.standing(speak, home.home(speak, CENTRE, facilitates=True), CENTRE)
    assert check(above).startswith(HOSTILE)


@pytest.mark.parametrize("centre", [CENTRE, LISTED])
@pytest.mark.parametrize("facilitates", [False, True])
def test_help_and_privacy(speak: Speech, centre: Centre, facilitates: bool) -> None:
    words = check(help.help_page(speak, centre, facilitates=facilitates))
    assert "112" in words
    for each in ("propose", "agenda", "assembly", "decide", "minutes", "tasks", "checkin", "me"):
        assert f"/{each}" in words
    assert ("2025" in words) is (centre.contact is not None), "the day it was checked"
    check(help.ask_contacts(speak, centre, 500))
    for page in (help.privacy(speak, centre.id, {}), help.limits(speak, centre.id)):
        check(page)
        assert lines_on_a_phone(page) <= 20
    check(help.languages(speak, centre.id))


def test_asking(speak: Speech) -> None:
    assert HOSTILE in check(asking.what_this_is(speak, HOSTILE, BIG))
    check(asking.role(speak, BIG))
    for role in Role:
        check(asking.name(speak, BIG, role, HOSTILE))
        check(asking.name(speak, BIG, role, None))
        asked = JoinRequest(BIG, BIG, BIG, role, HOSTILE, NOW, None, None, None, None)
        alone = check(answers.request(speak, HOSTILE, asked, takes_two=False))
        both = check(answers.request(speak, HOSTILE, asked, takes_two=True))
        second = check(answers.request(speak, HOSTILE, asked, takes_two=True, first=HOSTILE))
        assert len({alone, both, second}) == 3
        assert check(answers.ask_decline(speak, HOSTILE, asked, NOW)).count(HOSTILE) == 2
        assert alone.count(HOSTILE) == both.count(HOSTILE) == second.count(HOSTILE) - 1 == 2
    for screen in (
        asking.passed_on(speak, HOSTILE),
        asking.later_again(speak, HOSTILE, NOW),
        asking.nobody_yet(speak, HOSTILE),
        asking.welcomed(speak, HOSTILE, BIG),
        asking.declined(speak, HOSTILE, NOW),
    ):
        assert HOSTILE in check(screen)
    for accepted in (True, False):
        last = answers.answered(speak, CENTRE, HOSTILE, accepted)
        more = answers.answered(speak, CENTRE, HOSTILE, accepted, others=True)
        assert check(last).count(HOSTILE) == check(more).count(HOSTILE) == 2
        assert (len(last.buttons), len(more.buttons)) == (0, 1)
    check(asking.nickname(speak, 40))


@pytest.mark.parametrize("screen", [home.stranger, help.help_for_strangers, plain.not_a_member])
def test_whoever_can_ask_is_told_so_right_above_the_button(
    screen: Callable[[Speech, Sequence[Centre]], Screen],
) -> None:
    speak = Speech("en")
    one = screen(speak, [CENTRE])
    assert check(one).endswith("If not, ask here:")
    assert [button.label for row in one.buttons for button in row] == ["Ask to join"]
    alone = screen(speak, ())
    assert "under a post in its group" in check(alone) and alone.buttons == ()

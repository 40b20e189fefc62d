from __future__ import annotations

from dataclasses import replace

import pytest
from kit.screen_checks import check, read

from assembly.duties import Duty
from assembly.roles import Role
from handlers.assemblies.screens import duties, duty_search
from handlers.assemblies.screens.duties import Viewer
from handlers.core.navigation import ShowAssembly
from handlers.core.screen import Button
from handlers.core.speech import LANGUAGES, Speech
from storage.assemblies import Assembly
from storage.duties import Asked, Duties

NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HUGE = 10**18 - 1
CHAIR, RECORDER = Duty.CHAIR, Duty.RECORDER
MEETING = Assembly(HUGE, HUGE, NOW + 9_000, "<b>&" * 50, "convened", NOW, None, None, None, None)
ANNA = Asked(CHAIR, 7, Role.USER, "<i>Anna" * 6, HUGE, "en", "yes", NOW, named=True)
BEA = replace(ANNA, duty=RECORDER, member_id=8, name="Bea", named=False)
LED = {duty: dict.fromkeys(Role, 9_999) for duty in Duty}
NEVER = {duty: dict.fromkeys(Role, 0) for duty in Duty}
ENGLISH = Speech("en", "Europe/Rome")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fit_into_telegram(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    back = Button("Back", ShowAssembly(HUGE))
    viewers = (Viewer(7, may_open=True), Viewer(8), Viewer(9, facilitates=True), Viewer(9))
    for screen in (
        *(duty_search.asked(MEETING, duty, NOW, speak) for duty in Duty),
        *(duties.agreed(MEETING, each, speak) for each in (ANNA, BEA)),
        *(duties.leading(MEETING, Duties((ANNA, BEA)), LED, each, speak) for each in viewers),
        *(duties.leading(MEETING, Duties(()), NEVER, each, speak) for each in viewers),
        *(duty_search.missing(MEETING, each, speak) for each in ([CHAIR], [RECORDER], [*Duty])),
        *(duties.wishes(HUGE, frozenset(each), speak) for each in ((), (CHAIR,), (*Duty,))),
        duty_search.passed(MEETING, speak),
        duties.sure_to_give_up(MEETING, speak),
        duties.over(MEETING, LED, back, speak),
        duty_search.same_role(MEETING, speak),
    ):
        check(screen)
        assert screen.buttons, "a way back"


def test_only_who_wants_it_is_named() -> None:
    seen = read(duties.leading(MEETING, Duties((ANNA, BEA)), LED, Viewer(9), ENGLISH))
    assert "Chair: <i>Anna" in seen
    assert "Notes: somebody has said yes" in seen and "Bea" not in seen


@pytest.mark.parametrize("status", ["asked", "no"])
def test_nobody_is_named_who_did_not_say_yes(status: str) -> None:
    asked = replace(ANNA, status=status)  # type: ignore[arg-type]
    seen = read(duties.leading(MEETING, Duties((asked,)), NEVER, Viewer(9), ENGLISH))
    assert "Anna" not in seen and "Chair: nobody yet" in seen
    assert duties.named(asked, ENGLISH) is None


def test_whoever_is_called_a_member_is_named_to_nobody() -> None:
    nameless = replace(ANNA, name="ein Mitglied")
    assert duties.named(nameless, ENGLISH) is None
    seen = duties.leading(MEETING, Duties((nameless,)), NEVER, Viewer(7), ENGLISH)
    assert "Don’t tell my name" not in [b.label for row in seen.buttons for b in row]


def test_where_no_role_ever_led_nothing_is_counted() -> None:
    assert "So often" not in read(duties.leading(MEETING, Duties(()), NEVER, Viewer(9), ENGLISH))

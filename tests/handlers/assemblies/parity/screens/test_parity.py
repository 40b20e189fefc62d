from __future__ import annotations

import pytest
from kit.screen_checks import check, read

from assembly.parity_report import Line, Measure, Report
from assembly.quarters import numbered
from assembly.roles import Role
from handlers.assemblies.parity.screens import parity
from handlers.assemblies.tasks.screens import quarter
from handlers.core.pictures import Bars
from handlers.core.speech import LANGUAGES, Speech
from storage.follow_ups import Numbers

HUGE = 10**18 - 1
NEXT = 1_775_203_200  # 3 April 2026, 10:00 in Rome
ENGLISH = Speech("en", "Europe/Rome")
LAST = 2025 * 4 + 3  # October to December 2025
THIRD = dict.fromkeys(Role, 35)
TASKS = {Role.USER: 25, Role.FAMILY: 10, Role.PROFESSIONAL: 65}
FULL = Report(LAST, THIRD, {each: Line(LAST - 1, dict.fromkeys(Role, 100)) for each in Measure})
SILENT = Report(LAST, None, {each: Line(LAST - 3, None) for each in Measure})
TWO = Report(
    LAST,
    THIRD,
    {
        Measure.TASKS: Line(LAST - 1, TASKS),
        Measure.VOICES: Line(LAST - 3, None),
        Measure.PROPOSALS: Line(LAST, THIRD),
    },
)


def test_the_words() -> None:
    assert read(parity.last(HUGE, TWO, NEXT, ENGLISH)) == (
        "How the work was shared among the roles, up to 31 December\n"
        "Members: users 35%, families 35%, professionals 35%\n"
        "And in the same order, in %:\n"
        "Proposals since October: 35 · 35 · 35\n"
        "Tasks done since July: 25 · 10 · 65\n"
        "In steps of 5%. What could say something about a few is left out.\n\n"
        "The next report comes on 3 April."
    )


def test_the_picture_says_what_the_words_say() -> None:
    picture = parity.picture(TWO, ENGLISH)
    assert isinstance(picture, Bars) and picture.full == 100
    assert [(bar.label, bar.value, bar.text, bar.enough) for bar in picture.bars] == [
        ("Proposals: users", 35, "35%", 35),
        ("Proposals: families", 35, "35%", 35),
        ("Proposals: professionals", 35, "35%", 35),
        ("Tasks done: users", 25, "25%", 35),
        ("Tasks done: families", 10, "10%", 35),
        ("Tasks done: professionals", 65, "65%", 35),
    ]


def test_one_silence_whatever_its_reason() -> None:
    never, silent = (parity.last(1, each, NEXT, ENGLISH) for each in (None, SILENT))
    assert never == silent and never.picture is None
    assert "too few to keep everybody hidden" in never.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fit_into_telegram(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    for report in (FULL, TWO, SILENT, None):
        check(parity.last(HUGE, report, NEXT, speak))
    numbers = Numbers(99_999, 99_999, 99_999, 99_999)
    over = numbered(LAST, speak.zone)
    for report in (FULL, TWO, SILENT):
        check(quarter.told(over, numbers, report, speak), public=True)
    alone = quarter.told(over, Numbers(0, 0, 0, 0), FULL, speak)
    assert alone.text == parity.words(FULL, speak) and alone.picture is not None

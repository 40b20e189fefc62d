from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from assembly.disclosure import Band, Figures
from assembly.questionnaire import WEEKLY
from assembly.roles import Role
from handlers.checkins.screens import summary as screens
from handlers.checkins.screens.summary import Said
from handlers.core.pictures import Chart, Panels
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from storage.releases import Told

ROME = ZoneInfo("Europe/Rome")
CAPTION = 1024  # characters under a photo, Telegram's own limit
BANDS = get_args(Band)


def midnight(month: int, day: int, fortnights_before: int = 0) -> int:
    local = datetime(2026, month, day) - timedelta(weeks=2 * fortnights_before)  # noqa: DTZ001
    return int(local.replace(tzinfo=ROME).timestamp())


FORTNIGHT = midnight(11, 9), midnight(11, 23)
FOUR_WEEKS = midnight(11, 9), midnight(12, 7)


def told(*means: float | None, band: Band = "20-49") -> list[Told]:
    """Windows of a fortnight each, the last one from 9 to 22 November."""
    return [
        Told(
            midnight(11, 9, back),
            midnight(11, 23, back),
            None if mean is None else Figures(band, mean),
        )
        for back, mean in zip(range(len(means) - 1, -1, -1), means, strict=True)
    ]


def summary(*said: Said, language: str = "en") -> Screen:
    return screens.summary(Speech(language, "Europe/Rome"), FORTNIGHT, said)


def test_one_number_is_told_as_people_say_it() -> None:
    screen = summary(Said("connection", (), told(2.5)))
    assert screen.text.split("\n\n") == [
        "<b>How we are, 9 to 22 November</b>\nBetween 20 and 49 of us answered.",
        "How connected we felt with others: about 2.5 of 4, between “Somewhat” and “Strongly”.",
        "Chance has shifted the numbers a little, so that they tell little about any one person.",
    ]
    assert screen.public


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (2.0, 2.5, "Much as last time."),
        (2.5, 2.0, "Much as last time."),
        (2.0, 2.0, "Much as last time."),
        (1.5, 2.5, "Higher than last time."),
        (0.5, 3.5, "Higher than last time."),
        (2.5, 1.5, "Lower than last time."),
    ],
)
def test_a_change_is_named_from_a_whole_step_on(before: float, now: float, words: str) -> None:
    assert words in summary(Said("week", (), told(before, now))).text


def test_last_time_is_the_last_time_that_something_was_told() -> None:
    assert "Lower than last time." in summary(Said("week", (), told(3.5, None, None, 1.5))).text
    assert "last time" not in summary(Said("week", (), told(None, None, 1.5))).text


@pytest.mark.parametrize(
    ("mean", "words"),
    [
        (0.5, "about 0.5 of 4, between “Very hard” and “Hard”."),
        (1.0, "about 1 of 4, “Hard”."),
        (3.0, "about 3 of 4, “Good”."),
        (3.5, "about 3.5 of 4, between “Good” and “Very good”."),
    ],
)
def test_the_mean_is_said_in_the_words_of_the_buttons(mean: float, words: str) -> None:
    assert words in summary(Said("week", (), told(mean))).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_the_language_writes_them(language: str) -> None:
    text = summary(Said("week", (), told(2.5)), language=language).text
    assert ("2.5" in text) == (language == "en")
    assert ("2,5" in text) == (language != "en")


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (["10-19"], "Between 10 and 19 of us answered."),
        (["20-49"], "Between 20 and 49 of us answered."),
        (["50+"], "50 or more of us answered."),
        (["50+", "50+", "50+"], "50 or more of us answered."),
        (["50+", "20-49", "50+"], "20 or more of us answered."),
        (["50+", "20-49", "10-19"], "10 or more of us answered."),
    ],
)
def test_how_many_answered_is_a_band(bands: list[Band], words: str) -> None:
    said = [
        Said(question, (), told(2.0, band=band))
        for question, band in zip(WEEKLY.questions, bands, strict=False)
    ]
    assert words in summary(*said).text


def test_roles_are_told_where_they_are_shown() -> None:
    by_role = tuple(
        (role, Figures("20-49", mean)) for role, mean in zip(Role, (2.5, 2.0, 3.0), strict=True)
    )
    shown = summary(Said("week", by_role, told(2.5))).text
    assert "Users about 2.5, family members about 2, professionals about 3." in shown
    assert "professionals" not in summary(Said("week", (), told(2.5))).text


def test_the_picture_is_one_line_with_gaps_and_its_words() -> None:
    screen = summary(Said("week", (), told(2.0, None, 1.5, 2.5)))
    assert isinstance(screen.picture, Chart)
    [(name, points)] = screen.picture.lines
    assert name == screen.picture.title == "How our weeks were"
    assert [(point.label, point.value) for point in points] == [
        ("11 Oct", 2.0),
        ("25 Oct", None),
        ("8 Nov", 1.5),
        ("22 Nov", 2.5),
    ]
    words = "The picture in numbers: 11 Oct: 2 · 25 Oct: – · 8 Nov: 1.5 · 22 Nov: 2.5"
    assert words in screen.text


def test_three_questions_stand_over_the_same_windows() -> None:
    screen = summary(
        Said("week", (), told(2.0, 2.5)),
        Said("connection", (), told(1.0)),
        Said("say", (), told(3.0, None, 3.0, None)),
    )
    assert isinstance(screen.picture, Panels)
    assert [chart.title for chart in screen.picture.charts] == [
        "How our weeks were",
        "How connected we felt with others",
    ]
    labels = {tuple(p.label for p in chart.lines[0][1]) for chart in screen.picture.charts}
    assert labels == {("8 Nov", "22 Nov")}
    assert "How much say" not in screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_can_be_said_one_sentence_is_always_the_same(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    posts = {
        screens.summary(speak, FOUR_WEEKS, said)
        for said in (
            [Said("week", (), told(None))],
            [Said("say", (), told(2.0, 3.5, None))],
            [Said(question, (), told(1.0, None)) for question in WEEKLY.questions],
        )
    }
    assert len(posts) == 1
    [screen] = posts
    assert screen.picture is None
    assert screen.public
    assert not any(number in screen.text for number in ("10", "19", "20", "of 4"))


def test_the_fixed_sentence() -> None:
    text = screens.summary(Speech("en", "Europe/Rome"), FOUR_WEEKS, [Said("week", (), told(None))])
    assert text.text == (
        "<b>How we are, 9 November to 6 December</b>\nThis time we say nothing about the answers: "
        "too few to keep everybody hidden, or nearly so."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spent_account_is_told_without_figures(language: str) -> None:
    screen = screens.spent(Speech(language, "Europe/Rome"), FOUR_WEEKS)
    assert screen.public
    assert screen.picture is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_summary_fits_under_its_picture(language: str) -> None:
    by_role = tuple((role, Figures("20-49", 2.5)) for role in Role)
    all_at_once = [Said(q, by_role, told(3.5, 3.5, 3.5, 2.5, band="50+")) for q in WEEKLY.questions]
    alone = [Said("say", by_role, told(*[3.5] * 7, 2.5))]
    for said in (all_at_once, alone):
        assert len(summary(*said, language=language).text.striptags()) <= CAPTION
        assert len(summary(*said, language=language).text) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("centre_id", [None, 7])
def test_the_explanation_is_one_message_with_a_way_back(
    language: str, centre_id: int | None
) -> None:
    screen = screens.how_it_works(Speech(language), centre_id)
    assert len(screen.text) < 1500
    assert len(screen.buttons) == (centre_id is not None)

"""Every screen of series, in every language, as long as it can be."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from kit.screen_checks import DATA, LABEL, TEXT, Words

from assembly.series import NTHS, WEEKS, Occurrence, Pause, Rhythm
from handlers.assemblies.series.screens import choosing, days, posts, words
from handlers.assemblies.series.screens import series as screens
from handlers.assemblies.series.screens.choosing import Chosen
from handlers.assemblies.series.screens.days import Day
from handlers.core.screen import Screen, keyboard
from handlers.core.speech import LANGUAGES, Speech
from storage.assemblies import Assembly
from storage.series import Series

HUGE = 10**12 - 1
ONE_LINE = 36  # characters, on a phone of 360 px
START = datetime.fromisoformat("2025-12-04 16:00")  # local
AT = 1_764_860_400
PAUSE = Pause(date(2025, 12, 24), date(2026, 1, 6))
SERIES = Series(
    HUGE,
    HUGE,
    Rhythm(2, nth=-1, months_off=frozenset(range(1, 12))),
    START,
    "😀" * 200,
    180,
    (PAUSE,) * 40,
    "running",
    3,
    999,
    AT,
)
PAUSED = Series(HUGE, HUGE, Rhythm(6), START, None, 1, (), "paused", 0, 0, AT)
CHOSEN = Chosen(HUGE, HUGE, SERIES.rhythm, 1439, 180, 3)
CONVENED = Assembly(HUGE, HUGE, AT, "x", "convened", AT, None, None, None, None, HUGE, "2025-12-04")
CANCELLED = Assembly(HUGE, HUGE, AT, None, "cancelled", AT, None, None, None, None)


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def every_screen(speak: Speech) -> list[Screen]:
    occurrence = Occurrence(date(2025, 12, 4), AT)
    moved = Occurrence(date(2025, 12, 4), AT - 86_400)
    new = Chosen(HUGE, 0, Rhythm(6), 960, 90)
    coming = [date(2025, 12, day) for day in (4, 11, 18, 25)]
    return [
        choosing.offer(HUGE, [(Rhythm(3), START.time())] * 3, 90, speak),
        choosing.which_day(new, speak, then_hour=True),
        choosing.which_day(CHOSEN, speak, then_hour=False),
        choosing.which_hour(CHOSEN, speak),
        choosing.not_a_time(CHOSEN, speak),
        choosing.how_often(CHOSEN, speak),
        choosing.how_long(CHOSEN, speak),
        choosing.which_place(CHOSEN, speak),
        choosing.preview(CHOSEN, "😀" * 200, AT, [1], 999, speak),
        choosing.preview(new, None, AT, [], 0, speak),
        screens.one(SERIES, AT, speak),
        screens.one(PAUSED, None, speak),
        screens.sure_to_end(SERIES, speak),
        screens.over(HUGE, speak),
        days.days(
            SERIES,
            [Day(occurrence, None), *(Day(moved, each) for each in (CONVENED, CANCELLED))] * 2,
            speak,
        ),
        days.day(SERIES, Day(occurrence, None), speak),
        days.day(SERIES, Day(occurrence, CONVENED), speak),
        days.day(SERIES, Day(occurrence, CANCELLED), speak),
        days.pauses(SERIES, date(2025, 12, 3), speak),
        days.pauses(PAUSED, date(2025, 12, 3), speak),
        days.pause(SERIES, None, coming, 1, speak),
        days.pause(SERIES, coming[0], coming, 0, speak),
        posts.begins(SERIES, AT, speak),
        posts.changes(SERIES, AT, speak),
        posts.pauses(SERIES, speak),
        posts.stops(SERIES, speak),
        posts.resumes(SERIES, AT, speak),
        posts.ends(SERIES, speak),
        posts.pause(SERIES, PAUSE, speak, on=True),
        posts.pause(SERIES, Pause(PAUSE.first, PAUSE.first), speak, on=False),
        posts.month(SERIES, 8, speak, off=True),
        posts.month(SERIES, 8, speak, off=False),
        posts.goes_on(SERIES, speak),
    ]


def test_every_screen_fits_into_telegram_at_its_worst(speak: Speech) -> None:
    for screen in every_screen(speak):
        said = Words(str(screen.text))
        assert 0 < said.length <= TEXT, said.said[:80]
        for button in (button for row in keyboard(screen) for button in row):
            assert 0 < len(button["text"]) <= LABEL, button["text"]
            assert len(button.get("callback_data", "").encode()) <= DATA
        assert screen.public or screen.buttons


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_screen_is_left_in_english(language: str) -> None:
    english = every_screen(Speech("en", "Europe/Rome"))
    translated = every_screen(Speech(language, "Europe/Rome"))
    for one, other in zip(english, translated, strict=True):
        assert one.text != other.text


def test_a_rhythm_in_words() -> None:
    rhythms = [
        *(Rhythm(3, weeks) for weeks in WEEKS),
        *(Rhythm(day, nth=nth) for day in (3, 6) for nth in NTHS),
    ]
    told = {
        language: [
            words.told(each, START.time(), Speech(language, "Europe/Rome")).unescape()
            for each in rhythms
        ]
        for language in LANGUAGES
    }
    assert told["en"][:4] == [
        "Every Thursday at 16:00",
        "Every second Thursday at 16:00",
        "Every 3 weeks, Thursday at 16:00",
        "Every 4 weeks, Thursday at 16:00",
    ]
    assert told["it"][0] == "Ogni giovedì alle 16:00"
    assert told["it"][4::5] == [
        "Il primo giovedì del mese alle 16:00",
        "La prima domenica del mese alle 16:00",
    ]
    assert told["de"][8::5] == [
        "Jeden letzten Donnerstag im Monat um 16:00",
        "Jeden letzten Sonntag im Monat um 16:00",
    ]
    assert all(len(set(each)) == len(rhythms) for each in told.values())


@pytest.mark.parametrize("weekday", range(7))
def test_a_rhythm_fits_one_line_of_a_button(weekday: int, speak: Speech) -> None:
    chosen = Chosen(HUGE, HUGE, Rhythm(weekday), 960, 90)
    labels = [
        button["text"] for row in keyboard(choosing.how_often(chosen, speak)) for button in row
    ]
    assert [each for each in labels if len(each) > ONE_LINE] == []
    assert len(set(labels)) == len(WEEKS) + len(NTHS) + 1, "no two are told alike"
    assert all("16:00" in each for each in labels[:-1])

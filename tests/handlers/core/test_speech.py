"""One language and one zone: words, days and numbers as people there write them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.speech import LANGUAGES, Speech, known_language, later

CLOSES = (
    "What is being decided closes at the same moment as before: the next at {time} by these "
    "clocks, at {then} by the new ones."
)
NOON = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC: 13:00 in Rome
LATE = 1_764_804_600  # the same day, 23:30 UTC: in Rome it is Thursday, 0:30


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            {
                "day": "Wednesday 3 December",
                "short_day": "3 December",
                "button_day": "Wed 3 Dec",
                "chart_day": "3 Dec",
                "date": "3 December 2025",
                "time": "13:00",
                "moment": "Wednesday 3 December, 13:00",
                "month": "December",
            },
        ),
        (
            "it",
            {
                "day": "mercoledì 3 dicembre",
                "short_day": "3 dicembre",
                "button_day": "mer 3 dic",
                "chart_day": "3 dic",
                "date": "3 dicembre 2025",
                "time": "13:00",
                "moment": "mercoledì 3 dicembre, 13:00",
                "month": "dicembre",
            },
        ),
        (
            "de",
            {
                "day": "Mittwoch, 3. Dezember",
                "short_day": "3. Dezember",
                "button_day": "Mi. 3. Dez.",
                "chart_day": "3. Dez.",
                "date": "3. Dezember 2025",
                "time": "13:00",
                "moment": "Mittwoch, 3. Dezember, 13:00",
                "month": "Dezember",
            },
        ),
    ],
)
def test_days_and_times(language: str, said: dict[str, str]) -> None:
    speak = Speech(language, "Europe/Rome")
    assert {name: getattr(speak, name)(NOON) for name in said} == said


def test_the_zone_decides_which_day_it_is() -> None:
    assert Speech("en", "Europe/Rome").moment(LATE) == "Thursday 4 December, 00:30"
    assert Speech("en").moment(LATE) == "Wednesday 3 December, 23:30"
    assert Speech("en", "Europe/Rome").local(NOON).isoformat() == "2025-12-03T13:00:00+01:00"


@pytest.mark.parametrize(
    ("language", "monday", "sunday", "number"),
    [
        ("en", "Monday", "Sunday", "5,000"),
        ("it", "lunedì", "domenica", "5.000"),
        ("de", "Montag", "Sonntag", "5.000"),
    ],
)
def test_weekdays_and_numbers(language: str, monday: str, sunday: str, number: str) -> None:
    speak = Speech(language)
    assert (speak.weekday(0), speak.weekday(6), speak.number(5000)) == (monday, sunday, number)


def test_words_are_translated_and_what_people_wrote_is_escaped() -> None:
    message = "The next assembly: {moment}."
    assert Speech("en")(message, moment="<3") == "The next assembly: &lt;3."
    assert len({str(Speech(language)(message, moment="x")) for language in LANGUAGES}) == 3
    assert isinstance(Speech("de")("Home"), Markup)


@pytest.mark.parametrize("message", ["{moment}. Where does it meet?", "<b>{moment}</b>"])
def test_a_text_that_begins_with_a_day_begins_with_a_capital(message: str) -> None:
    speak = Speech("it")
    assert "Mercoledì 3 dicembre" in speak(message, moment=speak.moment(NOON))
    assert "mercoledì 3" in speak("The next assembly: {moment}.", moment=speak.moment(NOON))


def test_without_values_braces_stay() -> None:
    assert Speech("en")("{moment} & <b>") == "{moment} & <b>"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 questions are being decided."),
        (1, "One question is being decided."),
        (2, "2 questions are being decided."),
    ],
)
def test_one_and_many(n: int, said: str) -> None:
    one, several = "One question is being decided.", "{n} questions are being decided."
    assert Speech("en").many(one, several, n) == said
    spoken = {str(Speech(language).many(one, several, n)) for language in LANGUAGES}
    assert len(spoken) == 3


def test_many_with_other_values() -> None:
    assert Speech("en").many("{n} by {name}", "{n} by {name}", 2, name="<A>") == "2 by &lt;A&gt;"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("IT", "it"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("x-de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_nearest_language(code: str | None, language: str) -> None:
    assert known_language(code) == language
    if code is not None:
        assert Speech(code).language == language


def test_a_text_that_is_spoken_later_stays_as_it_is() -> None:
    assert later("Home") == "Home"


HOURS = [
    ("In {place} it is {time} now. Is that the centre’s time?", "16:00", "ora sono le 16:00."),
    ("In {place} it is {time} now. Is that the centre’s time?", "01:05", "ora è l’01:05."),
    ("In {place} it is {time} now. Is that the centre’s time?", "11:00", "ora sono le 11:00."),
    (CLOSES, "01:30", "la prossima all’01:30 secondo"),
    (CLOSES, "13:30", "la prossima alle 13:30 secondo"),
]


@pytest.mark.parametrize(("message", "time", "said"), HOURS)
def test_italian_says_one_o_clock_with_an_apostrophe(message: str, time: str, said: str) -> None:
    speak = Speech("it", "Europe/Rome")
    assert said in speak(message, place="Roma", time=time, then="alle 01:30")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Decided on {day}.", {1: "Deciso il 1 d", 8: "Deciso l’8 d", 11: "Deciso l’11 d"}),
        ("waiting since {day}", {7: "attesa dal 7 d", 8: "attesa dall’8 d", 18: "attesa dal 18 d"}),
    ],
)
def test_italian_says_the_eighth_with_an_apostrophe(message: str, said: dict[int, str]) -> None:
    speak = Speech("it", "Europe/Rome")
    for day, words in said.items():
        at = NOON + (day - 3) * 86_400
        assert words in speak(message, day=speak.short_day(at))
    assert speak("Decided on {day}.", day=speak.day(NOON + 5 * 86_400)) == (
        "Deciso il lunedì 8 dicembre."
    )


def test_what_people_wrote_about_an_hour_stays_as_it_is() -> None:
    speak = Speech("it")
    assert speak("<b>{question}</b>", question="Vediamoci alle 01:30") == (
        "<b>Vediamoci alle 01:30</b>"
    )

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.screen_checks import check

from assembly.wording import NOTE, TITLE, WordingError
from handlers.assemblies.minutes.screens import notes as screens
from handlers.assemblies.minutes.screens.notes import PAGE, Written
from handlers.core.speech import LANGUAGES, Speech
from storage.assemblies import Assembly
from storage.notes import Note

ASSEMBLY = Assembly(9**9, 9**9, 1_780_000_000, None, "open", 1, 1, 1, None, 1)
LONG = "& <b>" * (NOTE[1] // 5)
MANY = [Note(9**9 + n, 5, LONG, None, 7, 99) for n in range(2_000)]
SEEN = Written(ASSEMBLY, 9**9, "<" * TITLE[1], MANY, writing=True, chairs=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [0, 1, 2, 200, 201, -1])
def test_two_thousand_lines_stay_inside_what_telegram_takes(language: str, page: int) -> None:
    speak = Speech(language)
    for seen in (
        SEEN,
        replace(SEEN, writing=False, chairs=False),
        replace(SEEN, kept=False, notes=(), title=None),
    ):
        check(screens.notes(seen, page, speak))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_screen_does(language: str) -> None:
    speak = Speech(language)
    photo = Note(5, 5, "", "file", 7, 0)
    for screen in (
        screens.one(SEEN, MANY[0], speak),
        screens.one(SEEN, photo, speak),
        screens.word_anew(SEEN, MANY[0], speak),
        screens.unfit(WordingError("long", 1001, 1000), speak),
        screens.unfit(WordingError("empty", 0, 1), speak),
        screens.was_it_a_note(SEEN, speak),
        screens.over(ASSEMBLY, speak),
    ):
        check(screen)
    assert screens.changed_meanwhile(photo, speak) != screens.changed_meanwhile(None, speak)


def test_the_last_page_is_the_one_that_is_written_on() -> None:
    speak = Speech("en")
    last = screens.notes(SEEN, 0, speak)
    assert f"{len(MANY)}. " in last.text and f"{len(MANY) - PAGE}. " not in last.text
    assert screens.notes(SEEN, 1, speak).text.count("\n1. ") == 1

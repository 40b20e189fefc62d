"""The screens about a post that may be missing: translated, escaped, with their buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kit.screen_checks import check

from handlers.core.screen import Screen, keyboard
from handlers.core.screens import uncertain_posts as screens
from handlers.core.speech import LANGUAGES, Speech

SCREENS: dict[str, Callable[[Speech], Screen]] = {
    "asked": lambda speak: screens.perhaps_not_posted(speak, "<A>", "<b> & more", 10**12, 10**12),
    "found": screens.found,
    "found, may change": screens.found_and_may_change,
    "too late": screens.too_late,
    "again": screens.posted_again,
    "answered": screens.answered,
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_and_is_translated(name: str, language: str) -> None:
    words, english = (
        check(SCREENS[name](Speech(spoken, "Europe/Rome")), public=False)
        for spoken in (language, "en")
    )
    assert (words == english) is (language == "en")


def test_each_button_names_the_post() -> None:
    buttons = keyboard(screens.perhaps_not_posted(Speech("en"), "A", "b", 7, 9))
    assert [button["callback_data"] for [button] in buttons] == ["upT:7:9", "upA:7:9"]

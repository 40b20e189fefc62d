from __future__ import annotations

import pytest
from kit.assembly_screens import every_screen
from kit.screen_checks import Words

from handlers.core.screen import keyboard
from handlers.core.speech import LANGUAGES, Speech

TEXT, LABEL, DATA = 4096, 64, 64  # Telegram's limits; labels are cut by phones, not by Telegram
ENGLISH = Speech("en", "Europe/Rome")


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_every_screen_fits_into_telegram_at_its_worst(speak: Speech) -> None:
    for screen in every_screen(speak):
        words = Words(str(screen.text))
        assert 0 < words.length <= TEXT, words.said[:80]
        assert set(words.tags) <= {"b", "i"}
        for button in (button for row in keyboard(screen) for button in row):
            assert 0 < len(button["text"]) <= LABEL, button["text"]
            assert len(button.get("callback_data", "").encode()) <= DATA


def test_every_private_screen_has_a_way_on(speak: Speech) -> None:
    for screen in every_screen(speak):
        typing = "200" in screen.text
        assert screen.public or screen.buttons or typing


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_screen_is_left_in_english(language: str) -> None:
    translated = every_screen(Speech(language, "Europe/Rome"))
    for english, other in zip(every_screen(ENGLISH), translated, strict=True):
        assert english.text != other.text

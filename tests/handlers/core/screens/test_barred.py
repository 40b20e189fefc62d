"""What facilitators read about a group where Voci may not write, in each language."""

from __future__ import annotations

import pytest
from kit.screen_checks import check

from handlers.core.screens import barred
from handlers.core.speech import LANGUAGES, Speech
from storage.barred_chats import Bar

LINES = {Bar.OUT: 3, Bar.RIGHTS: 3, Bar.TOPIC: 3, Bar.PACE: 2}


@pytest.mark.parametrize("waiting", [0, 1, 7])
@pytest.mark.parametrize("by", Bar)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_why_what_waits_and_what_helps(language: str, by: Bar, waiting: int) -> None:
    speak = Speech(language, "Europe/Rome")
    words = check(barred.may_not_write(speak, "<A>", by, waiting, 1_764_763_200), public=False)
    assert len(words.splitlines()) == LINES[by]
    assert ("7" in words.splitlines()[1]) == (waiting == 7)
    assert ("13:00" in words) == (by is Bar.PACE)

from __future__ import annotations

import pytest

from handlers.core.screens.own_points import MINUTES, TITLES, as_read
from handlers.core.speech import LANGUAGES, Speech


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("fixed_in", LANGUAGES)
def test_what_voci_calls_a_point_is_read_in_the_readers_language(
    reader: str, fixed_in: str
) -> None:
    for text in (MINUTES, *TITLES.values()):
        fixed = Speech(fixed_in)(text).unescape()
        assert as_read(fixed, Speech(reader)) == Speech(reader)(text).unescape()


@pytest.mark.parametrize("reader", LANGUAGES)
def test_the_words_of_people_stay_as_they_are(reader: str) -> None:
    for words in ("A quiet room & more", "How is everybody", ""):
        assert as_read(words, Speech(reader)) == words

"""What an operator reads where no facilitator can be reached, in each language."""

from __future__ import annotations

import pytest
from kit.screen_checks import check

from handlers.core.screens import unheard
from handlers.core.speech import LANGUAGES, Speech


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_centre_and_nobody(language: str) -> None:
    words = check(unheard.nobody_to_tell(Speech(language, "Europe/Rome"), "<A>"), public=False)
    assert len(words.splitlines()) == 4
    assert words.startswith("<A>: ")

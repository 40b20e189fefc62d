from __future__ import annotations

import pytest
from kit.screen_checks import check

from handlers.core.screens.lost_posts import Why, not_posted
from handlers.core.speech import LANGUAGES, Speech

LONG = "The assembly on Monday 7 December, 16:00, in Via Roma 12: " + "who is coming? " * 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", Why)
def test_many_long_ones_stay_short_enough_for_a_phone(language: str, why: Why) -> None:
    text = check(not_posted(Speech(language), "<b>Aurora</b>", [LONG] * 9, why))
    assert "<i>" not in text and "<b>Aurora</b>" in text
    assert text.count("The assembly on Monday") == 3
    assert " 6 " in text
    assert len(text) < 500


def test_of_a_single_one_nothing_is_counted() -> None:
    text = check(not_posted(Speech("en"), "Aurora", ["Shall we open?"], Why.REFUSED))
    assert "This message did not get to the group of Aurora" in text
    assert "more message" not in text

"""Emoji in words, in each language."""

from __future__ import annotations

import pytest

from handlers.core.emoji_names import in_words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Yoga [party popper] [red heart]"),
        ("it", "Yoga [spara coriandoli] [cuore rosso]"),
        ("de", "Yoga [konfettibombe] [rotes herz]"),
    ],
)
def test_emoji_have_names(language: str, said: str) -> None:
    assert in_words("Yoga 🎉 ❤️", language) == said


@pytest.mark.parametrize("text", ["", "A_B garden", "Über alles – così", "A_B ✓ ≥ 公园"])
def test_everything_else_stays(text: str) -> None:
    assert in_words(text, "en") == text


def test_an_underscore_that_somebody_wrote_stays() -> None:
    assert in_words("a_b 🎉", "en") == "a_b [party popper]"

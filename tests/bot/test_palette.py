"""What is drawn is read on its ground, which glares on no screen (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgb

from bot.palette import CHOSEN, GROUND, INK, LINES, ON_CHOSEN, QUIET_INK


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("colour", "ground"), [(INK, GROUND), (QUIET_INK, GROUND), (ON_CHOSEN, CHOSEN)]
)
def test_words_can_be_read(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("colour", LINES)
def test_lines_can_be_seen(colour: str) -> None:
    assert contrast(colour, GROUND) >= 3


def test_the_ground_is_neither_white_nor_black() -> None:
    assert 0.5 < luminance(GROUND) < 0.8

"""Bars, rounds and pairwise tables can be drawn whatever was counted, and show who was chosen."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from bot.canvas import WIDTH, Canvas
from bot.drawing import draw
from bot.letters import drawable
from bot.palette import CHOSEN, GROUND
from handlers.core.pictures import Bar, Bars, PairwiseTable, Picture, Rounds, Standing

TALLEST = 10_000 - WIDTH  # Telegram takes photos whose width and height add up to 10,000
TALLEST_IN_FULL = 2560  # what is taller is made smaller
NAMES = (
    "The blue room",
    "Fish & <b>chips</b> $\\frac{1}{2",
    "Longer opening hours on Saturdays, from nine to thirteen h..",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "غرفة هادئة للجميع",
    "חדר שקט",
    "Yoga 🧘🏽 in the garden",
    "🎉",
    "散步",
    "",
)


@pytest.fixture(autouse=True)
def _no_sign_is_missing() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        yield


def names(count: int) -> list[str]:
    return [NAMES[number % len(NAMES)] for number in range(count)]


def bars(count: int, most: float) -> Bars:
    values = [most * (count - number) / count for number in range(count)]
    return Bars(
        "How many agree",
        tuple(
            Bar(name, value, f"{value:,.2f}", chosen=number == 0)
            for number, (name, value) in enumerate(zip(names(count), values, strict=True))
        ),
    )


def rounds(count: int, most: float) -> Rounds:
    last = max(count - 2, 0)
    rows = []
    for number, name in enumerate(names(count)):
        standings = [
            Standing(
                most,
                f"{most:,.2f}",
                elected=at == last and number == 0,
                excluded=at < last and number == count - 1 - at,
                quota=most / 2,
            )
            if number < count - at
            else None
            for at in range(last + 1)
        ]
        rows.append((name, tuple(standings)))
    return Rounds("Round by round", tuple(rows), "legend")


def pairs(count: int, most: float) -> PairwiseTable:
    before = tuple(
        tuple(None if a == b else int(most) if a < b else 0 for b in range(count))
        for a in range(count)
    )
    return PairwiseTable("Each against each", tuple(names(count)), before, "legend " * 30)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(imread(io.BytesIO(png), format="png"))[:, :, :3]


def coloured(png: bytes, colour: str) -> np.ndarray:
    return np.asarray(np.all(abs(pixels(png) - to_rgb(colour)) < 0.02, axis=2))


@pytest.mark.parametrize(("count", "most"), [(1, 0), (1, 1), (3, 100_000), (20, 100_000)])
@pytest.mark.parametrize("kind", [bars, rounds, pairs])
def test_whatever_was_counted_is_drawn_on_the_sheet(kind: object, count: int, most: float) -> None:
    assert callable(kind)
    picture: Picture = kind(count, most)
    image = pixels(draw(picture))
    height, width, _ = image.shape
    assert width == WIDTH
    assert 200 < height <= TALLEST
    for edge in (image[:, :8], image[:, -8:], image[:8], image[-8:]):
        assert (abs(edge - to_rgb(GROUND)) < 0.02).all()


@pytest.mark.parametrize(("count", "tallest"), [(3, 700), (12, TALLEST_IN_FULL)])
@pytest.mark.parametrize("kind", [bars, rounds, pairs])
def test_what_an_assembly_counts_fits_a_phone(kind: object, count: int, tallest: int) -> None:
    assert callable(kind)
    assert len(pixels(draw(kind(count, 41)))) <= tallest


def test_the_bar_of_what_was_chosen_is_full() -> None:
    width = coloured(draw(bars(3, 22)), CHOSEN).sum(axis=1).max()
    other = Bars("x", tuple(Bar(b.label, b.value, b.text) for b in bars(3, 22).bars))
    assert width > 600
    assert coloured(draw(other), CHOSEN).sum() < 20_000  # only the edges of the bars


def test_the_winner_of_a_pair_has_a_full_box_and_a_tie_none() -> None:
    ahead = coloured(draw(pairs(3, 22)), CHOSEN).sum()
    level = PairwiseTable("x", ("A", "B"), ((None, 5), (5, None)), "legend")
    assert ahead > 20_000
    assert coloured(draw(level), CHOSEN).sum() == 0


def test_who_is_elected_has_a_frame() -> None:
    assert coloured(draw(rounds(3, 22)), CHOSEN).any()
    nobody = Rounds("x", (("A", (Standing(1, "1"),)), ("B", (Standing(1, "1"),))), "l")
    assert not coloured(draw(nobody), CHOSEN).any()


def test_the_quota_is_a_stroke() -> None:
    without = Rounds("x", (("A", (Standing(3, "3"),)),), "l")
    quota = Rounds("x", (("A", (Standing(3, "3", quota=2),)),), "l")
    assert draw(without) != draw(quota)


@pytest.mark.parametrize("enough", [1, 11, 12, 13, 40])
def test_what_was_needed_is_a_stroke(enough: int) -> None:
    bar = Bar("Yes", 12, "12", enough=enough)
    without = Bars("x", (Bar("Yes", 12, "12"), Bar("No", 40, "40")))
    assert draw(Bars("x", (bar, Bar("No", 40, "40")))) != draw(without)


def test_a_bar_can_be_less_than_full() -> None:
    half = Bars("x", (Bar("A", 2.5, "2.5", chosen=True),), full=5)
    full = Bars("x", (Bar("A", 5, "5", chosen=True),), full=5)
    widths = [coloured(draw(picture), CHOSEN).sum(axis=1).max() for picture in (half, full)]
    assert widths[0] < 0.6 * widths[1]


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one", 2, ["one"]),
        ("", 2, [""]),
        ("one two three four", 3, ["one two", "three", "four"]),
        ("one two three four", 2, ["one two", "three f…"]),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", 1, ["aaaaaa…"]),
        ("aaaaaaaaaaaa", 2, ["aaaaaaaa", "aaaa"]),
        ("a bbbbbbbbbbbb", 2, ["a bbbbbb", "bbbbbb"]),
    ],
)
def test_words_are_wrapped_at_a_width(text: str, most: int, lines: list[str]) -> None:
    canvas = Canvas()
    width = canvas.width_of("aaaaaaaa", 15) + 1
    found = canvas.wrapped(text, width, 15, most)
    assert len(found) <= most
    assert all(canvas.width_of(line, 15) <= width for line in found)
    assert found == lines


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("غرفة חדר ✓ ≥ ½", "غرفة חדר ✓ ≥ ½"),
        ("公园 in spring", "≈GongYuan in spring"),
        ("ガーデン", "≈gaden"),
        ("\ue000 garden", "garden"),
    ],
)
def test_words_of_a_script_that_the_font_lacks_are_spelt_and_marked(text: str, drawn: str) -> None:
    assert drawable(text) == drawn

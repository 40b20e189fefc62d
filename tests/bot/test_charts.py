from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from bot.charts import STYLES, draw_chart
from bot.drawing import draw
from handlers.core.pictures import Chart, Line, Panels, QrCode

SCALE = ("Very hard", "Hard", "So-so", "Good", "Very good")
WEEKS = ("5 Nov", "12 Nov", "19 Nov", "26 Nov", "3 Dec")


def line(*values: float | None) -> tuple[Line, ...]:
    return tuple(Line(label, value) for label, value in zip(WEEKS, values, strict=False))


def chart(*lines: tuple[Line, ...], title: str = "How are we?") -> Chart:
    return Chart(title, tuple((f"Line {n}", points) for n, points in enumerate(lines)), SCALE)


def coloured(png: bytes, style: int) -> list[int]:
    """The columns of the picture in which a line's own colour appears."""
    pixels = np.asarray(imread(io.BytesIO(png), format="png"))[:, :, :3]
    wanted = to_rgb(STYLES[style][0])
    hits = np.all(abs(pixels - wanted) < 0.02, axis=2).any(axis=0)
    return [int(column) for column in np.flatnonzero(hits)]


def size(png: bytes) -> tuple[int, int]:
    height, width, _ = imread(io.BytesIO(png), format="png").shape
    return width, height


def test_a_chart_is_as_wide_as_a_phone() -> None:
    assert size(draw_chart(chart(line(1, 2, 3, 4, 0))))[0] == 1080


def test_panels_stand_one_under_the_other() -> None:
    one = chart(line(1, 2, 3, 4, 0))
    width, height = size(draw_chart(Panels((one, one, one))))
    assert (width, height > 2 * size(draw_chart(one))[1]) == (1080, True)


def test_each_panel_has_a_colour_of_its_own() -> None:
    png = draw_chart(Panels((chart(line(1, 2)), chart(line(None, None)), chart(line(3, 4)))))
    assert [bool(coloured(png, style)) for style in range(3)] == [True, False, True]


@pytest.mark.parametrize(("middle", "joined"), [(2, True), (None, False)])
def test_a_week_without_an_answer_leaves_a_gap(middle: int | None, joined: bool) -> None:
    columns = coloured(draw_chart(chart(line(2, 2, middle, 2, 2))), 0)
    unbroken = columns[-1] - columns[0] + 1 == len(columns)
    assert unbroken is joined


def test_a_single_answer_between_gaps_is_seen() -> None:
    assert coloured(draw_chart(chart(line(None, None, 3, None, None))), 0)


def test_lines_with_equal_values_are_both_seen() -> None:
    png = draw_chart(chart(line(2, 2, 2), line(2, 2, 2)))
    assert coloured(png, 0)
    assert coloured(png, 1)


@pytest.mark.parametrize(
    "title",
    ["$\\frac{1}{2", "Wie war's? & <b>", "Una domanda molto lunga " * 8, ""],
    ids=["formula", "markup", "long", "empty"],
)
def test_any_words_can_be_drawn(title: str) -> None:
    assert size(draw_chart(chart(line(1, 2), title=title)))[0] == 1080


def test_nothing_answered_yet_is_an_empty_chart() -> None:
    assert coloured(draw_chart(chart(line(None, None))), 0) == []
    assert coloured(draw_chart(chart(())), 0) == []


def test_charts_drawn_at_once_come_out_as_drawn_alone() -> None:
    charts = [chart(line(n % 5, 2, 3)) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, charts))
    assert together == [draw(one) for one in charts]


def test_a_link_becomes_a_code() -> None:
    assert draw(QrCode("https://t.me/voci_bot?start=abc")).startswith(b"\x89PNG")

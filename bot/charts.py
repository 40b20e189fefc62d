"""Line charts for a phone: large type, words on the axis, colour, marker and name for each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from bot.palette import GRID, GROUND, INK, LINES, QUIET_INK
from handlers.core.pictures import Chart, Line, Panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STYLES = tuple(zip(LINES, "os^", strict=True))
WIDTH, DPI = 7.2, 150  # inches and dots an inch: 1080 pixels, the width of a phone
PANEL_HEIGHT, MARGIN = 3.4, 0.9  # inches: one chart's, and what titles and dates take besides
EDGE = 0.15  # inches around each chart
TITLE_LETTERS = 34  # in one line of a title
DATE_LETTERS = {True: 27, False: 44}  # under an axis side by side, with and without names beside it
APART = 0.14  # of a step of the scale: lines with equal values stay visible beside each other
NAME_SPACING = 0.45  # of a step of the scale: two names one above the other


def draw_chart(picture: Chart | Panels) -> bytes:
    """The picture as PNG, 1080 pixels wide."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    charts = picture.charts if isinstance(picture, Panels) else (picture,)
    height = PANEL_HEIGHT * len(charts) + MARGIN
    room = ConstrainedLayoutEngine(w_pad=EDGE, h_pad=EDGE)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=GROUND, layout=room)
    FigureCanvasAgg(figure)
    panels = figure.subplots(len(charts), 1, sharex=True, squeeze=False)[:, 0]
    for axes, chart, number in zip(panels, charts, range(len(charts)), strict=True):
        _draw_lines(axes, chart, number)
        _words(axes, chart)
    _dates(panels[-1], charts[-1])
    image = io.BytesIO()
    figure.savefig(image, format="png")
    return image.getvalue()


def _draw_lines(axes: Axes, chart: Chart, number: int) -> None:
    """Each line in its own style; a chart beside others keeps a style of its own."""
    count = len(chart.lines)
    for index, (_, points) in enumerate(chart.lines):
        colour, marker = STYLES[(number + index) % len(STYLES)]
        shift = (index - (count - 1) / 2) * APART
        heights = [float("nan") if p.value is None else p.value + shift for p in points]
        axes.plot(
            range(len(points)), heights, color=colour, marker=marker, markersize=11, linewidth=3
        )
    if count > 1:
        _names(axes, chart)


def _names(axes: Axes, chart: Chart) -> None:
    """Each line's name at its end and in its colour, moved apart where lines end together."""
    ends = sorted((_last(points), index) for index, (_, points) in enumerate(chart.lines))
    lowest = -0.2
    for end, index in ends:
        height = max(end, lowest)
        lowest = height + NAME_SPACING
        axes.annotate(
            chart.lines[index][0],
            (1.02, height),
            xycoords=axes.get_yaxis_transform(),
            color=STYLES[index % len(STYLES)][0],
            fontsize=16,
            fontweight="bold",
            verticalalignment="center",
            annotation_clip=False,
            parse_math=False,
        )


def _last(points: Sequence[Line]) -> float:
    values = [point.value for point in points if point.value is not None]
    return values[-1] if values else 0.0


def _words(axes: Axes, chart: Chart) -> None:
    title = fill(chart.title, TITLE_LETTERS)
    axes.set_title(
        title, fontsize=19, fontweight="bold", color=INK, loc="left", pad=14, parse_math=False
    )
    axes.set_ylim(-0.35, 4.35)
    axes.set_yticks(range(5), chart.scale, fontsize=16, color=QUIET_INK, parse_math=False)
    axes.grid(axis="y", color=GRID, linewidth=1.2)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)


def _dates(axes: Axes, chart: Chart) -> None:
    """The newest date always stands there; older ones at equal steps back."""
    labels = [point.label for point in chart.lines[0][1]]
    widest = max((len(label) for label in labels), default=0) + 1
    fitting = max(1, DATE_LETTERS[len(chart.lines) > 1] // widest)
    step = max(1, -(-len(labels) // fitting))
    places = list(range(len(labels) - 1, -1, -step))
    axes.set_xticks(places, [labels[place] for place in places], fontsize=16, parse_math=False)
    axes.set_xlim(-0.5, max(len(labels), 1) - 0.5)

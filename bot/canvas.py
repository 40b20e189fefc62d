"""A sheet as wide as a phone, on which words and boxes are put at their place in pixels."""

from __future__ import annotations

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from bot.letters import drawable
from bot.palette import GROUND, INK

WIDTH, DPI = 1080, 150  # pixels; dots an inch
MARGIN = 48
LINE = 1.3  # a line's height, in heights of its letters
TITLE, LEGEND = 19, 14  # points


class Canvas:
    """Takes words and boxes; becomes a PNG once its height is known."""

    def __init__(self) -> None:
        self._figure = Figure(figsize=(WIDTH / DPI, 1), dpi=DPI, facecolor=GROUND)
        self._renderer = FigureCanvasAgg(self._figure).get_renderer()  # type: ignore[no-untyped-call]
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def png(self, height: float) -> bytes:
        """The sheet, cut at this height."""
        self._figure.set_size_inches(WIDTH / DPI, round(height) / DPI)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(round(height), 0)
        image = io.BytesIO()
        self._figure.savefig(image, format="png")
        return image.getvalue()

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
    ) -> None:
        """One line of words, its middle at height `y`."""
        self._axes.text(
            x,
            y,
            drawable(text),
            fontsize=size,
            fontweight=_weight(bold),
            color=colour,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )

    def paragraph(
        self, x: float, y: float, lines: list[str], size: float, *, bold: bool = False
    ) -> float:
        """Lines from the top `y` on; returns where they end."""
        for number, text in enumerate(lines):
            self.words(x, y + height_of(size) * (number + 0.5), text, size, bold=bold)
        return y + height_of(size) * len(lines)

    def title(self, text: str) -> float:
        """The heading; returns where it ends."""
        lines = self.wrapped(text, WIDTH - 2 * MARGIN, TITLE, 3, bold=True)
        return self.paragraph(MARGIN, MARGIN * 0.75, lines, TITLE, bold=True) + MARGIN * 0.4

    def legend(self, y: float, text: str) -> float:
        """The small words at the bottom; returns where the sheet ends."""
        lines = self.wrapped(text, WIDTH - 2 * MARGIN, LEGEND, 3)
        return self.paragraph(MARGIN, y + MARGIN / 6, lines, LEGEND) + MARGIN / 2

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        fill: str = "none",
        edge: str = "none",
    ) -> None:
        """A rectangle."""
        self._axes.add_patch(
            Rectangle((left, top), width, height, facecolor=fill, edgecolor=edge, linewidth=1.2)
        )

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide words are, in pixels."""
        font = FontProperties(size=size, weight=_weight(bold))
        width, _, _ = self._renderer.get_text_width_height_descent(drawable(text), font, False)
        return float(width)

    def wrapped(
        self, text: str, width: float, size: float, most: int, *, bold: bool = False
    ) -> list[str]:
        """The words in at most `most` lines of this width; what does not fit becomes "…"."""

        def fits(line: str) -> bool:
            return self.width_of(line, size, bold=bold) <= width

        lines, left = [""], drawable(text).split()
        while left:
            word = left.pop(0)
            begun = f"{lines[-1]} ".lstrip()
            longer = begun + word
            if fits(longer):
                lines[-1] = longer
                continue
            if len(lines) == most:
                while len(longer) > 1 and not fits(f"{longer}…"):
                    longer = longer[:-1].rstrip()
                lines[-1] = f"{longer}…"
                break
            kept = 0
            if not fits(word):  # it has to be broken somewhere: at the end of this line
                kept = next((n for n in range(len(word) - 1, 0, -1) if fits(begun + word[:n])), 0)
                lines[-1] = begun + word[:kept]
            lines.append("")
            left.insert(0, word[kept:])
        return lines


def height_of(size: float) -> float:
    """The height of a line of so many points, in pixels."""
    return size * LINE * DPI / 72


def _weight(bold: bool) -> str:
    return "bold" if bold else "normal"

"""Bars for a phone: each label above its bar, its value beside it, what was chosen marked."""

from __future__ import annotations

from bot.canvas import MARGIN, WIDTH, Canvas
from bot.letters import LEFT_TO_RIGHT
from bot.palette import CHOSEN, INK, OTHER, QUIET_INK
from handlers.core.pictures import Bar, Bars

LABEL, VALUE = 17, 17  # points
THICK, APART = 34, 26  # pixels
LEAST = 3  # pixels of a bar of nothing
STROKE = 4  # pixels
MARK = LEFT_TO_RIGHT + "✓ "


def draw_bars(picture: Bars) -> bytes:
    """The picture as PNG, 1080 pixels wide."""
    canvas = Canvas()
    y = canvas.title(picture.title)
    values = [canvas.width_of(bar.text, VALUE, bold=True) for bar in picture.bars]
    room = WIDTH - 2 * MARGIN - max(values, default=0) - 20
    lengths = [length for bar in picture.bars for length in (bar.value, bar.enough or 0)]
    most = max([picture.full, *lengths]) or 1
    for bar in picture.bars:
        y = _label(canvas, y, bar)
        _bar(canvas, y, bar, room / most)
        y += THICK + APART
    return canvas.png(canvas.legend(y, picture.legend) if picture.legend else y + MARGIN * 0.3)


def _label(canvas: Canvas, y: float, bar: Bar) -> float:
    mark = MARK if bar.chosen else ""
    lines = canvas.wrapped(mark + bar.label, WIDTH - 2 * MARGIN, LABEL, 2, bold=bar.chosen)
    return canvas.paragraph(MARGIN, y, lines, LABEL, bold=bar.chosen) + 4


def _bar(canvas: Canvas, y: float, bar: Bar, scale: float) -> None:
    length = max(bar.value * scale, LEAST)
    fill = CHOSEN if bar.chosen else OTHER
    canvas.box(MARGIN, y, length, THICK, fill, CHOSEN if bar.value else QUIET_INK)
    words = length + 16
    if bar.enough is not None:
        stroke = bar.enough * scale
        canvas.box(MARGIN + stroke - STROKE / 2, y - 8, STROKE, THICK + 16, INK)
        if length < stroke < words + canvas.width_of(bar.text, VALUE) + 16:
            words = stroke + 16  # beside the stroke, not across it
    canvas.words(MARGIN + words, y + THICK / 2, bar.text, VALUE, bold=bar.chosen)

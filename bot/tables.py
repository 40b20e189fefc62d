"""Tables for a phone: rounds of a count, and each option against each other.

What is too wide for a phone goes on beneath, in as many blocks as it takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.canvas import MARGIN, WIDTH, Canvas, height_of
from bot.letters import LEFT_TO_RIGHT
from bot.palette import CHOSEN, GRID, INK, ON_CHOSEN, OTHER, QUIET_INK
from handlers.core.pictures import PairwiseTable, Rounds, Standing

LETTERS = 14  # points
NAMES_WIDTH = 330  # pixels, at most
HEAD, ROW, BAR = 56, 80, 12  # pixels
PAD = 12  # pixels beside the words of a cell
NARROWEST, WIDEST = 52, 240  # pixels of a column
ROOMY, DENSE = 13, 0.8  # so many rows at full size; more are drawn smaller


def draw_rounds(picture: Rounds) -> bytes:
    """The picture as PNG: one row an option, one column a round, with what came of it."""
    canvas = Canvas()
    y = canvas.title(picture.title)
    found = [one for _, standings in picture.rows for one in standings if one]
    most = max([*(one.value for one in found), *(one.quota or 0 for one in found), 1])
    sheet = _Sheet(canvas, [name for name, _ in picture.rows], [one.told for one in found])
    for columns in sheet.blocks(len(picture.rows[0][1])):
        rows = [n for n, (_, s) in enumerate(picture.rows) if any(s[c] for c in columns)]
        y = sheet.heads(y, [str(column + 1) for column in columns])
        for number in rows:
            sheet.name(y, number)
            for place, column in enumerate(columns):
                one = picture.rows[number][1][column]
                if one:
                    _standing(sheet, place, y, one, most)
            y += sheet.row
        y += MARGIN / 2
    return canvas.png(canvas.legend(y, picture.legend))


def draw_pairwise(picture: PairwiseTable) -> bytes:
    """The picture as PNG: the row's option against the column's; who is ahead has a full box."""
    canvas = Canvas()
    y = canvas.title(picture.title)
    names = [f"{LEFT_TO_RIGHT}{number} {name}" for number, name in enumerate(picture.options, 1)]
    cells = [str(votes) for row in picture.before for votes in row if votes is not None]
    sheet = _Sheet(canvas, names, cells)
    for columns in sheet.blocks(len(names)):
        y = sheet.heads(y, [str(column + 1) for column in columns])
        for row in range(len(names)):
            sheet.name(y, row)
            for place, column in enumerate(columns):
                _pair(sheet, place, y, picture.before[row][column], picture.before[column][row])
            y += sheet.row
        y += MARGIN / 2
    return canvas.png(canvas.legend(y, picture.legend))


class _Sheet:
    """Where the rows and columns of a table are."""

    def __init__(self, canvas: Canvas, names: Sequence[str], cells: Sequence[str]) -> None:
        self.canvas = canvas
        scale = 1.0 if len(names) <= ROOMY else DENSE
        self.letters, self.row, self.width = LETTERS * scale, ROW * scale, float(WIDEST)
        widest = max((canvas.width_of(name, self.letters) for name in names), default=0)
        room = min(NAMES_WIDTH, widest + PAD)
        self._names = [canvas.wrapped(name, room - PAD, self.letters, 2) for name in names]
        words = max((canvas.width_of(cell, self.letters, bold=True) for cell in cells), default=0)
        self.left = float(MARGIN + room)
        self._most = max(1, int((WIDTH - MARGIN - self.left) // max(words + PAD, NARROWEST)))

    def blocks(self, columns: int) -> list[range]:
        """The columns that stand beside each other, block by block, as equal as can be."""
        count = -(-columns // self._most)
        each = -(-columns // max(count, 1))
        self.width = min((WIDTH - MARGIN - self.left) / max(each, 1), WIDEST)
        return [range(at, min(at + each, columns)) for at in range(0, columns, max(each, 1))]

    def heads(self, y: float, heads: Sequence[str]) -> float:
        """The columns' heads; returns where the rows begin."""
        for place, head in enumerate(heads):
            middle = y + HEAD / 2
            self.canvas.words(
                self.left + self.width * (place + 0.5),
                middle,
                head,
                self.letters,
                bold=True,
                colour=QUIET_INK,
                align="center",
            )
        self.canvas.box(MARGIN, y + HEAD - 2, WIDTH - 2 * MARGIN, 1, GRID)
        return y + HEAD

    def name(self, y: float, number: int) -> None:
        """The name at the beginning of a row, and the line under it."""
        lines = self._names[number]
        top = y + (self.row - height_of(self.letters) * len(lines)) / 2
        self.canvas.paragraph(MARGIN, top, lines, self.letters)
        self.canvas.box(MARGIN, y + self.row - 2, WIDTH - 2 * MARGIN, 1, GRID)

    def cell(self, place: int) -> float:
        """Where a column begins."""
        return self.left + self.width * place


def _standing(sheet: _Sheet, place: int, y: float, one: Standing, most: float) -> None:
    left, room = sheet.cell(place) + 6, sheet.width - 12
    if one.elected:
        sheet.canvas.box(left - 4, y + 3, room + 8, sheet.row - 8, "none", CHOSEN)
    middle = y + (sheet.row - BAR) / 2 - 4
    colour = QUIET_INK if one.excluded else INK
    sheet.canvas.words(
        left + room / 2,
        middle,
        one.told,
        sheet.letters,
        bold=one.elected,
        colour=colour,
        align="center",
    )
    bar = y + sheet.row - BAR - 16
    sheet.canvas.box(left + 4, bar, (room - 8) * one.value / most, BAR, _shade(one))
    if one.quota:
        sheet.canvas.box(left + 4 + (room - 8) * one.quota / most - 1.5, bar - 5, 3, BAR + 10, INK)


def _shade(one: Standing) -> str:
    if one.elected:
        return CHOSEN
    return GRID if one.excluded else OTHER


def _pair(sheet: _Sheet, place: int, y: float, votes: int | None, against: int | None) -> None:
    left = sheet.cell(place) + 3
    box = (left, y + 4, sheet.width - 6, sheet.row - 10)
    if votes is None or against is None:
        sheet.canvas.box(*box, GRID)
        return
    ahead = votes > against
    if ahead:
        sheet.canvas.box(*box, CHOSEN)
    elif votes == against:
        sheet.canvas.box(*box, "none", QUIET_INK)
    sheet.canvas.words(
        left + (sheet.width - 6) / 2,
        y + sheet.row / 2 - 1,
        str(votes),
        sheet.letters,
        bold=ahead,
        colour=ON_CHOSEN if ahead else QUIET_INK,
        align="center",
    )

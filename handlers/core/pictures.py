"""Pictures of screens as plain data: what is to be seen, not how it is drawn."""

from __future__ import annotations

from typing import Any

from assembly.immutable import immutable

ELECTED, EXCLUDED = "✓", "✗"


@immutable
class Line:
    """One published value of a chart: the label under it, and 0-4 or None for a gap."""

    label: str
    value: float | None


@immutable
class Chart:
    """A line chart on the scale 0-4: one or more named lines over the same labels."""

    title: str
    lines: tuple[tuple[str, tuple[Line, ...]], ...]
    scale: tuple[str, ...]  # the five words of the scale, 0 to 4


@immutable
class Panels:
    """Charts one under the other over the same labels, each with words of its own."""

    charts: tuple[Chart, ...]


@immutable
class QrCode:
    """A link to be scanned."""

    link: str


@immutable
class Bar:
    """One bar: its label, its length (0 or more), its value in words; whether it was chosen.

    `enough` is the length that was needed, where there is one.
    """

    label: str
    value: float
    text: str
    chosen: bool = False
    enough: float | None = None


@immutable
class Bars:
    """Bars one under the other, all on the same scale: one of `full` length or more is full."""

    title: str
    bars: tuple[Bar, ...]
    full: float = 0
    legend: str = ""


@immutable
class Standing:
    """One option in one round: its votes, as a number and in words, and what came of it.

    `elected` now or in an earlier round; `quota` where the method has one.
    """

    value: float
    text: str
    elected: bool = False
    excluded: bool = False
    quota: float | None = None

    @property
    def told(self) -> str:
        """Its votes, with the sign of what came of it."""
        if self.elected:
            return f"{ELECTED} {self.text}"
        return f"{EXCLUDED} {self.text}" if self.excluded else self.text


@immutable
class Rounds:
    """A count in rounds: each option (or what no longer counts) with its standing round by round.

    None where it is no longer in the count. All rows have all rounds.
    """

    title: str
    rows: tuple[tuple[str, tuple[Standing | None, ...]], ...]
    legend: str


@immutable
class PairwiseTable:
    """Each option against each other: how many put the one of the row before that of the column.

    `before[row][column]`; None where an option meets itself.
    """

    title: str
    options: tuple[str, ...]
    before: tuple[tuple[int | None, ...], ...]
    legend: str


Counted = Bars | Rounds | PairwiseTable  # what an outcome looks like
Picture = Chart | Panels | QrCode | Counted


def picture_of(data: dict[str, Any]) -> Picture:
    """The picture from its fields and its `kind`, as they come back from JSON."""
    match data["kind"]:
        case "QrCode":
            return QrCode(data["link"])
        case "Panels":
            return Panels(tuple(_chart(chart) for chart in data["charts"]))
        case "Bars":
            bars = tuple(Bar(**bar) for bar in data["bars"])
            return Bars(data["title"], bars, data["full"], data["legend"])
        case "Rounds":
            return _rounds(data)
        case "PairwiseTable":
            before = tuple(tuple(row) for row in data["before"])
            return PairwiseTable(data["title"], tuple(data["options"]), before, data["legend"])
        case _:
            return _chart(data)


def _chart(data: dict[str, Any]) -> Chart:
    series = tuple(
        (name, tuple(Line(point["label"], point["value"]) for point in points))
        for name, points in data["lines"]
    )
    return Chart(data["title"], series, tuple(data["scale"]))


def _rounds(data: dict[str, Any]) -> Rounds:
    rows = tuple(
        (name, tuple(None if one is None else Standing(**one) for one in standings))
        for name, standings in data["rows"]
    )
    return Rounds(data["title"], rows, data["legend"])

"""A count as text for a terminal: the tables of rounds or majorities, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from assembly.count import Count
from bot.tally_tables import Table, mark, of_majorities, of_rounds, of_shares, story
from bot.tally_words import heading, names, of_ties

WIDTH = 100
LONGEST_NAME = 32


def as_text(title: str, count: Count, cast: int, reason: str) -> str:
    """The count of so many ballots under its title."""
    parts = [f"{title}\n{heading(count, cast)}"]
    if count.rounds:
        parts.append(_table(of_rounds(count)))
    if count.pairwise is not None and len(count.pairwise) > 1:
        majorities = of_majorities(count, count.pairwise)
        parts.append(f"{majorities.caption}:\n{_table(majorities)}")
    shares = of_shares(count)
    if shares.rows:
        parts.append(f"{shares.caption}:\n{_table(shares)}")
    if told := story(count):
        parts.append("\n".join(_wrapped(line) for each in told for line in each.split("\n")))
    parts.append(_order(count))
    if count.ties:
        parts.append("\n".join(of_ties(count)))
    return "\n\n".join([*parts, reason])


def _wrapped(line: str) -> str:
    """In as many lines as the width asks for, and no name cut apart at a hyphen."""
    inside = "  " if line.startswith(" ") else "    "
    return fill(
        line, WIDTH, subsequent_indent=inside, break_long_words=False, break_on_hyphens=False
    )


def _order(count: Count) -> str:
    lines, at = ["Order:"], 1
    for place in count.order:
        result = mark(count, place)
        lines.append(f"{at:>3}. {names(count, place)}{f' ({result})' if result else ''}")
        at += len(place)
    return "\n".join(lines)


def _table(table: Table) -> str:
    """Aligned columns, in as many blocks as the width asks for."""
    heads: Sequence[str] = table.heads
    stub = max(len(_short(name)) for name, _ in table.rows)
    cells = [cell for _, cells in table.rows for cell in cells]
    width = max(len(text) for text in [*heads, *cells]) + 2
    at_once = max(1, (WIDTH - stub) // width)
    blocks = []
    for start in range(0, len(heads), at_once):
        part = slice(start, start + at_once)
        lines = [" " * stub + "".join(head.rjust(width) for head in heads[part])]
        lines += [
            _short(name).ljust(stub) + "".join(cell.rjust(width) for cell in cells[part])
            for name, cells in table.rows
        ]
        blocks.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(blocks)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"

"""A count as text for a terminal: the table of rounds or majorities, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assembly.count import Count, Pairwise, Round
from bot.tally_words import TITLES, UNITS, decided_by, names, number

WIDTH = 100
LONGEST_NAME = 32


def as_text(title: str, count: Count, cast: int, reason: str) -> str:
    """The count of so many ballots under its title."""
    seats = "1 seat" if count.seats == 1 else f"{count.seats} seats"
    ballots = "1 ballot" if cast == 1 else f"{cast} ballots"
    parts = [f"{title}\n{TITLES[count.method]}, {seats}, {ballots}"]
    if count.rounds:
        parts.append(_rounds(count))
    if count.pairwise is not None and len(count.pairwise) > 1:
        parts.append(_majorities(count, count.pairwise))
    if len(count.rounds) > 1:
        parts.append("\n".join(_story(count)))
    parts.append(_order(count))
    if count.ties:
        parts.append(
            "\n".join(
                f"Tie{f' in round {tie.at}' if tie.at else ''} between "
                f"{names(count, tie.between)}: decided by {decided_by(tie)}."
                for tie in count.ties
            )
        )
    return "\n\n".join([*parts, reason])


def _rounds(count: Count) -> str:
    """One row an option, in their final order, one column a round."""
    rounds = count.rounds
    single = count.method in UNITS
    columns = [UNITS[count.method]] if single else [f"round {n + 1}" for n in range(len(rounds))]
    places = _decimals([value for round_ in rounds for value in round_.votes.values()])
    rows = [
        (
            count.options[option],
            [_cell(round_.votes.get(option), places) for round_ in rounds],
        )
        for place in count.order
        for option in place
    ]
    exhausted = [round_.exhausted for round_ in rounds]
    if any(exhausted):
        word = "(blank)" if single else "(no longer counts)"
        rows.append((word, [_cell(value, places) for value in exhausted]))
    if len({round_.quota for round_ in rounds}) > 1:
        quotas = [round_.quota for round_ in rounds]
        rows.append(("(quota)", [_cell(value, places) for value in quotas]))
    return _table(columns, rows)


def _majorities(count: Count, matrix: Pairwise) -> str:
    """One row an option: how many ballots put it before the option of the column."""
    options = [option for place in count.order for option in place]
    rows = [
        (
            f"{number_ + 1} {count.options[one]}",
            ["–" if one == other else str(matrix[one][other]) for other in options],
        )
        for number_, one in enumerate(options)
    ]
    heads = [str(number_ + 1) for number_ in range(len(options))]
    return "Ballots that put the option of the row first:\n" + _table(heads, rows)


def _story(count: Count) -> list[str]:
    """What followed from each round, a line a round."""
    lines = []
    for at, round_ in enumerate(count.rounds, 1):
        events = _events(count, round_)
        lines.append(f"Round {at}: {' '.join(events) if events else 'the count stops at a tie.'}")
    return lines


def _events(count: Count, round_: Round) -> list[str]:
    events = []
    for options, what in ((round_.elected, "elected"), (round_.excluded, "excluded")):
        if options:
            events.append(f"{names(count, options)} {_are(options)} {what}.")
    if round_.surplus_of is not None:
        events.append(f"The surplus of {count.options[round_.surplus_of]} moves on.")
    return events


def _order(count: Count) -> str:
    lines, at = ["Order:"], 1
    for place in count.order:
        lines.append(f"{at:>3}. {names(count, place)}{_mark(count, place)}")
        at += len(place)
    return "\n".join(lines)


def _mark(count: Count, place: Sequence[int]) -> str:
    """Who of a place is elected or, where nothing decides a tie, could be."""
    here = [option for option in place if option in count.winners]
    if not here:
        return ""
    if count.reason.kind != "tied":
        return " (elected)"
    return " (could win)" if len(here) == len(place) else f" ({names(count, here)} could win)"


def _table(heads: Sequence[str], rows: Sequence[tuple[str, list[str]]]) -> str:
    """Aligned columns, in as many blocks as the width asks for."""
    stub = max(len(_short(name)) for name, _ in rows)
    width = max(len(text) for text in [*heads, *(cell for _, cells in rows for cell in cells)]) + 2
    at_once = max(1, (WIDTH - stub) // width)
    blocks = []
    for start in range(0, len(heads), at_once):
        part = slice(start, start + at_once)
        lines = [" " * stub + "".join(head.rjust(width) for head in heads[part])]
        lines += [
            _short(name).ljust(stub) + "".join(cell.rjust(width) for cell in cells[part])
            for name, cells in rows
        ]
        blocks.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(blocks)


def _cell(value: Decimal | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _decimals(values: Sequence[Decimal]) -> int:
    """How many decimals the exact numbers need, so that the points stand in one line."""
    return max((len(number(value).partition(".")[2]) for value in values), default=0)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _are(options: Sequence[int]) -> str:
    return "is" if len(options) == 1 else "are"

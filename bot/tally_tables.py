"""The tables of a count, for a terminal, a page and a spreadsheet alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assembly.count import Count, Pairwise, Round
from assembly.immutable import immutable
from assembly.transfers import transfers
from bot.tally_words import UNITS, names, number, sure


@immutable
class Table:
    """A table: what it shows, what its first column holds, the other headings, and its rows."""

    caption: str
    stub: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


def of_rounds(count: Count) -> Table:
    """One row an option, in their final order, one column a round."""
    rounds = count.rounds
    single = count.method in UNITS
    heads = [UNITS[count.method]] if single else [f"round {n + 1}" for n in range(len(rounds))]
    places = _decimals([value for round_ in rounds for value in round_.votes.values()])
    rows = [
        (
            count.options[option],
            [_cell(round_.votes.get(option), places) for round_ in rounds],
        )
        for option in _in_order(count)
    ]
    exhausted = [round_.exhausted for round_ in rounds]
    if any(exhausted):
        word = "(blank)" if single else "(no longer counts)"
        rows.append((word, [_cell(value, places) for value in exhausted]))
    if len({round_.quota for round_ in rounds}) > 1:
        quotas = [round_.quota for round_ in rounds]
        rows.append(("(quota)", [_cell(value, places) for value in quotas]))
    return Table("Votes in each round", "option", heads, rows)


def of_majorities(count: Count, matrix: Pairwise) -> Table:
    """One row an option: how many ballots put it before the option of the column."""
    options = list(_in_order(count))
    rows = [
        (
            f"{number_ + 1} {count.options[one]}",
            ["–" if one == other else str(matrix[one][other]) for other in options],
        )
        for number_, one in enumerate(options)
    ]
    heads = [str(number_ + 1) for number_ in range(len(options))]
    return Table("Ballots that put the option of the row first", "option", heads, rows)


def of_transfers(count: Count) -> Table:
    """One row for each option that gave votes or got them after a round."""
    rows = []
    for moved in transfers(count.rounds):
        after = f"round {moved.at}"
        rows += [(after, [count.options[o], number(n), ""]) for o, n in moved.given.items()]
        rows += [(after, [count.options[o], "", number(n)]) for o, n in moved.got.items()]
        if moved.exhausted > 0:
            rows.append((after, ["(no longer counts)", "", number(moved.exhausted)]))
        elif moved.exhausted:
            rows.append((after, ["(no longer counts)", number(-moved.exhausted), ""]))
    return Table("What moved after each round", "after", ["option", "gave", "got"], rows)


def of_shares(count: Count) -> Table:
    """One row an elected option: what it keeps of a ballot that comes to it, round by round."""
    places = _decimals([value for round_ in count.rounds for value in round_.kept.values()])
    rows = [
        (count.options[option], [_cell(round_.kept.get(option), places) for round_ in count.rounds])
        for option in _in_order(count)
        if any(option in round_.kept for round_ in count.rounds)
    ]
    heads = [f"round {n + 1}" for n in range(len(count.rounds))]
    return Table("What the elected keep of each ballot", "option", heads, rows)


def of_places(count: Count) -> Table:
    """One row a place of the order."""
    rows, at = [], 1
    for place in count.order:
        rows.append((str(at), [names(count, place), mark(count, place)]))
        at += len(place)
    return Table("Order", "place", ["option", "result"], rows)


def tables(count: Count) -> list[Table]:
    """All that a count has."""
    found = [of_places(count)]
    if count.rounds:
        found.append(of_rounds(count))
    if count.pairwise is not None and len(count.pairwise) > 1:
        found.append(of_majorities(count, count.pairwise))
    found += [of_transfers(count), of_shares(count)]
    return [table for table in found if table.rows]


def mark(count: Count, place: Sequence[int]) -> str:
    """Who of a place is elected or, where nothing decides a tie, could be; "" for nobody."""
    elected = sure(count, place)
    told = ((elected, "elected"), ([one for one in place if one in count.undecided], "could win"))
    return ", ".join(
        words if len(here) == len(place) else f"{names(count, here)} {words}"
        for here, words in told
        if here
    )


def story(count: Count) -> list[str]:
    """What followed from each round and, in a line below, what moved; nothing of a single one."""
    if len(count.rounds) < 2:
        return []
    moved, lines = _moves(count), []
    for at, round_ in enumerate(count.rounds, 1):
        events = " ".join(_events(count, round_)) or "the count stops at a tie."
        then = f"\n  {moved[at]}" if at in moved else ""
        lines.append(f"Round {at}: {events}{then}")
    return lines


def _moves(count: Count) -> Mapping[int, str]:
    """What moved, as `A −2, B +2`, by the number of the round after which it did."""
    found = {}
    for moved in transfers(count.rounds):
        parts = [f"{count.options[o]} −{number(n)}" for o, n in moved.given.items()]
        parts += [f"{count.options[o]} +{number(n)}" for o, n in moved.got.items()]
        if moved.exhausted:
            parts.append(f"no longer counts {_signed(moved.exhausted)}")
        if parts:
            found[moved.at] = ", ".join(parts)
    return found


def _events(count: Count, round_: Round) -> list[str]:
    events = []
    for options, what in ((round_.elected, "elected"), (round_.excluded, "excluded")):
        if options:
            events.append(f"{names(count, options)} {_are(options)} {what}.")
    if round_.surplus_of is not None:
        events.append(f"The surplus of {count.options[round_.surplus_of]} moves on.")
    return events


def _in_order(count: Count) -> Iterator[int]:
    return (option for place in count.order for option in place)


def _signed(value: Decimal) -> str:
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}"


def _cell(value: Decimal | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _decimals(values: Sequence[Decimal]) -> int:
    """How many decimals the exact numbers need, so that the points stand in one line."""
    return max((len(number(value).partition(".")[2]) for value in values), default=0)


def _are(options: Sequence[int]) -> str:
    return "is" if len(options) == 1 else "are"

"""The sentences of `voci tally`: names, numbers, ties and reasons for a person in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assembly.count import Count, Counting, Tie

TITLES: dict[str, str] = {
    Counting.PLURALITY: "Plurality",
    Counting.IRV: "Instant runoff",
    Counting.SCHULZE: "Schulze",
    Counting.RANKED_PAIRS: "Ranked pairs",
    Counting.BORDA: "Borda",
    Counting.STV_SCOTTISH: "Scottish STV",
    Counting.STV_MEEK: "Meek STV",
    Counting.APPROVAL: "Approval",
}

UNITS: dict[str, str] = {
    Counting.PLURALITY: "first preferences",
    Counting.BORDA: "points",
    Counting.APPROVAL: "approvals",
}
"""What an option has most of, by methods of one round without majorities."""

_JOINERS = "\u200c\u200d"  # what holds some scripts and emoji together


def clean(text: str) -> str:
    """Text from a file without what could steer a terminal or turn the reading direction."""
    return "".join(c if c.isprintable() or c in _JOINERS else "\ufffd" for c in text)


def number(value: Decimal) -> str:
    """An exact number without needless zeros, never in powers of ten."""
    return format(value.normalize(), "f")


def listing(names: Iterable[str]) -> str:
    """Names as a sentence has them: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def names(count: Count, options: Iterable[int]) -> str:
    """Options of a count, as a sentence has them."""
    return listing(count.options[option] for option in options)


def decided_by(tie: Tie) -> str:
    """What decided a tie, in a few words."""
    if tie.decided_by == "earlier_round":
        return f"the votes in round {tie.earlier}"
    if tie.decided_by == "drawn":
        return "the order drawn"
    if tie.decided_by == "either_way":
        return "nothing, the same win either way"
    if tie.decided_by == "too_many":
        return "nothing, and there are too many ties to follow"
    return "nothing"


def of_ties(count: Count) -> list[str]:
    """What stood in the way, and what decided it, a line a tie."""
    return [
        f"Tie{f' in round {tie.at}' if tie.at else ''} between "
        f"{names(count, tie.between)}: decided by {decided_by(tie)}."
        for tie in count.ties
    ]


def heading(count: Count, cast: int) -> str:
    """The method, how many it elects, and of how many ballots."""
    seats = "1 seat" if count.seats == 1 else f"{count.seats} seats"
    ballots = "1 ballot" if cast == 1 else f"{cast} ballots"
    return f"{TITLES[count.method]}, {seats}, {ballots}"


def reason(count: Count) -> str:
    """Why these win, in a sentence."""
    winners = names(count, count.winners) if count.winners else ""
    verb = "is" if len(count.winners) == 1 else "are"
    match count.reason.kind:
        case "no_ballots":
            return "No ballot names an option that stands, so nobody wins."
        case "tied":
            return _tied(count)
        case "too_many_ties" if winners:
            return f"{winners} {verb} elected; then there are too many ties to follow."
        case "too_many_ties":
            return "There are too many ties to follow, so who wins is not known."
        case "majority" if count.reason.votes and count.reason.of:
            votes, of = number(count.reason.votes), number(count.reason.of)
            return (
                f"{winners} has {votes} of the {of} votes that still count "
                f"in round {len(count.rounds)}, more than half."
            )
        case "beats_all" if count.seats == 1:
            return f"More ballots put {winners} before each other option than after it."
        case "strongest_paths" if count.seats == 1:
            return (
                f"No option is ahead of every other; {winners} has the strongest "
                "chains of majorities to all others."
            )
        case "locked" if count.seats == 1:
            return (
                f"No option is ahead of every other; {winners} comes first when the "
                "strongest majorities are locked first."
            )
        case "quota" if count.quota is not None:
            return f"{winners} {verb} elected; the quota is {number(count.quota)} votes."
        case "all_elected":
            return f"There are no more options than seats: {winners} {verb} elected."
        case _:
            return _first_of_order(count, winners, verb)


def sure(count: Count, options: Iterable[int]) -> list[int]:
    """Those of some options who are elected, whatever a tie that is open comes to."""
    return [one for one in options if one in count.winners and one not in count.undecided]


def _tied(count: Count) -> str:
    tied, elected = count.ties[-1].between, sure(count, count.winners)
    if not elected and set(tied) == set(count.winners):
        return f"{names(count, tied)} tie, and nothing decides between them."
    left = count.seats - len(elected)
    seats = "one" if left == 1 else str(left)
    first = ""
    if elected:
        verb = "is" if len(elected) == 1 else "are"
        first, seats = f"{names(count, elected)} {verb} elected in any case. ", f"{seats} of them"
    return (
        f"{first}{names(count, count.undecided)} could win, but only {seats} can: "
        f"nothing decides the tie between {names(count, tied)}."
    )


def _first_of_order(count: Count, winners: str, verb: str) -> str:
    unit = UNITS.get(count.method)
    if unit is None:
        return f"{winners} {verb} first in the order by majorities."
    if count.seats == 1 and count.reason.votes is not None:
        return f"{winners} has the most {unit}: {number(count.reason.votes)}."
    return f"{winners} have the most {unit}."

"""A count as JSON, for programs; docs/counting.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from assembly.count import Count, Round
from bot.tally_words import decided_by, number


def as_json(count: Count, reason: str) -> str:
    """The count with the options' names. Fields that the method has no use for are left out.

    Votes are decimals as text, exact; the quota is an integer where it is whole.
    """
    body: dict[str, object] = {"method": str(count.method), "seats": count.seats}
    if count.quota is not None:
        whole = count.quota == count.quota.to_integral_value()
        body["quota"] = int(count.quota) if whole else number(count.quota)
    body["winners"] = _names(count, count.winners)
    body["order"] = [_names(count, place) for place in count.order]
    if count.rounds:
        body["rounds"] = [_round(count, round_) for round_ in count.rounds]
    if count.pairwise is not None:
        body["pairwise"] = {
            count.options[one]: {count.options[other]: row[other] for other in row}
            for one, row in count.pairwise.items()
        }
    body["ties"] = [
        {"between": _names(count, tie.between), "decided_by": decided_by(tie)} for tie in count.ties
    ]
    body["reason"] = reason
    return json.dumps(body, indent=2)


def _names(count: Count, options: Iterable[int]) -> list[str]:
    return [count.options[option] for option in options]


def _round(count: Count, round_: Round) -> dict[str, object]:
    return {
        "votes": {count.options[option]: number(votes) for option, votes in round_.votes.items()},
        "elected": _names(count, round_.elected),
        "excluded": _names(count, round_.excluded),
        "exhausted": number(round_.exhausted),
    }

"""A count as JSON, for programs; docs/counting.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assembly.count import Count, Round
from assembly.transfers import Transfer, transfers
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
        moved = {each.at: each for each in transfers(count.rounds)}
        body["rounds"] = [
            _round(count, round_, moved.get(at)) for at, round_ in enumerate(count.rounds, 1)
        ]
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


def _votes(count: Count, votes: Mapping[int, Decimal]) -> dict[str, str]:
    return {count.options[option]: number(value) for option, value in votes.items()}


def _round(count: Count, round_: Round, moved: Transfer | None) -> dict[str, object]:
    body: dict[str, object] = {
        "votes": _votes(count, round_.votes),
        "elected": _names(count, round_.elected),
        "excluded": _names(count, round_.excluded),
        "exhausted": number(round_.exhausted),
    }
    if round_.kept:
        body["kept"] = _votes(count, round_.kept)
    if moved is not None:
        body["transfers"] = {
            "from": _votes(count, moved.given),
            "to": _votes(count, moved.got),
            "exhausted": number(moved.exhausted),
        }
    return body

"""The list that a closed secret decision publishes: a text in which every byte is chained.

docs/verifying.md describes the format, bot/verify.py checks it without any of this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from assembly.ballot import Ballot
from assembly.collected import needs_roles
from assembly.immutable import immutable
from assembly.outcome import ENOUGH_TO_HIDE_IN, Outcome, Poll
from assembly.roles import Role
from assembly.rule import CARRIES_ROLE, Rule

FIRST_LINE = "voci-decision 1"

PARTS = ("decision", "question", "option", "rule", "lot", "turnout", "hall", "result", "roll")
"""What the head binds, in the order of the file; each part is the lines that begin with its name.
"""


@immutable
class Lot:
    """The order that breaks ties: its seed and the seed's commitment in hexadecimal."""

    commitment: str
    order: tuple[int, ...]
    seed: str


@immutable
class Closed:
    """A closed secret decision.

    `electorate_hash` is electorate.digest's, `roll` one commitment for each member who took part
    by phone, `cast` their ballots with their trackers; both in any order. `poll` is what was
    counted, with these same ballots, `outcome` what it came to.
    """

    decision_id: int
    question: str
    rule: Rule
    lot: Lot
    electorate_hash: str
    poll: Poll
    outcome: Outcome
    roll: Sequence[str]
    cast: Sequence[tuple[str, Ballot]]


@immutable
class Publication:
    """The file's text (to be written as UTF-8), the chain's head and its last link, the seal."""

    text: str
    head: str
    seal: str


def commitment(decision_id: int, member_id: int, salt: bytes) -> str:
    """A member's line on the roll, in hexadecimal: only who knows the salt can tell whose it is.

    Source: a salted hash commitment, SHA-256 over "decision:member:salt".
    """
    return _digest(f"{decision_id}:{member_id}:{salt.hex()}")


def publish(closed: Closed) -> Publication:
    """The file of a closed secret decision.

    Roles stand on ballots and in the turnout only where the rule goes by roles and each role that
    the electorate has gave at least 5 ballots. Raises ValueError where fewer than 5 members took
    part by phone, or the roll has not one line a ballot. Source: docs/anonymity.md,
    "Ballots".
    """
    if len(closed.cast) < ENOUGH_TO_HIDE_IN:
        raise ValueError(f"{len(closed.cast)} ballots are too few to be published")
    if len(closed.roll) != len(closed.cast):
        raise ValueError(f"{len(closed.cast)} ballots, but {len(closed.roll)} on the roll")
    parts = {name: _lines(name, values) for name, values in _parts(closed).items()}
    digests = _lines("digests", [{name: _digest(parts[name]) for name in PARTS}])
    head = _digest(digests)
    text = [FIRST_LINE + "\n", *(parts[name] for name in PARTS), digests, f"head {head}\n"]
    link = head
    roles = closed.rule.parity in CARRIES_ROLE and shows_roles(closed.rule, closed.poll)
    for tracker, ballot in sorted(closed.cast, key=lambda cast: cast[0]):
        line = _json(_ballot(tracker, ballot, with_role=roles))
        link = _digest(f"{link} {line}")
        text.append(f"ballot {link} {line}\n")
    return Publication("".join([*text, f"seal {link}\n"]), head, link)


def shows_roles(rule: Rule, poll: Poll) -> bool:
    """Whether the rule goes by roles, and from each that can take part came 5 ballots by phone.

    By phone: those of the hall were counted in front of everybody, and hide nobody.
    """
    entitled = [
        role for role in Role if poll.electorate.get(role) or (poll.headcounts or {}).get(role)
    ]
    enough = all(poll.cast.get(role, 0) >= ENOUGH_TO_HIDE_IN for role in entitled)
    return needs_roles(rule) and enough


def _parts(closed: Closed) -> Mapping[str, Iterable[object]]:
    lot, outcome, roles = closed.lot, closed.outcome, shows_roles(closed.rule, closed.poll)
    result = {"result": outcome.result, "why": outcome.why, "winners": list(outcome.winners)}
    return {
        "decision": [closed.decision_id],
        "question": [closed.question],
        "option": closed.rule.options,
        "rule": [_rule(closed.rule)],
        "lot": [{"commitment": lot.commitment, "order": list(lot.order), "seed": lot.seed}],
        "turnout": [_turnout(closed)],
        "hall": sorted(
            (
                {"ballots": heap.ballots, "choice": heap.choice, "role": heap.role}
                if roles
                else {"ballots": heap.ballots, "choice": heap.choice}
                for heap in closed.poll.hall
                if heap.ballots
            ),
            key=_json,
        ),
        "result": [result],
        "roll": sorted(closed.roll),
    }


def _rule(rule: Rule) -> dict[str, object]:
    """The rule in plain values; fractions as text, like "2/3". The options are a part apart.

    The first edition is not named: lists of before there were several are made anew to the byte.
    """
    quorum = rule.quorum
    edition = {"edition": rule.edition} if rule.edition > 1 else {}
    return edition | {
        "base": rule.base,
        "dots": rule.dots,
        "electorate": rule.electorate,
        "method": rule.method,
        "parity": rule.parity,
        "quorum": {
            "each_role": quorum.each_role,
            "number": quorum.number,
            "of": quorum.of,
            "share": str(quorum.share),
        },
        "seats": rule.seats,
        "secrecy": rule.secrecy,
        "threshold": str(rule.threshold),
    }


def _turnout(closed: Closed) -> dict[str, object]:
    poll, turnout = closed.poll, closed.outcome.turnout
    return {
        "by_phone": len(closed.cast),
        "cast": turnout.cast,
        "each_role": turnout.each_role,
        "electorate": sum(poll.electorate.values()),
        "electorate_hash": closed.electorate_hash,
        "in_hall": sum((poll.headcounts or {}).values()),
        "needed": turnout.needed,
        "present": None if poll.present is None else sum(poll.present.values()),
        "roles": _by_role(poll) if shows_roles(closed.rule, closed.poll) else None,
    }


def _by_role(poll: Poll) -> dict[str, dict[str, int | None]]:
    return {
        role: {
            "by_phone": poll.cast.get(role, 0),
            "electorate": poll.electorate.get(role, 0),
            "in_hall": (poll.headcounts or {}).get(role, 0),
            "present": None if poll.present is None else poll.present.get(role, 0),
        }
        for role in Role
    }


def _ballot(tracker: str, ballot: Ballot, *, with_role: bool) -> dict[str, object]:
    said: dict[str, object] = {"choice": ballot.choice, "reason": ballot.reason, "tracker": tracker}
    return said | {"role": ballot.role} if with_role else said


def _lines(name: str, values: Iterable[object]) -> str:
    return "".join(f"{name} {_json(value)}\n" for value in values)


def _json(value: object) -> str:
    """Canonical JSON: keys sorted, no spaces, only control characters, quotes and \\ escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()

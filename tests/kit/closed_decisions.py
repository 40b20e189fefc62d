"""Closed secret decisions as they are published, for tests: a few by hand, any by hypothesis."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from string import ascii_uppercase

from hypothesis import strategies as st
from kit.filled import filled

from assembly.ballot import Ballot
from assembly.chain import Closed, Lot, commitment
from assembly.counting import lot
from assembly.counting.table import METHODS, REASONED, WORDS
from assembly.deciding import decide
from assembly.fitting import possible
from assembly.outcome import InPersonBallots, Poll
from assembly.roles import Role
from assembly.rule import (
    CARRIES_ROLE,
    LATEST,
    Base,
    DecisionMethod,
    Parity,
    Quorum,
    QuorumOf,
    Rule,
)

SEED = bytes(range(32))
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def tracker(number: int) -> str:
    """The tracker of the ballot with a number, always the same."""
    drawn = sha256(f"tracker {number}".encode()).digest()
    return "".join(CROCKFORD[byte % 32] for byte in drawn[:10])


def salt(member: int) -> bytes:
    return sha256(f"salt {member}".encode()).digest()


def closed(rule: Rule, poll: Poll, question: str = "Shall we open on Saturdays?") -> Closed:
    """A poll under a rule, closed: decided by assembly.deciding."""
    drawn = lot.order(SEED, len(rule.options))
    poll = replace(poll, drawn=drawn)
    return Closed(
        decision_id=17,
        question=question,
        rule=rule,
        lot=Lot(lot.commitment(SEED), drawn, SEED.hex()),
        electorate_hash="ab" * 32,
        poll=poll,
        outcome=decide(rule, poll),
        roll=[commitment(17, member, salt(member)) for member in range(len(poll.ballots))],
        cast=[(tracker(number), ballot) for number, ballot in enumerate(poll.ballots)],
    )


def poll(*choices: str, electorate: int = 20) -> Poll:
    """Ballots by phone of users, without roles."""
    ballots = tuple(Ballot(choice) for choice in choices)
    return Poll(ballots, {Role.USER: electorate}, {Role.USER: len(ballots)})


SATURDAYS = closed(
    Rule(quorum=Quorum(Fraction(1, 3))),
    poll(*["yes"] * 5, *["no"] * 3, "abstain"),
)
ROOM = closed(
    Rule(DecisionMethod.STV_SCOTTISH, ("Garden", "Library", "Stanza «quieta»", "Küche"), seats=2),
    poll("0123", "01", "2", "2310", "10", "3", ""),
    "Welche zwei Räume?\nOnly two.",
)


@st.composite
def rules(draw: st.DrawFn, method: DecisionMethod) -> Rule:
    n = 0 if method in WORDS else draw(st.integers(1, 5))
    return Rule(
        method,
        tuple(ascii_uppercase[:n]),
        seats=draw(st.integers(1, n)) if METHODS[method].several else 1,
        dots=draw(st.integers(1, 6)) if METHODS[method].dots else 0,
        threshold=draw(st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)])),
        base=draw(st.sampled_from(Base)),
        parity=draw(st.sampled_from([parity for parity in Parity if possible(method, parity)])),
        quorum=Quorum(
            draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)])),
            draw(st.sampled_from([None, None, 6])),
            draw(st.sampled_from(QuorumOf)),
            each_role=draw(st.booleans()),
        ),
        edition=draw(st.sampled_from([1, LATEST])),
    )


@st.composite
def decisions(draw: st.DrawFn, method: DecisionMethod) -> Closed:
    """A closed decision of any rule that has the method, with 5 to 40 ballots, and a hall."""
    rule = draw(rules(method))
    by_role = rule.parity in CARRIES_ROLE
    said = draw(st.lists(filled(rule), min_size=1, max_size=6))
    fewest = draw(st.sampled_from([0, 5]))
    cast = {role: draw(st.integers(fewest, 12)) for role in Role}
    cast[Role.USER] += max(0, 5 - sum(cast.values()))
    voters = [role for role in Role for _ in range(cast[role])]
    ballots = [
        Ballot(choice, "because" if choice in REASONED else "", role if by_role else None)
        for role in voters
        for choice in [said[draw(st.integers(0, len(said) - 1))]]
    ]
    heaps: list[InPersonBallots] = []
    headcounts = Counter[Role | None]()
    for role in draw(st.lists(st.sampled_from(Role), max_size=3)):
        number = draw(st.integers(1, 4))
        choice = draw(st.sampled_from([*said, "invalid"]))
        asked = role if by_role or (rule.quorum.each_role and draw(st.booleans())) else None
        heaps.append(InPersonBallots(choice, number, asked))
        headcounts[asked] += number + draw(st.integers(0, 1))
    silent = {role: draw(st.integers(0, 3)) for role in Role}
    return closed(
        rule,
        Poll(
            tuple(ballots),
            electorate={role: cast[role] + silent[role] for role in Role},
            cast=cast,
            present={role: draw(st.integers(0, cast[role] + silent[role])) for role in Role},
            hall=tuple(heaps),
            headcounts=headcounts,
        ),
    )

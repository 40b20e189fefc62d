"""How a question is decided: chosen when it is put, shown with it, and never changed after."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from assembly.immutable import immutable
from assembly.roles import Role

MOST_OPTIONS = 20  # a longer list is not read, and its ballots would not fit into a button
HALF = Fraction(1, 2)
LATEST = 2
"""The edition of the rules of counting by which a question is put now; docs/counting.md has all."""


class DecisionMethod(StrEnum):
    """How the members answer, and how the answers are counted; docs/counting.md has the sources.

    Each has its record in the module of its name in assembly/counting/.
    """

    MAJORITY = "majority"
    CONSENT = "consent"
    CONSENSUS = "consensus"
    APPROVAL = "approval"
    SCORE = "score"
    DOTS = "dots"
    IRV = "irv"
    SCHULZE = "schulze"
    RANKED_PAIRS = "ranked-pairs"
    STV_SCOTTISH = "stv-scottish"
    STV_MEEK = "stv-meek"


class Base(StrEnum):
    """What a majority is a share of, named as in the field, from the smallest to the largest."""

    YES_NO = "yes-no"
    YES_NO_ABSTAIN = "yes-no-abstain"
    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"


class Parity(StrEnum):
    """How the three roles weigh: each person alike, every role must agree, every role a third."""

    NONE = "none"
    EACH_ROLE = "each-role"
    EQUAL_WEIGHTS = "equal-weights"


class Secrecy(StrEnum):
    """Secret; sealed: the same, but too few to hide among, so that only the outcome is told; open:
    a roll call, published with names at closing."""

    SECRET = "secret"  # noqa: S105 - not a password
    SEALED = "sealed"
    OPEN = "open"


class Electorate(StrEnum):
    """Who may take part: frozen when the question is put."""

    ALL = "all"
    USER = "user"
    FAMILY = "family"
    PROFESSIONAL = "professional"
    PRESENT = "present"
    NAMED = "named"


class QuorumOf(StrEnum):
    """Of whom a quorum is a share."""

    ELECTORATE = "electorate"
    PRESENT = "present"


@immutable
class Quorum:
    """How many must take part: a `share` (0 to 1, rounded up), or a `number` of ballots if given.

    `each_role`: the share (or number, at most all of them) must be reached in every role that the
    electorate has, too.
    """

    share: Fraction = Fraction(0)
    number: int | None = None
    of: QuorumOf = QuorumOf.ELECTORATE
    each_role: bool = False


@immutable
class Rule:
    """Everything by which ballots become an outcome.

    `options` are the labels, in the order in which they were put; () where the answer is one word
    (majority, consent, consensus). `seats` is how many are chosen. `dots` is how many each may
    place. `threshold` is for majority (of `base`; exactly half means more than half, a larger share
    means at least that) and for consensus (the least share of agreement among those who agreed,
    stood aside or blocked). `edition` is that of the rules of counting, from 1: a question keeps
    the one under which it was put.
    """

    method: DecisionMethod = DecisionMethod.MAJORITY
    options: tuple[str, ...] = ()
    seats: int = 1
    dots: int = 0
    threshold: Fraction = HALF
    base: Base = Base.YES_NO
    parity: Parity = Parity.NONE
    quorum: Quorum = Quorum()
    electorate: Electorate = Electorate.ALL
    secrecy: Secrecy = Secrecy.SECRET
    edition: int = LATEST


CARRIES_ROLE = frozenset({Parity.EACH_ROLE, Parity.EQUAL_WEIGHTS})
"""Rules for which a ballot carries its voter's role."""


def roles_of(electorate: Electorate) -> tuple[Role, ...]:
    """The roles that an electorate of this kind can have."""
    if electorate in (Electorate.USER, Electorate.FAMILY, Electorate.PROFESSIONAL):
        return (Role(electorate.value),)
    return tuple(Role)

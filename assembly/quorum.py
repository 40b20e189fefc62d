"""How many must take part so that a decision counts. Abstaining is taking part."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from assembly.collected import CollectedBallots, Group
from assembly.outcome import Turnout
from assembly.rule import Quorum, QuorumOf


def needed(quorum: Fraction, electorate: int) -> int:
    """The least number of ballots that reaches the quorum: its share of the electorate, rounded up.

    `quorum` is a share from 0 to 1, exact; `electorate` a head-count; the result is at most that.
    Raises ValueError outside these ranges. Source: Robert's Rules of Order Newly Revised (12th ed.)
    section 40, with ballots cast in the place of members present, as members take part from afar.
    """
    if not 0 <= quorum <= 1:
        raise ValueError(f"a quorum is a share from 0 to 1: {quorum}")
    if electorate < 0:
        raise ValueError(f"an electorate is a head-count: {electorate}")
    return ceil(quorum * electorate)


def turnout(quorum: Quorum, collected: CollectedBallots) -> Turnout:
    """How many took part, and how many had to, on the whole and in each role.

    A number of ballots is asked for as it is of all together, and of a role at most as many as
    belong to it. Invalid papers are taking part. Raises ValueError for a share that is none, a
    negative number, or a share of those present where they were not counted.
    """
    everybody = collected.everybody
    each = None
    if quorum.each_role:
        roles = collected.roles.values()
        each = all(role.cast >= min(_least(quorum, role), role.entitled) for role in roles)
    return Turnout(
        cast=everybody.cast,
        hall=everybody.hall,
        entitled=everybody.entitled,
        present=everybody.present,
        needed=_least(quorum, everybody),
        each_role=each,
    )


def _least(quorum: Quorum, group: Group) -> int:
    if quorum.number is not None:
        if quorum.number < 0:
            raise ValueError(f"a quorum is a number of ballots: {quorum.number}")
        return quorum.number
    if quorum.of is QuorumOf.ELECTORATE or quorum.share == 0:
        return needed(quorum.share, group.entitled)
    if group.present is None:
        raise ValueError("a quorum of those present, and nobody counted them")
    return needed(quorum.share, group.present)

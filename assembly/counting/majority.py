"""Decisions by yes or no: carried when enough of those who count said yes."""

from __future__ import annotations

from fractions import Fraction

from assembly.collected import CollectedBallots, Group
from assembly.counting.words import undecided, votes
from assembly.outcome import Outcome, Turnout, Why
from assembly.parity import weigh, weighed_outcome
from assembly.rule import HALF, Base, Rule
from assembly.threshold import check_threshold


def decide(rule: Rule, collected: CollectedBallots, turnout: Turnout) -> Outcome:
    """The outcome by majority; quorum is the caller's.

    Nobody said yes or no: "no_result". Carried when the share of yes in the rule's base reaches its
    threshold (see `reaches`); otherwise not, a tie like any other. Whole numbers and exact
    fractions only. Raises ValueError for a threshold outside 1/2 to 1.

    Sources: Robert's Rules of Order Newly Revised (12th ed.) 44:1 (a majority is more than half of
    the votes cast, abstentions left out), 44:3-6 (two thirds: at least), 44:7-9 (other bases),
    44:12 (a tie is lost). The bases are named as in OpenSlides. "no_result" is ours: nobody spoke
    for or against.
    """
    check_threshold(rule)
    said = votes(rule, collected.everybody)
    yes, no = said["yes"], said["no"]
    if yes + no == 0:
        return undecided(rule, collected, turnout)

    def enough(share: Fraction) -> bool:
        return reaches(share, rule.threshold)

    weighed = weigh(
        rule, collected, lambda group: (group.said.get("yes", 0), of(rule.base, group)), enough
    )
    if not enough(weighed.share):
        tied = weighed.of is not None and yes == no and 2 * yes == weighed.of
        why = Why.TIE if tied and rule.threshold == HALF else Why.MISSED
    elif weighed.each is None:
        why = Why.REACHED
    else:
        why = Why.ROLES_AGREE if weighed.each else Why.A_ROLE_DISAGREES
    return weighed_outcome(rule, why, turnout, said, weighed)


def reaches(share: Fraction, threshold: Fraction) -> bool:
    """Whether a share is enough: of exactly one half more than that, of any other at least that."""
    return share > HALF if threshold == HALF else share >= threshold


def of(base: Base, group: Group) -> int:
    """How many a majority is a share of; 0 where nobody said anything that counts.

    Whoever casts from afar while others are present is there too, so that no share exceeds one.
    Raises ValueError for a base of those present where they were not counted.
    """
    yes, no, abstain = (group.said.get(word, 0) for word in ("yes", "no", "abstain"))
    if base is Base.YES_NO:
        return yes + no
    if base is Base.YES_NO_ABSTAIN:
        return yes + no + abstain
    if base is Base.CAST:
        return group.cast
    if base is Base.ENTITLED:
        return group.entitled
    if group.present is None:
        raise ValueError("a majority of those present, and nobody counted them")
    return max(group.present, group.cast)

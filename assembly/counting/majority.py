"""Decisions by yes or no: carried when enough of those who count said yes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from assembly.collected import CollectedBallots, Group, votes
from assembly.counting.method import Method
from assembly.counting.undecided import undecided
from assembly.forms.one_word import OneWord
from assembly.outcome import Outcome, Turnout, Why
from assembly.parity import ANY_PARITY, weigh, weighed_outcome
from assembly.rule import HALF, Base, Rule
from assembly.threshold import Threshold, check_threshold

FORM = OneWord("yes", "no", "abstain")
THRESHOLD = Threshold(half_is_enough=False)


def decide(
    rule: Rule, collected: CollectedBallots, turnout: Turnout, _lot: Sequence[int] | None = None
) -> Outcome:
    """The outcome by majority; quorum is the caller's.

    Nobody said yes or no: "no_result". Carried when the share of yes in the rule's base reaches its
    threshold (see THRESHOLD); otherwise not, a tie like any other. Whole numbers and exact
    fractions only. Raises ValueError for a threshold outside 1/2 to 1.

    Sources: Robert's Rules of Order Newly Revised (12th ed.) 44:1 (a majority is more than half of
    the votes cast, abstentions left out), 44:3-6 (two thirds: at least), 44:7-9 (other bases),
    44:12 (a tie is lost). The bases are named as in OpenSlides. "no_result" is ours: nobody spoke
    for or against.
    """
    check_threshold(rule)
    said = votes(FORM.words, collected.everybody)
    yes, no = said["yes"], said["no"]
    if yes + no == 0:
        return undecided(rule, turnout, said)

    def enough(share: Fraction) -> bool:
        return THRESHOLD.reached(share, rule.threshold)

    def agreement(group: Group) -> tuple[int, int]:
        return group.said.get("yes", 0), of(rule.base, group)

    weighed = weigh(rule, FORM.words, collected, agreement, enough)
    if not enough(weighed.share):
        tied = weighed.of is not None and yes == no and 2 * yes == weighed.of
        why = Why.TIE if tied and rule.threshold == HALF else Why.MISSED
    elif weighed.each is None:
        why = Why.REACHED
    else:
        why = Why.ROLES_AGREE if weighed.each else Why.A_ROLE_DISAGREES
    return weighed_outcome(rule, why, turnout, said, weighed)


def of(base: Base, group: Group) -> int:
    """How many a majority is a share of; 0 where nobody said anything that counts.

    Whoever casts from afar while others are present is there too, so that no share exceeds one.
    Raises ValueError for a base of those present where they were not counted.
    """
    yes, no, abstain = (group.said.get(word, 0) for word in FORM.words)
    match base:
        case Base.YES_NO:
            return yes + no
        case Base.YES_NO_ABSTAIN:
            return yes + no + abstain
        case Base.CAST:
            return group.cast
        case Base.ENTITLED:
            return group.entitled
        case Base.PRESENT:
            if group.present is None:
                raise ValueError("a majority of those present, and nobody counted them")
            return max(group.present, group.cast)
        case _:
            assert_never(base)


METHOD = Method(FORM, decide, parities=ANY_PARITY, threshold=THRESHOLD, base=True)

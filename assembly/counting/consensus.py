"""Consensus: carried when nobody blocks it, and enough of those who took a stand agree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assembly.collected import CollectedBallots, Group, votes
from assembly.counting.method import Method
from assembly.counting.undecided import undecided
from assembly.forms.one_word import OneWord
from assembly.outcome import Outcome, Turnout, Why
from assembly.parity import ANY_PARITY, weigh, weighed_outcome
from assembly.rule import Rule
from assembly.threshold import Threshold, check_threshold

FORM = OneWord("agree", "abstain", "aside", "block", reasoned=("aside", "block"))
THRESHOLD = Threshold(half_is_enough=True, usual=Fraction(2, 3))
STANDS = ("agree", "aside", "block")


def decide(
    rule: Rule, collected: CollectedBallots, turnout: Turnout, _lot: Sequence[int] | None = None
) -> Outcome:
    """The outcome by consensus; quorum is the caller's.

    Only abstentions, or nothing: "no_result". One block stops it. Otherwise it is carried when
    agree / (agree + aside + block) is at least the rule's threshold, one half included; where the
    rule asks for roles, in each, or on their mean. Raises ValueError for a threshold outside 1/2
    to 1.

    Source: Hartnett, Consensus-Oriented Decision-Making (2011), and Seeds for Change, A Consensus
    Handbook (2013): agreement, standing aside and blocks, too many who stand aside being no
    consensus; how many are too many is the threshold, usually a third: half standing aside is
    nothing that all stand behind.
    """
    check_threshold(rule)
    said = votes(FORM.words, collected.everybody)
    if not any(said[word] for word in STANDS):
        return undecided(rule, turnout, said)

    def enough(share: Fraction) -> bool:
        return THRESHOLD.reached(share, rule.threshold)

    weighed = weigh(rule, FORM.words, collected, _agreement, enough)
    if said["block"]:
        why = Why.BLOCKED
    elif not enough(weighed.share):
        why = Why.TOO_LITTLE_AGREEMENT
    elif weighed.each is None:
        why = Why.NO_BLOCK
    else:
        why = Why.ROLES_AGREE if weighed.each else Why.A_ROLE_DISAGREES
    return weighed_outcome(rule, why, turnout, said, weighed)


def _agreement(group: Group) -> tuple[int, int]:
    return group.said.get("agree", 0), sum(group.said.get(word, 0) for word in STANDS)


METHOD = Method(FORM, decide, parities=ANY_PARITY, threshold=THRESHOLD)

"""Score: each member gives each option 0 to 5, or no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assembly.ballot import SCORES
from assembly.collected import INVALID, CollectedBallots, Group
from assembly.counting.method import Method
from assembly.counting.points import Rank, choose
from assembly.counting.undecided import undecided
from assembly.forms.scores import SCORES_0_TO_5
from assembly.outcome import Outcome, Points, Turnout, Why
from assembly.parity import WEIGHABLE, may_be_told, mean
from assembly.rule import Parity, Rule


def decide(
    rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: Sequence[int] | None
) -> Outcome:
    """The outcome by score; quorum is the caller's.

    The best mean wins, over those who scored the option: unscored is not zero. Equal means go to
    the option that more have scored, then by `drawn` (every option, the luckiest first). No score
    at all is "no_result". Only what got more than 0 can be chosen, and from at least half as many
    as scored the option that most have scored: a mean of few is no sign of what all want. Where no
    option is such, that is "no_result" too. (In the first edition any score was enough.)

    Where roles weigh equally, the mean is that of the roles' means; a role that gave an option no
    score gives nothing to it, so that none can be chosen by being passed over. Source: Smith, Range
    Voting (2000), by average, with "no opinion" left out; the least number of scores is ours.
    """
    points = [_points(collected.everybody, option) for option in range(len(rule.options))]
    scored = [of for of in points if of.given_by]
    if not scored:
        return undecided(rule, taking_part)
    good = scored
    if rule.edition > 1:
        most = max(of.given_by for of in scored)
        points = [replace(of, enough=2 * of.given_by >= most) for of in points]
        good = [of for of in points if of.enough and of.total]
    told = True
    ranks: dict[int, Rank] = {of.option: (of.mean or 0, of.given_by) for of in good}
    if rule.parity is Parity.EQUAL_WEIGHTS:
        weighed = {of.option: _of_roles(collected, of.option) for of in scored}
        ranks = {of.option: (weighed[of.option], of.given_by) for of in good}
        told = may_be_told(collected)
        if told:
            points = [replace(of, weighed=weighed.get(of.option)) for of in points]
    found = choose(rule, taking_part, points, ranks, drawn, unordered=not told)
    return found if good else replace(found, result="no_result", why=Why.NONE_ENOUGH)


def _of_roles(collected: CollectedBallots, option: int) -> Fraction:
    return mean(collected, lambda group: _points(group, option).mean)


def _points(group: Group, option: int) -> Points:
    total = given_by = 0
    for choice, ballots in group.said.items():
        if choice != INVALID and choice[option] in SCORES:
            total += SCORES.index(choice[option]) * ballots
            given_by += ballots
    return Points(option, total, given_by)


METHOD = Method(SCORES_0_TO_5, decide, parities=WEIGHABLE, several=True)

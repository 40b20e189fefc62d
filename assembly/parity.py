"""The rules by which the three roles weigh: each must agree, or each counts as much as another.

Source of the first: concurrent majority, by which every group that is concerned has to agree
(Calhoun, A Disquisition on Government, 1851; today the double majorities of federal votes). The
second is the mean of the roles' shares, as in bodies whose groups have a third of the votes each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from assembly.collected import CollectedBallots, Group, votes
from assembly.immutable import immutable
from assembly.outcome import ENOUGH_TO_HIDE_IN, Outcome, RoleShare, Turnout, Why
from assembly.rule import Parity, Rule

Agreement = Callable[[Group], tuple[int, int]]
"""How many of a group agree, and out of how many that counts; out of 0: nobody said anything."""

Figure = Callable[[Group], Fraction | None]
"""What a role says, as one exact figure; None where it says nothing."""

WEIGHABLE = frozenset({Parity.NONE, Parity.EQUAL_WEIGHTS})
"""For methods in which roles can weigh alike: those whose figures have a mean."""

ANY_PARITY = WEIGHABLE | {Parity.EACH_ROLE}
"""For methods in which each role can be asked to agree, too: those with a threshold."""


@immutable
class Weighed:
    """What was agreed to, by the rule: `share` decides, `of` is what it is a share of.

    `of` is None where the roles weigh equally. `each` is whether every role reaches the threshold;
    None where the rule does not ask. `told` are the roles' figures where they may be told, and
    `told_share` is the share unless it would give hidden figures away.
    """

    share: Fraction
    of: int | None
    each: bool | None
    told: tuple[RoleShare, ...] | None
    told_share: Fraction | None


def may_be_told(collected: CollectedBallots) -> bool:
    """Whether figures by role may be told: each that the electorate has gave 5 ballots by phone.

    Those of the hall were counted in front of everybody, and hide nobody. One role below five hides
    all: its figures would be the total less the others'.
    """
    return all(role.cast - role.hall >= ENOUGH_TO_HIDE_IN for role in collected.roles.values())


def weigh(
    rule: Rule,
    words: Sequence[str],
    collected: CollectedBallots,
    agreement: Agreement,
    reaches: Callable[[Fraction], bool],
) -> Weighed:
    """Weigh agreement by the rule's parity: one person one vote, each role, or equal weights.

    `words` are those that a ballot can say.

    A role in which nobody said anything that counts does not agree, and gives an equal share of
    nothing. Where roles weigh equally and their figures are hidden, the exact share is hidden too:
    with the totals it could be solved for the figures.
    """
    agreed, of = agreement(collected.everybody)
    share = Fraction(agreed, of)
    if rule.parity is Parity.NONE:
        return Weighed(share, of, None, None, share)
    shares = {role: _share(agreement, group) for role, group in collected.roles.items()}
    told = None
    if may_be_told(collected):
        told = tuple(
            RoleShare(role, votes(words, group), shares[role])
            for role, group in collected.roles.items()
        )
    match rule.parity:
        case Parity.EACH_ROLE:
            each = all(share is not None and reaches(share) for share in shares.values())
            return Weighed(share, of, each, told, share)
        case Parity.EQUAL_WEIGHTS:
            share = mean(collected, lambda group: _share(agreement, group))
            return Weighed(share, None, None, told, None if told is None else share)
        case _:
            assert_never(rule.parity)


def weighed_outcome(
    rule: Rule, why: Why, turnout: Turnout, said: Mapping[str, int], weighed: Weighed
) -> Outcome:
    """What was settled by a share of those who agree, with the figures that may be told."""
    return Outcome(
        rule.method,
        "carried" if why in (Why.REACHED, Why.NO_BLOCK, Why.ROLES_AGREE) else "not_carried",
        why,
        turnout,
        said,
        share=weighed.told_share,
        of=weighed.of,
        roles=weighed.told,
    )


def mean(collected: CollectedBallots, figure: Figure) -> Fraction:
    """The exact mean of a figure over the roles that the electorate has; one with none gives 0."""
    figures = [figure(group) or Fraction(0) for group in collected.roles.values()]
    return sum(figures, Fraction(0)) / len(figures)


def _share(agreement: Agreement, group: Group) -> Fraction | None:
    agreed, of = agreement(group)
    return Fraction(agreed, of) if of else None

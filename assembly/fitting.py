"""Which rules are possible with which people: what does not fit, and the nearest rule that does.

It is said when the question is put, with what is possible instead. The reason of the fives: among
fewer, an outcome tells who said what (docs/anonymity.md, "Ballots").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from assembly.ballot import DIGITS
from assembly.collected import needs_roles
from assembly.counting.method import Method
from assembly.counting.table import METHODS
from assembly.outcome import ENOUGH_TO_HIDE_IN
from assembly.roles import Role
from assembly.rule import (
    CARRIES_ROLE,
    HALF,
    MOST_OPTIONS,
    Base,
    DecisionMethod,
    Parity,
    Quorum,
    QuorumOf,
    Rule,
    Secrecy,
)

ENOUGH_TO_GUESS = 3
"""Among fewer, nobody has to guess: the outcome tells each what the other said."""

NONE, ALL = Fraction(0), Fraction(1)

MOST_DOTS = len(DIGITS) - 1
"""So that all can go to one option: a ballot has one sign for each."""


class Misfit(StrEnum):
    """What keeps a question from being put under a rule."""

    TOO_FEW_FOR_SECRET = "too_few_for_secret"  # noqa: S105 - fewer than 5 in the electorate
    ONLY_OPEN = "only_open"  # fewer than 3: from the outcome each knows what the other said
    NO_ROLE_RULE = "no_role_rule"  # the method cannot be counted under this rule about roles
    ONE_ROLE = "one_role"  # a rule about roles, and the electorate has only one, or none
    ROLE_TOO_SMALL = "role_too_small"  # rule or quorum by role, not open, fewer than 5 in a role
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    OPTIONS_ALIKE = "options_alike"
    ONE_SEAT_ONLY = "one_seat_only"  # several seats, and the method has one winner
    SEATS = "seats"  # none, or as many as options: nothing is left to choose
    DOTS = "dots"  # not 1 to MOST_DOTS
    THRESHOLD = "threshold"  # not one half to one
    QUORUM = "quorum"  # no share, or more ballots than the electorate has people


def possible(method: DecisionMethod, parity: Parity) -> bool:
    """Whether a method can be counted under a rule about roles."""
    return parity in METHODS[method].parities


def goes_by_present(rule: Rule) -> bool:
    """Whether it can only be counted where those present are."""
    quorum = rule.quorum
    by_quorum = quorum.of is QuorumOf.PRESENT and quorum.number is None and quorum.share > 0
    return by_quorum or (METHODS[rule.method].base and rule.base is Base.PRESENT)


def misfits(rule: Rule, electorate: Mapping[Role, int]) -> tuple[Misfit, ...]:
    """All that does not fit, in the order of Misfit; () for a rule that can be put.

    `electorate` are head-counts of those who could take part, by role. What a rule has and its
    method does not use (dots of a majority) always fits. Whether those present are known is the
    caller's to see.
    """
    method = METHODS[rule.method]
    found = {
        *_about_people(rule, electorate),
        *(() if method.words else _about_options(rule, method)),
    }
    if method.threshold and not HALF <= rule.threshold <= 1:
        found.add(Misfit.THRESHOLD)
    return tuple(misfit for misfit in Misfit if misfit in found)


def instead(rule: Rule, electorate: Mapping[Role, int]) -> Rule | None:
    """The nearest rule that fits; the rule itself if it does. None where the options don't: new
    ones are the asker's to write.

    Too few for a secret: sealed, or open. A rule about roles that the method has not: equal weights
    if it has those; rule or quorum by role for which the people are too few: none. Several seats by
    a method with one winner: by another for which the same ballots do, if there is one. Options
    alike: each once. Numbers: the nearest possible.
    """
    found = misfits(rule, electorate)
    if Misfit.TOO_FEW_FOR_SECRET in found:
        rule = replace(rule, secrecy=Secrecy.SEALED)
    if Misfit.ONLY_OPEN in found:
        rule = replace(rule, secrecy=Secrecy.OPEN)
    elif Misfit.ROLE_TOO_SMALL in found:
        rule = replace(rule, quorum=replace(rule.quorum, each_role=False))
    if {Misfit.ONE_ROLE, Misfit.ROLE_TOO_SMALL} & set(found):
        rule = replace(rule, parity=Parity.NONE)
    elif Misfit.NO_ROLE_RULE in found:
        equal = possible(rule.method, Parity.EQUAL_WEIGHTS)
        rule = replace(rule, parity=Parity.EQUAL_WEIGHTS if equal else Parity.NONE)
    if Misfit.OPTIONS_ALIKE in found:
        rule = replace(rule, options=_different(rule.options))
    if not METHODS[rule.method].words:
        rule = _with_seats(rule)
    if Misfit.DOTS in found:
        rule = replace(rule, dots=min(max(rule.dots, 1), MOST_DOTS))
    if Misfit.THRESHOLD in found:
        rule = replace(rule, threshold=min(max(rule.threshold, HALF), ALL))
    if Misfit.QUORUM in found:
        rule = replace(rule, quorum=_reachable(rule.quorum, sum(electorate.values())))
    return None if misfits(rule, electorate) else rule


def _about_people(rule: Rule, electorate: Mapping[Role, int]) -> set[Misfit]:
    found = set[Misfit]()
    people = sum(electorate.values())
    if rule.secrecy is not Secrecy.OPEN and people < ENOUGH_TO_GUESS:
        found.add(Misfit.ONLY_OPEN)
    elif rule.secrecy is Secrecy.SECRET and people < ENOUGH_TO_HIDE_IN:
        found.add(Misfit.TOO_FEW_FOR_SECRET)
    roles = [number for number in electorate.values() if number]
    told = needs_roles(rule) and rule.secrecy is not Secrecy.OPEN and len(roles) > 1
    if told and min(roles) < ENOUGH_TO_HIDE_IN:
        found.add(Misfit.ROLE_TOO_SMALL)
    if rule.parity in CARRIES_ROLE:
        if not possible(rule.method, rule.parity):
            found.add(Misfit.NO_ROLE_RULE)
        if len(roles) < 2:
            found.add(Misfit.ONE_ROLE)
    if rule.quorum != _reachable(rule.quorum, people):
        found.add(Misfit.QUORUM)
    return found


def _about_options(rule: Rule, method: Method) -> set[Misfit]:
    found = set[Misfit]()
    if len(rule.options) < 2:
        found.add(Misfit.TOO_FEW_OPTIONS)
    if len(rule.options) > MOST_OPTIONS:
        found.add(Misfit.TOO_MANY_OPTIONS)
    if len(_different(rule.options)) < len(rule.options):
        found.add(Misfit.OPTIONS_ALIKE)
    if rule.seats > 1 and not method.several:
        found.add(Misfit.ONE_SEAT_ONLY)
    if not 1 <= rule.seats < max(len(rule.options), 2):
        found.add(Misfit.SEATS)
    if method.dots and not 1 <= rule.dots <= MOST_DOTS:
        found.add(Misfit.DOTS)
    return found


def _different(options: Sequence[str]) -> tuple[str, ...]:
    """Each option once, whatever its spaces and capitals; the first spelling stays."""
    kept: dict[str, str] = {}
    for option in options:
        kept.setdefault(" ".join(option.split()).casefold(), option)
    return tuple(kept.values())


def _with_seats(rule: Rule) -> Rule:
    seats = max(1, min(rule.seats, len(rule.options) - 1))
    instead = METHODS[rule.method].for_several if seats > 1 else None
    return replace(rule, method=instead or rule.method, seats=seats)


def _reachable(quorum: Quorum, people: int) -> Quorum:
    """The nearest quorum that this many people can reach."""
    number = quorum.number
    if number is not None:
        number = min(max(number, 0), people)
    return replace(quorum, share=min(max(quorum.share, NONE), ALL), number=number)

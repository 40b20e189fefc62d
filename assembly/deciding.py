"""What a decision came to: its rule applied to what was collected when the polls closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assembly.ballot import numbers
from assembly.collected import INVALID, CollectedBallots, collect
from assembly.counting import consensus, consent, dots, majority, methods, role_approval, score
from assembly.counting.count import Method
from assembly.counting.ranking import Ballots, Ranking, named
from assembly.counting.words import undecided, votes
from assembly.outcome import Outcome, Poll, Turnout, Why
from assembly.parity import possible
from assembly.quorum import turnout
from assembly.rule import RANKED, DecisionMethod, Parity, Rule

_BY_WORD = {
    DecisionMethod.MAJORITY: majority.decide,
    DecisionMethod.CONSENT: consent.decide,
    DecisionMethod.CONSENSUS: consensus.decide,
}


def decide(rule: Rule, poll: Poll) -> Outcome:
    """The outcome of a decision, by its rule alone; the same poll always has the same outcome.

    In this order: fewer ballots than the quorum asks for, on the whole or in a role, is
    "no_quorum", whatever they say; nothing that counts was said, "no_result"; then the method.

    Raises ValueError for a poll that contradicts itself (see `collect`), and for a rule that
    cannot be counted: a rule about roles with a method that has none, a threshold or a quorum out
    of range, no option or no seat.
    """
    if not possible(rule.method, rule.parity):
        raise ValueError(f"{rule.method} has no rule about roles: {rule.parity}")
    collected = collect(rule, poll)
    taking_part = turnout(rule.quorum, collected)
    if taking_part.cast < taking_part.needed:
        return _no_quorum(rule, collected, taking_part, Why.TOO_FEW)
    if taking_part.each_role is False:
        return _no_quorum(rule, collected, taking_part, Why.TOO_FEW_IN_A_ROLE)
    if rule.method in _BY_WORD:
        return _BY_WORD[rule.method](rule, collected, taking_part)
    if rule.seats < 1 or not rule.options:
        raise ValueError(f"{len(rule.options)} options for {rule.seats} seats")
    drawn = poll.drawn or None
    if rule.method is DecisionMethod.SCORE:
        return score.decide(rule, collected, taking_part, drawn)
    if rule.method is DecisionMethod.DOTS:
        return dots.decide(rule, collected, taking_part, drawn)
    if rule.parity is Parity.EQUAL_WEIGHTS:
        return role_approval.decide(rule, collected, taking_part, drawn)
    return _counted(rule, collected, taking_part, drawn)


def _no_quorum(rule: Rule, collected: CollectedBallots, taking_part: Turnout, why: Why) -> Outcome:
    return Outcome(rule.method, "no_quorum", why, taking_part, votes(rule, collected.everybody))


def _counted(
    rule: Rule, collected: CollectedBallots, taking_part: Turnout, drawn: tuple[int, ...] | None
) -> Outcome:
    """By approval or a ranking, as any file of ballots is counted; invalid papers are left out.

    By approval an option that nobody agrees with is never chosen: its places stay free.
    """
    rankings = Counter[Ranking]()
    for choice, ballots in collected.everybody.said.items():
        if choice != INVALID:
            rankings[numbers(choice, len(rule.options)) or ()] += ballots
    if not any(rankings):
        return undecided(rule, collected, taking_part)
    cast = Ballots(rule.options, rankings)
    seats = rule.seats
    if rule.method is DecisionMethod.APPROVAL:
        seats = min(seats, len(named(cast)))
    count = methods.tally(Method(rule.method.value), cast, seats, drawn)
    borda = None
    if rule.method in RANKED:
        borda = methods.tally(Method.BORDA, cast, rule.seats, drawn)
    return Outcome(
        rule.method,
        "chosen",
        Why.COUNTED,
        taking_part,
        {},
        winners=count.winners,
        count=replace(count, seats=rule.seats),
        borda=borda,
        ties=count.ties,
    )

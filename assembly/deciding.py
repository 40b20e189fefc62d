"""What a decision came to: its rule applied to what was collected when the polls closed."""

from __future__ import annotations

from assembly.collected import CollectedBallots, collect, votes
from assembly.counting.method import Method
from assembly.counting.table import METHODS
from assembly.fitting import goes_by_present, possible
from assembly.outcome import Outcome, Poll, Turnout, Why
from assembly.quorum import turnout
from assembly.rule import Rule


def decide(rule: Rule, poll: Poll) -> Outcome:
    """The outcome of a decision, by its rule alone; the same poll always has the same outcome.

    In this order: fewer ballots than the quorum asks for, on the whole or in a role, is
    "no_quorum", whatever they say; nothing that counts was said, "no_result"; then the method.

    Raises ValueError for a poll that contradicts itself (see collected.collect) or lacks those
    present where the rule goes by them, and for a rule that cannot be counted: a rule about roles
    with a method that has none, a threshold or a quorum out of range, no option or no seat.
    """
    if not possible(rule.method, rule.parity):
        raise ValueError(f"{rule.method} has no rule about roles: {rule.parity}")
    if poll.present is None and goes_by_present(rule):
        raise ValueError("the rule goes by those present, and nobody counted them")
    method = METHODS[rule.method]
    collected = collect(rule, poll, method.form)
    taking_part = turnout(rule.quorum, collected)
    if taking_part.cast < taking_part.needed:
        return _no_quorum(rule, method, collected, taking_part, Why.TOO_FEW)
    if taking_part.each_role is False:
        return _no_quorum(rule, method, collected, taking_part, Why.TOO_FEW_IN_A_ROLE)
    if not method.words and (rule.seats < 1 or not rule.options):
        raise ValueError(f"{len(rule.options)} options for {rule.seats} seats")
    return method.decide(rule, collected, taking_part, poll.drawn or None)


def _no_quorum(
    rule: Rule, method: Method, collected: CollectedBallots, taking_part: Turnout, why: Why
) -> Outcome:
    said = votes(method.words, collected.everybody)
    return Outcome(rule.method, "no_quorum", why, taking_part, said)

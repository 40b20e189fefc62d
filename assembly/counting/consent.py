"""Consent: a proposal stands unless somebody objects, with a reason why it would do harm."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.collected import CollectedBallots, votes
from assembly.counting.method import Method
from assembly.counting.undecided import undecided
from assembly.forms.one_word import OneWord
from assembly.outcome import Outcome, Turnout, Why
from assembly.rule import Rule

FORM = OneWord("consent", "object", reasoned=("object",))


def decide(
    rule: Rule, collected: CollectedBallots, turnout: Turnout, _lot: Sequence[int] | None = None
) -> Outcome:
    """The outcome by consent; quorum is the caller's.

    No ballot that counts: "no_result". Carried without objections; one is enough to stop it, to be
    integrated into a new version of the question. Source: Endenburg, Sociocracy (1998): a decision
    is taken when nobody has an argued, paramount objection; an objection without words counts too,
    since its reason can be asked for when it is talked about.
    """
    said = votes(FORM.words, collected.everybody)
    if said["consent"] + said["object"] == 0:
        return undecided(rule, turnout, said)
    if said["object"]:
        return Outcome(rule.method, "not_carried", Why.OBJECTIONS, turnout, said)
    return Outcome(rule.method, "carried", Why.NO_OBJECTION, turnout, said)


METHOD = Method(FORM, decide)

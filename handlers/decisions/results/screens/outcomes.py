"""The outcome of a decision in words, with its reason."""

from __future__ import annotations

from markupsafe import Markup

from assembly.outcome import Outcome
from handlers.core.screen import lines
from handlers.core.speech import Speech
from handlers.decisions.results.screens import results
from handlers.decisions.results.screens.figures import Reasons
from handlers.decisions.results.screens.words import Bare
from storage.decisions import Decision

_NAMES, _NAME = 120, 8  # characters of all names in a line, and of each at least


def question(decision: Decision) -> Markup:
    """The question itself, as a heading."""
    return Markup("<b>{}</b>").format(decision.question)


def told(decision: Decision, speak: Speech, given: Reasons = ()) -> Markup:
    """The question, what came of it, and why; with the reasons that were `given` for a ballot."""
    outcome = decision.outcome
    if decision.status == "closed" and outcome is not None:
        post = results.post(decision.rule, outcome, speak, given)
        return Markup(" ").join((question(decision), post))
    first = Markup(" ").join((question(decision), result(decision, speak)))
    return lines(first, _reason(decision, speak))


def short(decision: Decision, speak: Speech, named: str | None = None) -> Markup:
    """One line of a list: the question, or as what it is `named` there, and in short what came."""
    most = max(_NAME, _NAMES // max(1, len(decision.winners)))
    return Markup("{} <i>{}</i>").format(named or decision.question, result(decision, speak, most))


def came(decision: Decision) -> Outcome | Bare:
    """The outcome of a closed decision, or what is kept of it."""
    if decision.outcome is not None:
        return decision.outcome
    assert decision.result is not None  # noqa: S101 - it is closed
    return Bare(decision.result, decision.winners)


def result(decision: Decision, speak: Speech, most: int | None = None) -> Markup:
    """What came of it, in a word or two; options' names in at most `most` characters each."""
    if decision.status == "cancelled":
        return speak("Cancelled.")
    if decision.status == "void":
        return speak("Void: it does not count.")
    return results.headline(decision.rule, came(decision), speak, most)


def _reason(decision: Decision, speak: Speech) -> Markup | None:
    if decision.status == "cancelled":
        if not decision.reason:  # whoever gave it has erased themselves
            return None
        return speak("The reason: {reason}", reason=decision.reason)
    if decision.status == "void":
        return speak("Voci had to go back to an earlier copy, and the ballots are lost.")
    if decision.status != "closed":
        return None
    return speak("Fewer than 5 took part: no figures are told, and none are kept.")

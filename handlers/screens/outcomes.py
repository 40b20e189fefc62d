"""The outcome of a decision in words, with its reason."""

from __future__ import annotations

from markupsafe import Markup

from handlers.screen import lines
from handlers.screens import counted
from handlers.screens.counted_figures import Reasons
from handlers.screens.counted_words import Names
from handlers.speech import Speech
from storage.decisions import Decision


def question(decision: Decision) -> Markup:
    """The question itself, as a heading."""
    return Markup("<b>{}</b>").format(decision.question)


def told(decision: Decision, speak: Speech, given: Reasons = ()) -> Markup:
    """The question, what came of it, and why; with the reasons that were `given` for a ballot."""
    outcome = decision.outcome
    if decision.status == "closed" and outcome is not None:
        post = counted.post(decision.rule, outcome, speak, given)
        return Markup(" ").join((question(decision), post))
    first = Markup(" ").join((question(decision), result(decision, speak)))
    return lines(first, _reason(decision, speak))


def short(decision: Decision, speak: Speech) -> Markup:
    """One line of a list: the question and what came of it."""
    return Markup("{} <i>{}</i>").format(decision.question, result(decision, speak))


def result(decision: Decision, speak: Speech) -> Markup:
    """What came of it, in a word or two."""
    if decision.status == "cancelled":
        return speak("Cancelled.")
    if decision.status == "void":
        return speak("Void: it does not count.")
    if decision.outcome is not None:
        return counted.headline(decision.rule, decision.outcome, speak)
    if decision.result == "carried":
        return speak("Carried.")
    if decision.result == "chosen":
        names = Names(decision.rule, speak).all(decision.winners)
        return speak("Chosen: {names}.", names=names)
    if decision.result == "no_quorum":
        return speak("Not decided: too few took part.")
    if decision.result == "no_result":
        return speak("No result.")
    return speak("Not carried.")


def _reason(decision: Decision, speak: Speech) -> Markup | None:
    if decision.status == "cancelled":
        return speak("The reason: {reason}", reason=decision.reason)
    if decision.status == "void":
        return speak("Voci had to go back to an earlier copy, and the ballots are lost.")
    if decision.status != "closed":
        return None
    return speak("Fewer than 5 took part: no figures are told, and none are kept.")

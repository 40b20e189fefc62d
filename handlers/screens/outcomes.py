"""The outcome of a decision in words, with its reason."""

from __future__ import annotations

from markupsafe import Markup

from assembly.outcome import Outcome
from handlers.screen import lines
from handlers.speech import Speech
from storage.decisions import Decision


def question(decision: Decision) -> Markup:
    """The question itself, as a heading."""
    return Markup("<b>{}</b>").format(decision.question)


def told(decision: Decision, speak: Speech) -> Markup:
    """The question, what came of it, and why."""
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
    if decision.result == "carried":
        return speak("Carried.")
    if decision.result == "no_quorum":
        return speak("Not decided: too few took part.")
    if decision.result == "no_result":
        return speak("No result.")
    tally = decision.outcome
    if tally is not None and tally.yes == tally.no:
        return speak("Not carried: as many said no as yes.")
    return speak("Not carried.")


def figures(tally: Outcome, speak: Speech) -> Markup:
    """`12 yes, 7 no, 3 abstained. 22 of 41 took part; 14 were needed.`"""
    counts = speak(
        "{yes} yes, {no} no, {abstain} abstained.",
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
    )
    part = speak("{cast} of {electorate} took part.", cast=tally.cast, electorate=tally.electorate)
    if tally.needed > 0:
        part = speak.many(
            "{cast} of {electorate} took part; one was needed.",
            "{cast} of {electorate} took part; {n} were needed.",
            tally.needed,
            cast=tally.cast,
            electorate=tally.electorate,
        )
    return Markup(" ").join((counts, part))


def _reason(decision: Decision, speak: Speech) -> Markup | None:
    if decision.status == "cancelled":
        return speak("The reason: {reason}", reason=decision.reason)
    if decision.status == "void":
        return speak("Voci had to go back to an earlier copy, and the ballots are lost.")
    if decision.status != "closed":
        return None
    if decision.outcome is None:
        return speak("Fewer than 5 took part: no figures are told, and none are kept.")
    return figures(decision.outcome, speak)

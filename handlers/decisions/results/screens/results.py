"""What a decision came to, in words: the headline, the group's short post, and the whole account.

Everything is told from the outcome; where few secret ballots would tell who said what, only the
result itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assembly.counting.table import RANKED
from assembly.outcome import Outcome, Why
from assembly.rule import Rule
from handlers.core.screen import lines, paragraphs
from handlers.core.screens.room import length
from handlers.core.speech import Speech, later
from handlers.decisions.methods.table import WORDS, of_options
from handlers.decisions.results.screens.figures import (
    Reasons,
    agreement,
    few_decided,
    more,
    reasons,
    says_itself,
    turnout,
    votes,
)
from handlers.decisions.results.screens.options import elected, places, standings, ties, why
from handlers.decisions.results.screens.rounds import pairs, points, rounds
from handlers.decisions.results.screens.words import Bare, Names, figures

CAPTION, MESSAGE = 1024, 4096  # Telegram's limits, in UTF-16 units
REASON = 200  # characters of a reason in the post
_SHORTER = ((60, 6), (40, 5), (28, 3), (16, 1), (12, 0))  # characters of a name, lines of a list

_RESULTS = {
    "carried": later("Carried."),
    "not_carried": later("Not carried."),
    "no_quorum": later("Not decided: too few took part."),
    "no_result": later("No result."),
}
_BECAUSE = {
    Why.TOO_FEW_IN_A_ROLE: later("Not decided: too few took part in one of the roles."),
    Why.NOTHING_SAID: later("No result: nobody said anything that counts."),
    Why.NONE_ENOUGH: later("No result: no option got points from enough people."),
    Why.TIE: later("Not carried: as many said no as yes."),
    Why.ROLES_AGREE: later("Carried: every role agreed, too."),
    Why.A_ROLE_DISAGREES: later("Not carried: not every role agreed."),
    Why.NO_OBJECTION: later("Carried: nobody objected."),
    Why.NO_BLOCK: later("Carried: nobody blocked it."),
    Why.TOO_LITTLE_AGREEMENT: later("Not carried: too few agreed."),
}


def headline(rule: Rule, came: Outcome | Bare, speak: Speech, most: int | None = None) -> Markup:
    """What came of it, in a few words; options' names in at most `most` characters each."""
    if came.result == "chosen":
        return _chosen(rule, came.winners, Names(rule, speak, most), speak)
    outcome = figures(rule, came)
    if outcome is None:
        return speak(_RESULTS[came.result])
    if outcome.why is Why.OBJECTIONS:
        return speak.many(
            "Not carried: there is one objection.",
            "Not carried: there are {n} objections.",
            outcome.votes["object"],
        )
    if outcome.why is Why.BLOCKED:
        return speak.many(
            "Not carried: one person blocked it.",
            "Not carried: {n} people blocked it.",
            outcome.votes["block"],
        )
    return speak(_BECAUSE.get(outcome.why, _RESULTS[outcome.result]))


def post(
    rule: Rule, came: Outcome | Bare, speak: Speech, given: Reasons = (), room: int = CAPTION
) -> Markup:
    """The headline and why, short enough for the group: at most `room` UTF-16 units, from 700 on.

    Names become shorter and lists end earlier where there are many.
    """
    told = Markup("")
    for name, most in _SHORTER:
        told = lines(
            headline(rule, came, speak, None if name == _SHORTER[0][0] else name),
            *_in_short(rule, came, speak, given, name, most),
        )
        if length(told) <= room:
            break
    return told


def account(
    rule: Rule, came: Outcome | Bare, speak: Speech, given: Reasons = (), room: int = MESSAGE
) -> tuple[Markup, ...]:
    """How it was counted, with every figure there is: one text, or several of a message's length.

    Each has at most `room` UTF-16 units.

    This is the text twin of the outcome's picture.
    """
    head = [
        lines(speak("<b>How it was counted</b>"), headline(rule, came, speak)),
        speak(WORDS[rule.method].how),
    ]
    outcome = figures(rule, came)
    if outcome is None:
        return pages([*head, _nothing_told(speak)], room)
    parts = [turnout(rule, outcome.turnout, speak)]
    if outcome.votes:
        few = few_decided(rule, outcome, speak)
        parts.append(lines(votes(outcome.votes, speak), few, *agreement(rule, outcome, speak)))
    parts.append(lines(*reasons(given, speak, len(given), None)))
    return pages([*head, *parts, *_whole_count(rule, outcome, speak)], room)


def pages(parts: Iterable[Markup], room: int = MESSAGE) -> tuple[Markup, ...]:
    """Paragraphs in as few messages as they fit; one that is too long is cut between its lines."""
    found: list[Markup] = []
    for part in filter(None, parts):
        if found and length(together := paragraphs(found[-1], part)) <= room:
            found[-1] = together
        elif length(part) <= room:
            found.append(part)
        else:
            found += _cut(part, room)
    return tuple(found)


def _chosen(rule: Rule, winners: tuple[int, ...], names: Names, speak: Speech) -> Markup:
    told = names.all(winners)
    if len(winners) > rule.seats:
        return speak("A tie that nothing decides: {names}.", names=told)
    return speak(of_options(rule).chosen, names=told)


def _nothing_told(speak: Speech) -> Markup:
    return speak("Fewer than 5 took part by phone: no figures are told, and none are kept.")


def _in_short(
    rule: Rule, came: Outcome | Bare, speak: Speech, given: Reasons, name: int, most: int
) -> list[Markup]:
    outcome = figures(rule, came)
    if outcome is None:
        return [_nothing_told(speak)]
    told = []
    taking_part = turnout(rule, outcome.turnout, speak)
    if outcome.votes:
        told.append(Markup(" ").join((votes(outcome.votes, speak), taking_part)))
        told += filter(None, [few_decided(rule, outcome, speak)])
        if not says_itself(rule):
            told += agreement(rule, outcome, speak)
        return told + reasons(given, speak, most, min(REASON, 5 * name))
    names = Names(rule, speak, name)
    told.append(taking_part)
    told += why(rule, outcome, names, speak)
    listed = standings(rule, outcome, names, speak) or _elected(rule, outcome, names, speak)
    told += listed[:most]
    if listed[most:]:
        told.append(more(len(listed[most:]), speak))
    return told + ties(rule, outcome, names, speak, decisive_only=True)[: max(most, 1)]


def _elected(rule: Rule, outcome: Outcome, names: Names, speak: Speech) -> list[Markup]:
    return elected(outcome, names, speak) if rule.seats > 1 else []


def _whole_count(rule: Rule, outcome: Outcome, speak: Speech) -> list[Markup]:
    names = Names(rule, speak)
    parts = [
        lines(*why(rule, outcome, names, speak)),
        lines(*standings(rule, outcome, names, speak)),
    ]
    if outcome.count and rule.method in RANKED:
        parts += rounds(outcome.count, names, speak)
        parts += pairs(outcome.count, names, speak)
    parts.append(lines(*ties(rule, outcome, names, speak)))
    if outcome.count and rule.method in RANKED:
        parts.append(lines(speak("The order:"), *places(outcome.count, names, speak)))
    if outcome.borda:
        parts.append(points(outcome.borda, names, speak))
    return parts


def _cut(part: Markup, room: int) -> list[Markup]:
    pieces = [Markup("")]
    for line in part.split("\n"):
        longer = lines(pieces[-1], line) if pieces[-1] else line
        if length(longer) <= room:
            pieces[-1] = longer
        else:
            pieces.append(line)
    return pieces

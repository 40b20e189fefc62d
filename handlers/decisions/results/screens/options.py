"""What options got, why these are chosen, and which ties stood in the way."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from markupsafe import Markup

from assembly.count import Count, Reason, Tie
from assembly.counting.table import METHODS
from assembly.outcome import Outcome, Points
from assembly.rule import CARRIES_ROLE, Rule
from handlers.core.speech import Speech
from handlers.decisions.methods.method import Figures
from handlers.decisions.methods.numbers import average, number
from handlers.decisions.methods.table import of_options
from handlers.decisions.results.screens.words import Names


def why(rule: Rule, outcome: Outcome, names: Names, speak: Speech) -> list[Markup]:
    """Why these are chosen, in a sentence where the method has one."""
    if outcome.result != "chosen":
        return []
    told = [_by_count(outcome.count, names, speak)] if outcome.count else []
    if rule.seats > 1 and len(outcome.winners) < rule.seats:
        told.append(
            speak.many(
                "One of {seats} places is filled: there was nobody else to choose.",
                "{n} of {seats} places are filled: there was nobody else to choose.",
                len(outcome.winners),
                seats=rule.seats,
            )
        )
    if rule.parity in CARRIES_ROLE:
        told.append(speak("Each role weighs the same, however many of it took part."))
        if all(one.weighed is None for one in outcome.points):
            told.append(
                speak("No figures by role, and no order: too few of one role to hide among.")
            )
    return [sentence for sentence in told if sentence]


def standings(rule: Rule, outcome: Outcome, names: Names, speak: Speech) -> list[Markup]:
    """A line an option, best first, with what it got; none for methods that go round by round."""
    if outcome.points:
        lines = [(one.option, _points(rule, one, speak)) for one in outcome.points]
    elif outcome.count and not METHODS[rule.method].ranked:
        lines = [
            (option, _votes(rule, outcome.count, option, speak)) for option in order(outcome.count)
        ]
    else:
        return []
    return [
        Markup("{} {}: {}").format(
            "✓" if option in outcome.winners else "•", names.one(option), got
        )
        for option, got in lines
    ]


def elected(outcome: Outcome, names: Names, speak: Speech) -> list[Markup]:
    """A line for everybody elected by transferable vote: in which round, and with how much."""
    told = []
    for at, round_ in enumerate(outcome.count.rounds if outcome.count else (), 1):
        for option in round_.elected:
            votes = round_.votes[option]
            got = average(Fraction(votes), speak)
            had = {"name": names.one(option), "votes": got, "at": at}
            if round_.quota is None or votes >= round_.quota:
                told.append(speak("✓ {name}: {votes} in round {at}", **had))
            else:
                told.append(speak("✓ {name}: {votes} in round {at}, with nobody else left", **had))
    return told


def ties(
    rule: Rule, outcome: Outcome, names: Names, speak: Speech, *, decisive_only: bool = False
) -> list[Markup]:
    """Who was level, and what decided; `decisive_only` leaves out what made no difference."""
    return [
        Markup(" ").join((_level(rule, tie, names, speak), _decided(tie, speak)))
        for tie in outcome.ties
        if tie.decided_by != "either_way" or not decisive_only
    ]


def places(count: Count, names: Names, speak: Speech) -> list[Markup]:
    """The order that came out, a line a place."""
    lines, at = [], 1
    for place in count.order:
        lines.append(Markup("{}. {}").format(at, names.all(place)))
        at += len(place)
    return lines


def order(count: Count) -> list[int]:
    """All options, the best first."""
    return [option for place in count.order for option in place]


def _by_count(count: Count, names: Names, speak: Speech) -> Markup | None:
    reason, winners = count.reason, names.all(count.winners)
    if reason.kind == "majority":
        return _runoff(count, reason, winners, speak)
    if reason.kind == "beats_all" and count.seats == 1:
        return speak("Against each of the others, more people put {name} first.", name=winners)
    if reason.kind in ("strongest_paths", "locked") and count.seats == 1 and count.ties:
        return speak("None is ahead of each of the others.")
    if reason.kind == "strongest_paths" and count.seats == 1:
        return speak(
            "None is ahead of each of the others. {name} has the strongest chains of majorities.",
            name=winners,
        )
    if reason.kind == "locked" and count.seats == 1:
        return speak(
            "None is ahead of each of the others. {name} comes first if the largest majorities "
            "are kept first.",
            name=winners,
        )
    if reason.kind == "quota" and count.quota is not None:
        return speak("The quota: {quota}.", quota=average(Fraction(count.quota), speak))
    if reason.kind == "all_elected":
        return speak("There were no more options than places.")
    return None


def _runoff(count: Count, reason: Reason, winner: Markup, speak: Speech) -> Markup:
    assert reason.votes is not None and reason.of is not None  # noqa: S101 - a majority has both
    votes, of, last = number(reason.votes, speak), number(reason.of, speak), len(count.rounds)
    return speak.many(
        "In the first round {name} has {votes} of {of}, more than half.",
        "In round {n} {name} has {votes} of {of}, more than half.",
        last,
        name=winner,
        votes=votes,
        of=of,
    )


def _points(rule: Rule, one: Points, speak: Speech) -> Markup:
    figures = _figures(rule)
    got = figures.got(one, speak)
    if one.weighed is None:
        return got
    weighed = figures.weighed(one.weighed, speak)
    return speak("{got}; all roles weighing the same: {weighed}", got=got, weighed=weighed)


def _votes(rule: Rule, count: Count, option: int, speak: Speech) -> Markup:
    votes = count.rounds[0].votes[option]
    if count.reason.of is None:
        return _figures(rule).got(Points(option, int(votes), int(votes)), speak)
    return speak("{votes} of {of}", votes=number(votes, speak), of=number(count.reason.of, speak))


def _figures(rule: Rule) -> Figures:
    figures = of_options(rule).figures
    assert figures is not None  # noqa: S101 - only where each option has a figure of its own
    return figures


def _level(rule: Rule, tie: Tie, names: Names, speak: Speech) -> Markup:
    between, level = names.all(tie.between), of_options(rule).level
    if level is not None:
        return speak(level, names=between)
    if tie.at is None:
        return speak("{names} were level.", names=between)
    return speak("In round {at}, {names} were level.", at=tie.at, names=between)


def _decided(tie: Tie, speak: Speech) -> Markup:
    match tie.decided_by:
        case "earlier_round":
            return speak("Round {earlier} decided, where they were not.", earlier=tie.earlier)
        case "drawn":
            return speak("A lot, drawn beforehand, decided.")
        case "either_way":
            return speak("It made no difference.")
        case "nothing":
            return speak("Nothing decides between them.")
        case "too_many":
            return speak("There are too many ties to follow.")
        case _:
            assert_never(tie.decided_by)

"""The figures of the count in the room, and the words that they belong to."""

from __future__ import annotations

from markupsafe import Markup

from assembly.collected import INVALID
from assembly.counting.table import WORDS
from assembly.in_person import Headcounts, Place, headcount_of, places
from assembly.outcome import InPersonBallots
from assembly.rule import Rule
from handlers.core.screen import lines
from handlers.core.speech import Speech
from handlers.decisions.in_person.screens import papers
from handlers.decisions.in_person.screens.headcount import of_role
from handlers.decisions.results.screens import ballot_words


def figures(
    rule: Rule, ballots: tuple[InPersonBallots, ...], headcounts: Headcounts, speak: Speech
) -> Markup:
    """What is entered so far, role by role where it is asked; and of how many people."""
    number = sum(each.ballots for each in ballots)
    people = headcount_of(headcounts, None)
    whole = speak("{number} of {people} in the room.", number=number, people=people)
    if rule.method not in WORDS:
        return lines(whole, *papers.listed(rule, ballots, speak))
    by_place = {Place(each.choice, each.role): each.ballots for each in ballots}
    parts: list[Markup | None] = [whole]
    role = None
    for place in places(rule, headcounts):
        if place.role is not role:
            role = place.role
            parts.append(of_role(role, speak))
        parts.append(
            speak("{word}: {number}", word=said(place, speak), number=by_place.get(place, 0))
        )
    return lines(*parts)


def too_many(at_most: int, speak: Speech) -> Markup:
    """More ballots than people, said at once."""
    return speak.many(
        "That is more than there are people: here at most one.",
        "That is more than there are people: here at most {n}.",
        at_most,
    )


def said(place: Place, speak: Speech) -> str:
    """A word as its ballot says it."""
    if place.choice == INVALID:
        return speak("Invalid").unescape()
    return ballot_words.label(place.choice, speak)

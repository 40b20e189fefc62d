"""The whole count of a ranking in words: round by round, or each option against each other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from assembly.count import Count, Pairwise, Round
from handlers.core.screen import lines
from handlers.core.speech import Speech
from handlers.decisions.methods.numbers import number
from handlers.decisions.results.screens.options import order
from handlers.decisions.results.screens.words import Names, change


def rounds(count: Count, names: Names, speak: Speech) -> list[Markup]:
    """A paragraph a round: who had how many, how that changed, and what followed."""
    before: Round | None = None
    told = []
    moving = len({round_.quota for round_ in count.rounds}) > 1
    for at, round_ in enumerate(count.rounds, 1):
        told.append(
            lines(
                _head(at, round_.quota if moving else None, speak),
                *_standing(round_, before, names, speak),
                *_followed(round_, names, speak),
            )
        )
        before = round_
    return told


def pairs(count: Count, names: Names, speak: Speech) -> list[Markup]:
    """A paragraph an option, best first, with its figures against all further down."""
    if count.pairwise is None:
        return []
    told, options = [], order(count)
    for place, one in enumerate(options[:-1]):
        others = options[place + 1 :]
        told.append(
            lines(
                Markup("<b>{}</b>").format(names.one(one)),
                *(_pair(count.pairwise, one, other, names, speak) for other in others),
            )
        )
    return told


def points(count: Count, names: Names, speak: Speech) -> Markup:
    """Borda's points of all options, in one sentence."""
    votes = count.rounds[0].votes if count.rounds else {}
    told = (
        Markup("{} {}").format(names.one(option), number(votes[option], speak))
        for option in sorted(votes, key=lambda option: -votes[option])
    )
    return speak(
        "For information only, points for places (Borda count): {points}.",
        points=Markup(", ").join(told),
    )


def _head(at: int, quota: Decimal | None, speak: Speech) -> Markup:
    if quota is None:
        return speak("<b>Round {at}</b>", at=at)
    return speak("<b>Round {at}</b>, quota {quota}", at=at, quota=number(quota, speak))


def _standing(round_: Round, before: Round | None, names: Names, speak: Speech) -> Iterable[Markup]:
    for option in sorted(round_.votes, key=lambda option: -round_.votes[option]):
        earlier = before.votes.get(option) if before else None
        yield _had(names.one(option), round_.votes[option], earlier, speak)
    earlier = before.exhausted if before else None
    if round_.exhausted or earlier:
        yield _had(str(speak("No longer counting")), round_.exhausted, earlier, speak)


def _had(name: str, votes: Decimal, earlier: Decimal | None, speak: Speech) -> Markup:
    moved = Markup("")
    if earlier is not None and votes != earlier:
        moved = Markup(" ({})").format(change(votes - earlier, speak))
    return Markup("{}: {}{}").format(name, number(votes, speak), moved)


def _followed(round_: Round, names: Names, speak: Speech) -> Iterable[Markup]:
    if round_.elected:
        yield speak("✓ Elected: {names}", names=names.all(round_.elected))
    if round_.excluded:
        yield speak("✗ Out: {names}", names=names.all(round_.excluded))
    if round_.surplus_of is not None:
        name = names.one(round_.surplus_of)
        yield speak("→ What {name} has above the quota moves on.", name=name)


def _pair(matrix: Pairwise, one: int, other: int, names: Names, speak: Speech) -> Markup:
    for_, against = matrix[one][other], matrix[other][one]
    figures = {"name": names.one(other), "one": for_, "other": against}
    if for_ > against:
        return speak("ahead of {name}, {one} to {other}", **figures)
    if for_ < against:
        return speak("behind {name}, {one} to {other}", **figures)
    return speak("level with {name}, {one} to {other}", **figures)

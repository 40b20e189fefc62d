"""Ranked ballots in few letters, for tests: "42 ABC" is 42 ballots with A first; "3 A=BC"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from hypothesis import strategies as st

from assembly.count import Count
from assembly.ranking import Ballots, Place, Ranking, group

LETTERS = "ABCDEFGHIJKLM"


def ranking(text: str) -> Ranking:
    places: list[Place] = []
    for number, letter in enumerate(text):
        if letter == "=":
            continue
        option = LETTERS.index(letter)
        if number and text[number - 1] == "=":
            last = places.pop()
            places.append((*last, option) if isinstance(last, tuple) else (last, option))
        else:
            places.append(option)
    return tuple(places)


def ballots(*lines: str, withdrawn: str = "") -> Ballots:
    """Ballots of lines like "42 ABC"; options are all letters up to the last that is named."""
    rankings = dict[Ranking, int]()
    for line in lines:
        weight, _, text = line.partition(" ")
        rankings[ranking(text)] = rankings.get(ranking(text), 0) + int(weight)
    named = max(LETTERS.index(letter) + 1 for letter in "".join(lines) if letter in LETTERS)
    gone = frozenset(LETTERS.index(letter) for letter in withdrawn)
    return Ballots(tuple(LETTERS[:named]), rankings, gone)


def letters(options: Iterable[int]) -> str:
    return "".join(LETTERS[option] for option in options)


def order(count: Count) -> str:
    """The places of a count, like "A BC D"."""
    return " ".join(letters(place) for place in count.order)


def votes(standing: Mapping[int, Decimal]) -> dict[str, str]:
    """Votes by letter, as exact text."""
    return {LETTERS[o]: format(v.normalize(), "f") for o, v in standing.items()}


@st.composite
def profiles(
    draw: st.DrawFn,
    options: st.SearchStrategy[int] = st.integers(2, 5),  # noqa: B008
    *,
    equal: bool = False,
    complete: bool = False,
) -> Ballots:
    """Up to twelve distinct rankings of a few options, with weights."""
    n = draw(options)
    cast: dict[Ranking, int] = {}
    for _ in range(draw(st.integers(1, 12))):
        everyone = draw(st.permutations(range(n)))
        named = everyone if complete else everyone[: draw(st.integers(0, n))]
        places: list[Place] = list(named)
        if equal and len(named) > 1 and draw(st.booleans()):
            at = draw(st.integers(0, len(named) - 2))
            places[at : at + 2] = [tuple(sorted(named[at : at + 2]))]
        cast[tuple(places)] = draw(st.integers(1, 9))
    return Ballots(tuple(LETTERS[:n]), cast)


def single(of: Ballots) -> list[Ranking]:
    """Every ballot for itself."""
    return [ranking for ranking, weight in of.rankings.items() for _ in range(weight)]


def among(of: Ballots, numbers: list[int]) -> list[int]:
    """Those of some numbers that are options."""
    return [number for number in numbers if number < len(of.options)]


def relabelled(of: Ballots, new: list[int]) -> Ballots:
    """The same ballots with every option under another number."""

    def place(old: Place) -> Place:
        return tuple(sorted(new[o] for o in old)) if isinstance(old, tuple) else new[old]

    return Ballots(
        of.options,
        {tuple(place(p) for p in ranking): weight for ranking, weight in of.rankings.items()},
    )


def check_fairness(
    of: Ballots, new: list[int], tally: Callable[[Ballots], Count], *, rounds: bool = True
) -> None:
    """Neither the order of the ballots, nor how they are grouped, nor who is who matters.

    `new`: a permutation of the options' numbers, which may have more numbers than options.
    """
    new = among(of, new)
    count = tally(of)
    again = tally(Ballots(of.options, dict(reversed(list(of.rankings.items())))))
    assert again == count
    assert tally(group(of.options, single(of))) == count
    other = tally(relabelled(of, new))
    assert {new[option] for option in count.winners} == set(other.winners)
    places = [{new[option] for option in place} for place in count.order]
    assert [set(place) for place in other.order] == places
    if rounds and not any(tie.decided_by == "either_way" for tie in count.ties):
        for one, two in zip(count.rounds, other.rounds, strict=True):
            assert {new[o]: v for o, v in one.votes.items()} == dict(two.votes)


def check_conservation(count: Count, cast: int) -> None:
    """In every round votes and exhausted add up to the ballots; nobody sits twice."""
    for round_ in count.rounds:
        assert sum(round_.votes.values()) + round_.exhausted == cast
        assert min(round_.votes.values()) >= 0 and round_.exhausted >= 0
    elected = [option for round_ in count.rounds for option in round_.elected]
    excluded = [option for round_ in count.rounds for option in round_.excluded]
    assert len(elected) == len(set(elected)) and len(excluded) == len(set(excluded))
    assert not set(elected) & set(excluded)
    assert set(elected) <= set(count.winners)

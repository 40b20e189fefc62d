"""Polls in few letters, for tests: `poll("user: 5 yes 2 no", "family: 3 no")`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from assembly.ballot import Ballot
from assembly.outcome import Outcome, Poll
from assembly.roles import Role
from assembly.rule import CARRIES_ROLE, Rule

BLANK = "blank"

Votes = Mapping[Role, Mapping[str, int]]


def poll(
    rule: Rule, *lines: str, silent: int = 0, drawn: tuple[int, ...] = (), **more: object
) -> Poll:
    """Ballots by role in lines like "user: 5 yes 2 no"; without a role, of users.

    `silent` more in the electorate of each role that a line names. "blank" is an empty ballot.
    """
    votes: dict[Role, Counter[str]] = {}
    for line in lines:
        role, _, text = line.rpartition(": ")
        words = text.split()
        said = votes.setdefault(Role(role or "user"), Counter())
        for number, word in zip(words[::2], words[1::2], strict=True):
            said["" if word == BLANK else word] += int(number)
    return of_votes(rule, votes, silent, drawn, **more)


def of_votes(
    rule: Rule, votes: Votes, silent: int = 0, drawn: tuple[int, ...] = (), **more: object
) -> Poll:
    """The poll in which each role says this."""
    named = rule.parity in CARRIES_ROLE
    ballots = tuple(
        Ballot(choice, role=role if named else None)
        for role, said in votes.items()
        for choice, number in said.items()
        for _ in range(number)
    )
    cast = {role: sum(said.values()) for role, said in votes.items()}
    electorate = {role: number + silent for role, number in cast.items()}
    fields: dict[str, object] = {"electorate": electorate, "cast": cast, "drawn": drawn, **more}
    return Poll(ballots, **fields)  # type: ignore[arg-type]


def told(outcome: Outcome) -> tuple[str, str]:
    """What came out, and what settled it, in their words."""
    return outcome.result, outcome.why.value


@st.composite
def votes(
    draw: st.DrawFn,
    choices: st.SearchStrategy[str],
    most: int = 6,
) -> dict[Role, dict[str, int]]:
    """What each of one to three roles says, up to a few distinct ballots each."""
    roles = draw(st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True))
    return {
        role: draw(st.dictionaries(choices, st.integers(1, most), max_size=4)) for role in roles
    }


def times(votes: Votes, factor: int) -> Votes:
    """The same ballots, each several times."""
    return {role: {c: n * factor for c, n in said.items()} for role, said in votes.items()}


def renamed(votes: Votes, new: Sequence[int]) -> Votes:
    """The same ballots of one sign an option, with every option under another number."""
    old = [list(new).index(number) for number in range(len(new))]
    return {
        role: {"".join(choice[number] for number in old): n for choice, n in said.items()}
        for role, said in votes.items()
    }

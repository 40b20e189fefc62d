"""What moved from round to round of a count: who gave how many votes, and who got them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from assembly.count import Round
from assembly.immutable import immutable


@immutable
class Transfer:
    """What moved after the round `at` (from 1): `given` by options, `got` by others, all above 0.

    `exhausted` is what counts for nobody from then on. What is given is what is got and exhausted.
    With Meek's method what an option gives is what its share fell by, less what came to it.
    """

    at: int
    given: Mapping[int, Decimal]
    got: Mapping[int, Decimal]
    exhausted: Decimal


def transfers(rounds: Iterable[Round]) -> tuple[Transfer, ...]:
    """One for each round that another one follows: the differences of their votes."""
    found = []
    for at, (before, after) in enumerate(pairwise(rounds), 1):
        moved = {
            option: after.votes.get(option, Decimal(0)) - votes
            for option, votes in before.votes.items()
        }
        found.append(
            Transfer(
                at,
                {option: -votes for option, votes in moved.items() if votes < 0},
                {option: votes for option, votes in moved.items() if votes > 0},
                after.exhausted - before.exhausted,
            )
        )
    return tuple(found)

"""In which order the assembly talks about its proposals: by support, each role weighing alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from assembly.immutable import immutable
from assembly.roles import Role


@immutable
class Standing:
    """Where a proposal stands: id, when it was made (UTC epoch seconds), weight (0 to 1)."""

    id: int
    created_at: int
    weight: Fraction


def weight(supporters: Mapping[Role, int], members: Mapping[Role, int]) -> Fraction:
    """Mean over the roles present of the share of that role in support, 0 to 1, exact.

    Both mappings are head-counts; a role that is missing counts as 0. Roles without members are
    left out of the mean; with no members at all the weight is 0. Every role counts alike, whatever
    its head-count. Raises ValueError when a count is negative or a role has more supporters than
    members. Source: parity as in co-production (Pocobello et al. 2020, doi 10.1111/inm.12681).
    """
    shares: list[Fraction] = []
    for role in Role:
        support, size = supporters.get(role, 0), members.get(role, 0)
        if not 0 <= support <= size:
            raise ValueError(f"{support} supporters among {size} members of role {role}")
        if size:
            shares.append(Fraction(support, size))
    return sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)


def order(items: Iterable[Standing]) -> list[Standing]:
    """Heaviest first; ties by age: who has waited longer comes first, then the lower id.

    The result doesn't depend on the order in which the items come in. Raises nothing.
    """
    return sorted(items, key=lambda item: (-item.weight, item.created_at, item.id))

"""What may be said about who supports a proposal, beside the number of voices.

Support is public in sum and private in person. A word about the groups is a word about people as
soon as a group is small: "from all three groups" in a centre with one professional says whose
voice it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.roles import Role

SMALLEST_GROUP = 5
"""Members a role must have before a word about it hides each of them among others."""

FEWEST_VOICES = 2
"""Voices from each role, so that no single voice decides whether the words are said."""

WAITING = 30 * 24 * 3600
"""Seconds after which a proposal has waited long enough for the list to say so: 30 days."""


def from_all_groups(supporters: Mapping[Role, int], members: Mapping[Role, int]) -> bool:
    """Whether the list may say that the voices come from all three groups.

    Both mappings are head-counts; a role that is missing counts as 0. True only where every role
    has at least SMALLEST_GROUP members and gives at least FEWEST_VOICES voices. The opposite is
    never said: "from two groups" would point at the third. Raises nothing. Source: k-anonymity
    (Sweeney 2002, doi 10.1142/S0218488502001648), with the reasons in docs/anonymity.md.
    """
    return all(
        members.get(role, 0) >= SMALLEST_GROUP and supporters.get(role, 0) >= FEWEST_VOICES
        for role in Role
    )


def is_small(role: Role, members: Mapping[Role, int]) -> bool:
    """Whether a role is so small that the order of the list may tell who supports a proposal.

    The order weighs each role alike, so one voice from a small role moves a proposal visibly.
    True below SMALLEST_GROUP members. Raises nothing.
    """
    return members.get(role, 0) < SMALLEST_GROUP


def has_waited(created_at: int, now: int) -> bool:
    """Whether a proposal is older than WAITING; both are UTC epoch seconds. Raises nothing."""
    return now - created_at > WAITING

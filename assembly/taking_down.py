"""Taking down a proposal that names or hurts somebody: two facilitators, of two different roles.

What could be turned against one person takes two, and is told to whom it concerns. The assembly has
the last word: whoever wrote it can ask whether that was right.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.roles import Role


def seconds(
    facilitators: Mapping[int, Role], first: int, role: Role, author: int | None
) -> frozenset[int]:
    """Who can agree with the first one, whose role is given: ids of facilitators of another role.

    None of the same role, however many there are, and never the author. Empty where it can't be
    done. Raises nothing.
    """
    return frozenset(
        member
        for member, each in facilitators.items()
        if each is not role and member not in (first, author)
    )

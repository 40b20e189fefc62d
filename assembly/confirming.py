"""When a second facilitator has to agree, and who that can be.

Nobody's duty alone is enough to change what all the others rely on. The second one comes from
another role, as tellers are appointed from both sides of a question (Robert's Rules of Order Newly
Revised, 12th ed., 45:22 to 45:36), where somebody of another role facilitates.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.roles import Role

Facilitators = Mapping[int, Role]  # by the id of the member


def seconds(facilitators: Facilitators, first: int, role: Role) -> frozenset[int]:
    """Who can confirm what this one proposed: ids of other facilitators; none where it is alone.

    `role` is that of the first one, who need not facilitate any more. Those of another role where
    there are any, otherwise all others. Raises nothing.
    """
    others = {member: each for member, each in facilitators.items() if member != first}
    differing = {member for member, each in others.items() if each is not role}
    return frozenset(differing or others)


def may_confirm(facilitators: Facilitators, first: int, role: Role, member: int) -> bool:
    """Whether this facilitator's word is the second one; alone, nobody else is asked."""
    others = seconds(facilitators, first, role)
    return member in others if others else member in facilitators

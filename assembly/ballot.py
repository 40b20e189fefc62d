"""What one ballot says, as a short text that fits into a button and into a list."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.roles import Role

DIGITS = "0123456789abcdefghij"
"""One sign for each option, by its number from 0."""

UNSCORED = "-"
SCORES = "012345"


class Misvote(ValueError):
    """This is no ballot of this decision."""


@immutable
class Ballot:
    """One ballot as it is counted. `role` only where the rule needs it.

    `choice`: a word (`yes`); or for approval the options agreed with, in order (`03a`, may be
    empty); for a ranking the options from the best on (`20a1`, may be empty); for score one sign
    an option, 0 to 5 or `-` for unscored (`5-30`); for dots how many dots each option has, one
    sign an option (`3020`). What is good is the form's to say (assembly/forms/).
    """

    choice: str
    reason: str = ""
    role: Role | None = None


def numbers(choice: str, count: int) -> tuple[int, ...] | None:
    """The options that a text names, each once and all below `count`; None for anything else."""
    found = tuple(DIGITS.find(sign) for sign in choice)
    if len(set(found)) < len(found) or any(not 0 <= number < count for number in found):
        return None
    return found

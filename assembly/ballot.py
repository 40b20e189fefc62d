"""What one ballot says, as a short text that fits into a button and into a list."""

from __future__ import annotations

from dataclasses import dataclass

from assembly.roles import Role
from assembly.rule import RANKED, WORDS, DecisionMethod, Rule

DIGITS = "0123456789abcdefghij"
"""One sign for each option, by its number from 0."""

UNSCORED = "-"
SCORES = "012345"


class Misvote(ValueError):
    """This is no ballot of this decision."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot as it is counted. `role` only where the rule needs it.

    `choice`: a word of WORDS; or for approval the options agreed with, in order (`03a`, may be
    empty); for a ranking the options from the best on (`20a1`, may be empty); for score one sign
    an option, 0 to 5 or `-` for unscored (`5-30`); for dots how many dots each option has, one
    sign an option (`3020`).
    """

    choice: str
    reason: str = ""
    role: Role | None = None


def check(choice: str, rule: Rule) -> str:
    """The choice, if it is one under the rule; raises Misvote for anything else."""
    method, count = rule.method, len(rule.options)
    if method in WORDS:
        good = choice in WORDS[method]
    elif method is DecisionMethod.APPROVAL:
        good = numbers(choice, count) is not None and "".join(sorted(choice)) == choice
    elif method in RANKED:
        good = numbers(choice, count) is not None
    elif method is DecisionMethod.SCORE:
        good = len(choice) == count and set(choice) <= {*SCORES, UNSCORED}
    else:
        good = (
            len(choice) == count
            and set(choice) <= set(DIGITS)
            and sum(DIGITS.index(sign) for sign in choice) <= rule.dots
        )
    if not good:
        raise Misvote("no ballot of this decision")
    return choice


def numbers(choice: str, count: int) -> tuple[int, ...] | None:
    """The options that a text names, each once and all below `count`; None for anything else."""
    found = tuple(DIGITS.find(sign) for sign in choice)
    if len(set(found)) < len(found) or any(not 0 <= number < count for number in found):
        return None
    return found

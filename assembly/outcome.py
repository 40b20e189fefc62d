"""What a tally hands back: the result of a decision with the figures it rests on, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Result = Literal["carried", "not_carried", "no_quorum", "no_result"]

_ENOUGH_TO_HIDE_IN = 5


class Choice(StrEnum):
    """What a ballot can say where the question is answered by yes or no."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result with its reasons, all counts of members.

    `cast` is yes + no + abstain, `electorate` who could take part, `needed` how many had to take
    part for the quorum. The sentence that a person reads is made from these figures.
    """

    result: Result
    yes: int
    no: int
    abstain: int
    cast: int
    electorate: int
    needed: int


def shows_figures(outcome: Outcome) -> bool:
    """Whether figures may be told: from 5 ballots on; below that, only the result.

    Source: DESIGN section 8; among four, a figure says too easily who said what.
    """
    return outcome.cast >= _ENOUGH_TO_HIDE_IN

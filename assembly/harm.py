"""A proposal that names or hurts somebody: why its author is asked to look at it once more."""

from __future__ import annotations

from enum import StrEnum


class Harm(StrEnum):
    """Why; words of their own would be one more thing that is said about somebody."""

    NAMES = "n"  # it names, or means, a person who has not agreed
    PRIVATE = "p"  # it tells something private about somebody
    HURTS = "h"  # it insults or threatens somebody

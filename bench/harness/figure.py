"""What a benchmark measures, and which of it has a limit."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: its name, its unit ("" for a ratio or a count), perhaps a limit.

    `digits` are those after the decimal point. A figure has at most one of the two limits; a value
    that lies on its limit keeps it.
    """

    name: str
    unit: str = ""
    digits: int = 2
    at_least: float | None = None
    at_most: float | None = None

    @property
    def limit(self) -> str:
        """The limit in words, "" without one."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return "" if self.at_most is None else f"at most {self.at_most:g}"

    def missed(self, value: float) -> bool:
        """Whether the value misses the limit; what is no number at all misses always."""
        if not math.isfinite(value):
            return True
        below = self.at_least is not None and value < self.at_least
        return below or (self.at_most is not None and value > self.at_most)

    def written(self, value: float) -> str:
        """`1,449 a second`"""
        return f"{value:,.{self.digits}f} {self.unit}".rstrip()

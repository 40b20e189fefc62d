"""The only thing the sandbox asks of time."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since 1970-01-01 00:00 UTC."""
        ...

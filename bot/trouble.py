"""What lasts for a while is logged when it begins and when it is over, with its cause."""

from __future__ import annotations

import logging

from bot.clock import Clock

log = logging.getLogger(__name__)


class Trouble:
    """A cause is logged once, as long as it stays the same, and so is its end.

    `what`: what it keeps from happening, as in "no updates"; `over`: what is said at the end.
    """

    def __init__(self, clock: Clock, what: str, over: str) -> None:
        self._clock = clock
        self._what, self._over = what, over
        self._cause = ""
        self._since = 0.0

    def meets(self, cause: str) -> None:
        """It does not happen, for this reason."""
        if not self._cause:
            self._since = self._clock.now()
        if cause != self._cause:
            log.warning("%s: %s", self._what, cause)
        self._cause = cause

    def ends(self) -> None:
        """It happens."""
        if self._cause:
            log.info("%s, after %d s", self._over, self._clock.now() - self._since)
        self._cause = ""

"""Messages whose places no table may name: to whom they were sent says what must not be known.

They are known in the memory of the process alone, and forgotten with it. Then their buttons stay,
and lead to what came of the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from storage.messages import Place


def _nowhere(_: Place) -> None:
    """Without a bot nothing has buttons."""


@dataclass(slots=True)
class Unwritten:
    """By place the decisions that a message is about; `take_buttons` is what the bot does then."""

    take_buttons: Callable[[Place], None] = _nowhere
    _about: dict[Place, set[int]] = field(default_factory=dict)

    def note(self, place: Place, decisions: Iterable[int]) -> None:
        """A message stands there, with buttons that lead to these."""
        self._about[place] = {*decisions}

    def forget(self, place: Place) -> None:
        """The message there is about something else by now."""
        self._about.pop(place, None)

    def over(self, decision_id: int) -> None:
        """A decision is over: what is about no other loses its buttons, and is forgotten."""
        for place, about in [*self._about.items()]:
            about.discard(decision_id)
            if not about:
                del self._about[place]
                self.take_buttons(place)

"""What messages show, as far as this process has seen: so that none is edited into itself."""

from __future__ import annotations

import json
from collections import OrderedDict

from handlers.core.screen import Posted

REMEMBERED = 10_000  # messages of which is known what they show

Place = tuple[int, int]  # chat and message


class Shown:
    """Keeps a number for each message, and no word of it."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered  # 0 where other processes change the same messages
        self._looks: OrderedDict[Place, object] = OrderedDict()

    def shows(self, place: Place, content: Posted) -> bool:
        """Whether this stands there already."""
        return self._looks.get(place) == _look(content)

    def note(self, place: Place, content: Posted) -> None:
        """This stands there now."""
        self._remember(place, _look(content))

    def begin(self, place: Place) -> object:
        """An edit is under way: until it is through nobody knows what stands there."""
        edit = object()
        self._remember(place, edit)
        return edit

    def end(self, place: Place, edit: object, content: Posted) -> None:
        """This edit is through; where another one has begun since, that one tells."""
        if self._looks.get(place) is edit:
            self.note(place, content)

    def forget(self, place: Place) -> None:
        """It was changed in another way."""
        self._looks.pop(place, None)

    def _remember(self, place: Place, look: object) -> None:
        self._looks[place] = look
        self._looks.move_to_end(place)
        if len(self._looks) > self._remembered:
            self._looks.popitem(last=False)


def _look(content: Posted) -> int:
    return hash((content.text, json.dumps(content.keyboard)))

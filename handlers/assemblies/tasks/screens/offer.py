"""What the group reads of tasks: what nobody has taken yet, by its words, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.tasks import Standing
from handlers.core.screen import Button, DeepLink, lines
from handlers.core.screens.room import as_many_as_fit
from handlers.core.speech import Speech
from storage.tasks import Task

_ROOM = 900  # units of a message's 4,096


def who_takes_it(found: Sequence[Task], speak: Speech) -> Markup | None:
    """What is offered; of what is taken only how many. None where nothing is free."""
    free = [task for task in found if task.standing is Standing.FREE]
    if not free:
        return None
    told = [Markup("• {}").format(task.what) for task in free]
    return lines(speak("Next: who takes it on?"), *as_many_as_fit(told, _ROOM, speak))


def way_to(centre_id: int, link: DeepLink, speak: Speech) -> Button:
    """The link under the group's post: whose name stands where is asked in private."""
    return Button(str(speak("I’ll take something on")), url=link(f"tasks_{centre_id}"))

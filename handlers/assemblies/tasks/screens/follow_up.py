"""What was decided last time and what became of it: what an assembly opens with."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.endings import Ending
from assembly.tasks import Standing, asks_for_a_point, count
from handlers.assemblies.tasks.presses import MakePoint, SeeTask
from handlers.assemblies.tasks.screens import words
from handlers.core.names import known_as
from handlers.core.screen import Button, lines, paragraphs
from handlers.core.screens.room import as_many_as_fit
from handlers.core.speech import Speech
from storage.follow_ups import FollowUp, Settled
from storage.tasks import Task

_ROOM = 1100  # units of a message's 4,096, for the points and for the tasks each
_NUMBERS = 5  # buttons in a row


def told(found: FollowUp, outcomes: Mapping[int, Markup], speak: Speech) -> Markup:
    """For whoever leads, to be read out; `outcomes`: what came of points that were decided."""
    if found.held_at is None and not found.tasks:
        return speak("There is nothing from before yet.")
    settled = [_settled(each, outcomes.get(each.item_id), speak) for each in found.settled]
    heading = None
    if found.held_at is not None:
        day = speak.day(found.held_at)
        heading = (
            speak("On {day} it was decided:", day=day)
            if settled
            else speak("On {day} nothing was decided.", day=day)
        )
    return paragraphs(
        lines(heading, *as_many_as_fit(settled, _ROOM, speak)) if heading is not None else None,
        _tasks(found, speak),
    )


def numbers(found: FollowUp, speak: Speech) -> Markup | None:
    """For the group as it begins: how many are done and open, and nobody's name."""
    if not found.tasks:
        return None
    counted = count(task.standing for task in found.tasks)
    if not counted.open:
        return speak("What was to be done is done.")
    if not counted.done:
        return speak.many(
            "One thing is still to be done.", "{n} things are still to be done.", counted.open
        )
    return speak("To be done: {done} done, {open} open.", done=counted.done, open=counted.open)


def ways(found: FollowUp, speak: Speech) -> list[tuple[Button, ...]]:
    """To each task that is open, by its number; first what asks to be talked about."""
    rows: list[tuple[Button, ...]] = []
    still = [task for task in found.tasks if task.is_open]
    for number, task in enumerate(still, 1):
        if asks_for_a_point(task.times_open):
            label = speak("Make number {n} a point", n=number)
            rows.append((Button(str(label), MakePoint(task.centre_id, task.id)),))
    numbers = [Button(str(n), SeeTask(task.centre_id, task.id)) for n, task in enumerate(still, 1)]
    shown = numbers[: 2 * _NUMBERS]
    return rows[:3] + [
        tuple(shown[first : first + _NUMBERS]) for first in range(0, len(shown), _NUMBERS)
    ]


def _settled(point: Settled, outcome: Markup | None, speak: Speech) -> Markup:
    if point.ending is Ending.AGREED:
        return speak("• {title}: agreed. {wording}", title=point.title, wording=point.wording or "")
    return speak("• {title}: {outcome}", title=point.title, outcome=outcome or speak("decided"))


def _tasks(found: FollowUp, speak: Speech) -> Markup | None:
    """Numbers first; each open one by its words, and by name only whoever chose that."""
    if not found.tasks:
        return None
    still = [task for task in found.tasks if task.is_open]
    told = [words.line(task, n, speak) + _named(task, speak) for n, task in enumerate(still, 1)]
    insistent = any(asks_for_a_point(task.times_open) for task in still)
    return lines(
        numbers(found, speak),
        *as_many_as_fit(told, _ROOM, speak),
        speak("What was left open three times wants to be talked about.") if insistent else None,
    )


def _named(task: Task, speak: Speech) -> Markup:
    names = [known_as(each.name, speak) for each in task.takers if each.shown]
    if not names or task.standing is Standing.FREE:
        return Markup("")
    return Markup(" · {}").format(", ".join(names))

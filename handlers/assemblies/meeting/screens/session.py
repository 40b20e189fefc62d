"""The walk through the agenda, point by point, on the own screen of whoever leads."""

from __future__ import annotations

from assembly.session import Way
from handlers.assemblies.meeting.screens import going_on, point_ways
from handlers.assemblies.presses import Step
from handlers.assemblies.screens import point_text
from handlers.assemblies.screens.point_text import PointSeen
from handlers.core.navigation import PutQuestion, TakeNotes
from handlers.core.screen import Button, Screen, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.tasks import Task


def point(seen: PointSeen, speak: Speech) -> Screen:
    """The point that the assembly is at: what it is, why it matters, what to do with it."""
    if seen.item.kind == "opening":
        return Screen(point_text.of_round(seen, speak), point_ways.of_round(seen, speak))
    return Screen(point_text.told(seen, speak), point_ways.ways(seen, speak))


def more(seen: PointSeen, speak: Speech) -> Screen:
    """What else can be done at it."""
    return Screen(point_text.more(seen, speak), point_ways.more(seen, speak))


def all_through(
    assembly: Assembly,
    total: int,
    speak: Speech,
    insistent: Task | None = None,
    *,
    desk: bool = True,
) -> Screen:
    """After the last point; where there is none, with a task that wants to be talked about."""
    centre_id = assembly.centre_id
    text = (
        speak("That was the last point. Is there anything else to decide?")
        if total
        else speak("Nothing is on the list. You can put a question to a decision all the same.")
    )
    rows: list[tuple[Button, ...]] = [
        (Button(str(speak("Put a question to a decision")), PutQuestion(centre_id, 0)),)
    ]
    if total:
        back = Step(centre_id, assembly.id, total + 1, Way.BACK)
        rows.append((Button(str(speak("Back to the point before")), back),))
        rows.append((going_on.all_points(centre_id, assembly.id, speak),))
    rows.append((Button(str(speak("Notes")), TakeNotes(centre_id, assembly.id, 0)),))
    rows.extend(point_ways.talked_about(insistent, speak))
    rows.extend(going_on.close(centre_id, assembly.id, speak, desk=desk))
    return Screen(lines(text, point_text.insists(insistent, speak)), tuple(rows))

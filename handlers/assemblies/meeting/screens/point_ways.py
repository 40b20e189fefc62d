"""The rows of buttons at the point that the assembly is at: what whoever leads can do with it."""

from __future__ import annotations

from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.meeting.screens import going_on
from handlers.assemblies.openings_presses import HadBreak
from handlers.assemblies.presses import MoreAtPoint, ShowLate
from handlers.assemblies.screens import endings, timing
from handlers.assemblies.screens.point_text import PointSeen
from handlers.assemblies.tasks.presses import MakePoint, WriteTask
from handlers.assemblies.tasks.screens import follow_up
from handlers.core.navigation import (
    PutQuestion,
    SeeDecision,
    ShowComments,
    ShowMinutes,
    ShowSession,
    TakeNotes,
)
from handlers.core.screen import Button, column
from handlers.core.speech import Speech
from storage.points import AgendaItem
from storage.tasks import Task

Rows = tuple[tuple[Button, ...], ...]


def ways(seen: PointSeen, speak: Speech) -> Rows:
    """What is used most, first of all to go on. Everything else is behind one button.

    One question at a time: while it is open, it is shown, and no other is offered.
    """
    item = seen.item
    return (
        *_had_break(seen, speak),
        *_more_time(seen, speak),
        *talked_about(seen.insistent, speak),
        *_came_later(seen, speak),
        *going_on.moves(item, speak),
        *(follow_up.ways(seen.before.found, speak) if seen.before is not None else ()),
        *_minutes(seen, speak),
        *_agree(seen, speak),
        *endings.first_ways(item, seen.course, speak),
        (_notes(item, seen.notes, speak), _task(item, seen.tasks, speak)),
        (*_comments(seen, speak), _more(item, speak)),
    )


def of_round(seen: PointSeen, speak: Speech) -> Rows:
    """At the round of how everybody is there is nothing to do but to go on."""
    return (
        *_had_break(seen, speak),
        *talked_about(seen.insistent, speak),
        *_came_later(seen, speak),
        *going_on.moves(seen.item, speak),
        (_more(seen.item, speak),),
    )


def more(seen: PointSeen, speak: Speech) -> Rows:
    """The rest of what can be done at the point; the last rows lead out, and back to it."""
    item = seen.item
    back = Button(str(speak("Back")), ShowSession(item.centre_id, item.assembly_id))
    ends = endings.other_ways(item, seen.course, speak) if seen.item.kind != "opening" else ()
    return (
        *_ballot(seen, speak),
        *ends,
        *_came_later(seen, speak),
        *going_on.overview(item, speak),
        *going_on.close(item.centre_id, item.assembly_id, speak, desk=seen.desk),
        (back,),
    )


def talked_about(task: Task | None, speak: Speech) -> Rows:
    """A task that was left open so often becomes a point of its own."""
    if task is None:
        return ()
    return ((Button(str(speak("Make it a point")), MakePoint(task.centre_id, task.id)),),)


def _more(item: AgendaItem, speak: Speech) -> Button:
    return Button(str(speak("More")), MoreAtPoint(item.centre_id, item.assembly_id))


def _more_time(seen: PointSeen, speak: Speech) -> Rows:
    if seen.assembly is None or seen.item.ending is not None:
        return ()
    return timing.more(seen.assembly, seen.item, seen.now, speak)


def _came_later(seen: PointSeen, speak: Speech) -> Rows:
    """To what was proposed after the points were sent: it can be taken at once."""
    if not seen.late:
        return ()
    press = ShowLate(seen.item.centre_id, seen.item.assembly_id)
    return ((Button(str(speak("Came later · {n}", n=seen.late)), press),),)


def _had_break(seen: PointSeen, speak: Speech) -> Rows:
    if not seen.pause:
        return ()
    had = HadBreak(seen.item.centre_id, seen.item.assembly_id)
    return ((Button(str(speak("We had the break")), had),),)


def _minutes(seen: PointSeen, speak: Speech) -> Rows:
    if seen.minutes_of is None:
        return ()
    read = ShowMinutes(seen.item.centre_id, seen.minutes_of, 1)
    return ((Button(str(speak("Read the minutes")), read),),)


def _agree(seen: PointSeen, speak: Speech) -> Rows:
    """Words first; what is being asked just now takes their place."""
    item, latest = seen.item, seen.latest
    if latest is not None and latest.status == "open":
        return column(
            Button(str(speak("See the question")), SeeDecision(item.centre_id, latest.id))
        )
    return column(*agreeing.buttons(item, seen.agreement, speak))


def _ballot(seen: PointSeen, speak: Speech) -> Rows:
    """For when it is needed: where the point can still be worded, and nothing is being asked."""
    item, latest = seen.item, seen.latest
    asking = latest is not None and latest.status == "open"
    words = agreeing.buttons(item, seen.agreement, speak)
    if item.kind == "opening" or asking or seen.course.agreeing or not words:
        return ()
    return column(Button(str(speak("Put it to a decision")), PutQuestion(item.centre_id, item.id)))


def _comments(seen: PointSeen, speak: Speech) -> tuple[Button, ...]:
    """To what was asked and added before, to be read out."""
    if not seen.comments or seen.item.proposal_id is None:
        return ()
    label = speak.many("1 comment", "{n} comments", seen.comments)
    press = ShowComments(seen.item.centre_id, seen.item.proposal_id, 0)
    return (Button(label.unescape(), press),)


def _notes(item: AgendaItem, number: int, speak: Speech) -> Button:
    """What is said is noted behind this button; at the round of how everybody is there is none."""
    label = speak("Notes · {n}", n=number) if number else speak("Notes")
    return Button(str(label), TakeNotes(item.centre_id, item.assembly_id, 0))


def _task(item: AgendaItem, number: int, speak: Speech) -> Button:
    """What follows from the point, and how much so far."""
    label = speak("Write a task · {n}", n=number) if number else speak("Write a task")
    return Button(str(label), WriteTask(item.centre_id, item.id))

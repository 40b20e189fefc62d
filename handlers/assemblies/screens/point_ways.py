"""The rows of buttons at the point that the assembly is at: what whoever leads can do with it."""

from __future__ import annotations

from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.openings_presses import HadBreak
from handlers.assemblies.screens import endings, going_on, timing
from handlers.assemblies.screens.point_text import PointSeen
from handlers.assemblies.tasks.presses import MakePoint, WriteTask
from handlers.assemblies.tasks.screens import follow_up
from handlers.core.navigation import (
    PutQuestion,
    SeeDecision,
    ShowComments,
    ShowMinutes,
    TakeNotes,
)
from handlers.core.screen import Button, column
from handlers.core.speech import Speech
from storage.decisions import Decision
from storage.points import AgendaItem
from storage.tasks import Task


def ways(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """One question at a time: while it is open, it is shown, and no other is offered."""
    item = seen.item
    return (
        *_had_break(seen, speak),
        *(timing.more(seen.assembly, item, seen.now, speak) if seen.assembly else ()),
        *(follow_up.ways(seen.before.found, speak) if seen.before is not None else ()),
        *_minutes(seen, speak),
        *_settle(seen, speak),
        *_comments(seen, speak),
        (
            _notes(item, seen.notes, speak),
            Button(str(speak("Write a task")), WriteTask(item.centre_id, item.id)),
        ),
        *endings.ways(item, seen.course, speak),
        *_on(seen, speak),
    )


def of_round(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """At the round of how everybody is there is nothing to do but to go on."""
    return (*_had_break(seen, speak), *_on(seen, speak))


def talked_about(task: Task | None, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """A task that was left open so often becomes a point of its own."""
    if task is None:
        return ()
    return ((Button(str(speak("Make it a point")), MakePoint(task.centre_id, task.id)),),)


def _on(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    item = seen.item
    return (
        *talked_about(seen.insistent, speak),
        *going_on.moves(item, speak),
        *going_on.close(item.centre_id, item.assembly_id, speak, desk=seen.desk),
    )


def _had_break(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    if not seen.pause:
        return ()
    had = HadBreak(seen.item.centre_id, seen.item.assembly_id)
    return ((Button(str(speak("We had the break")), had),),)


def _minutes(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    if seen.minutes_of is None:
        return ()
    read = ShowMinutes(seen.item.centre_id, seen.minutes_of, 1)
    return ((Button(str(speak("Read the minutes")), read),),)


def _settle(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """Words first, a ballot where it is needed; one of both at a time."""
    item, latest = seen.item, seen.latest
    asking = latest is not None and latest.status == "open"
    agreed = () if asking else agreeing.buttons(item, seen.agreement, speak)
    if seen.course.agreeing or (agreed == () and not asking):
        return column(*agreed)
    return column(*agreed, _decide(item, latest, speak))


def _decide(item: AgendaItem, latest: Decision | None, speak: Speech) -> Button:
    if latest is not None and latest.status == "open":
        return Button(str(speak("See the question")), SeeDecision(item.centre_id, latest.id))
    return Button(str(speak("Put it to a decision")), PutQuestion(item.centre_id, item.id))


def _comments(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """To what was asked and added before, to be read out."""
    if not seen.comments or seen.item.proposal_id is None:
        return ()
    label = speak.many("1 comment", "{n} comments", seen.comments)
    press = ShowComments(seen.item.centre_id, seen.item.proposal_id, 0)
    return ((Button(label.unescape(), press),),)


def _notes(item: AgendaItem, number: int, speak: Speech) -> Button:
    """What is said is noted behind this button; at the round of how everybody is there is none."""
    label = speak("Notes · {n}", n=number) if number else speak("Notes")
    return Button(str(label), TakeNotes(item.centre_id, item.assembly_id, 0))

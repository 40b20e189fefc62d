"""The walk through the agenda, point by point, on the own screen of whoever leads."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.endings import Course
from assembly.immutable import immutable
from assembly.session import Way
from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.openings_presses import HadBreak
from handlers.assemblies.presses import Step
from handlers.assemblies.screens import endings, going_on, timing
from handlers.assemblies.tasks.presses import MakePoint, WriteTask
from handlers.assemblies.tasks.screens import follow_up
from handlers.core.navigation import (
    PutQuestion,
    SeeDecision,
    ShowComments,
    ShowMinutes,
    TakeNotes,
)
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.results.screens import outcomes
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.decisions import Decision
from storage.follow_ups import FollowUp
from storage.points import AgendaItem
from storage.proposals import Proposal
from storage.tasks import Task


@immutable
class Before:
    """What became of what was decided before, and the decisions of then."""

    found: FollowUp
    decided: tuple[Decision, ...] = ()

    def told(self, speak: Speech) -> Markup:
        """What is read out."""
        results = {each.item_id: each for each in self.decided if each.item_id is not None}
        came = {item: outcomes.result(each, speak) for item, each in results.items()}
        return follow_up.told(self.found, came, speak)


@immutable
class PointSeen:
    """Everything that the screen says about the point that the assembly is at.

    `put`: what was put to a decision on it, the latest last; `agreement`: what was agreed on there
    without a ballot, however that stands; `course`: what all this means for it. `notes`: how many
    lines are noted at it; `tasks`: how many follow from it so far. `insistent`: at the first point,
    a task that was left open so often that it wants to be talked about. `before`: at the point
    about it, what became of what was decided. `pause`: it is time for the break. `desk`: who
    leads facilitates, too. `assembly` and `now` (UTC epoch seconds): for the time of the point.
    `comments`: how many stand under its proposal. `minutes_of`: at the point about them, the
    assembly whose minutes they are.
    """

    item: AgendaItem
    total: int
    course: Course
    proposal: Proposal | None = None
    put: Sequence[Decision] = ()
    notes: int = 0
    tasks: int = 0
    insistent: Task | None = None
    agreement: Agreement | None = None
    before: Before | None = None
    pause: bool = False
    desk: bool = True
    assembly: Assembly | None = None
    now: int = 0
    comments: int = 0
    minutes_of: int | None = None


def point(seen: PointSeen, speak: Speech) -> Screen:
    """The point that the assembly is at: what it is, why it matters, what to do with it.

    One question at a time: while it is open, it is shown, and no other is offered.
    """
    item, proposal = seen.item, seen.proposal
    latest = seen.put[-1] if seen.put else None
    if item.kind == "opening":
        return _round(seen, speak)
    title = speak(
        "<b>{number} of {total}: {title}</b>",
        number=item.position,
        total=seen.total,
        title=item.title,
    )
    reason = proposal.reason if proposal else None
    text = lines(
        title,
        speak("<i>{reason}</i>", reason=reason) if reason else None,
        speak("By {name}.", name=proposal.author_name)
        if proposal and proposal.author_name
        else None,
        _waits(item, speak),
        _gone(item, proposal, speak),
        _came(latest, speak),
        agreeing.line(seen.agreement, speak),
        _order(seen, speak),
        speak.many("One task follows from it.", "{n} tasks follow from it.", seen.tasks)
        if seen.tasks
        else None,
        endings.state(item, seen.course, speak),
        _insists(seen.insistent, speak),
        _hint(item, speak),
        timing.sign(seen.assembly, item, seen.now, speak) if seen.assembly else None,
    )
    if seen.before is not None:
        text = paragraphs(text, seen.before.told(speak))
    return Screen(
        paragraphs(text, _pause(seen, speak)),
        (
            *_had_break(seen, speak),
            *(timing.more(seen.assembly, item, seen.now, speak) if seen.assembly else ()),
            *(follow_up.ways(seen.before.found, speak) if seen.before is not None else ()),
            *_minutes(seen, speak),
            *_settle(seen, latest, speak),
            *_comments(seen, speak),
            (
                _notes(item, seen.notes, speak),
                Button(str(speak("Write a task")), WriteTask(item.centre_id, item.id)),
            ),
            *endings.ways(item, seen.course, speak),
            *_talked_about(seen.insistent, speak),
            *going_on.moves(item, speak),
            going_on.close(item.centre_id, item.assembly_id, speak, desk=seen.desk),
        ),
    )


def _round(seen: PointSeen, speak: Speech) -> Screen:
    """How everybody is: nothing is noted, nothing ends somehow, nothing follows."""
    item = seen.item
    text = lines(
        speak(
            "<b>{number} of {total}: {title}</b>",
            number=item.position,
            total=seen.total,
            title=item.title,
        ),
        speak("One after the other, whoever wants to: one sentence. Nobody has to."),
        speak("Nothing of it is noted."),
        _insists(seen.insistent, speak),
    )
    return Screen(
        paragraphs(text, _pause(seen, speak)),
        (
            *_had_break(seen, speak),
            *_talked_about(seen.insistent, speak),
            *going_on.moves(item, speak),
            going_on.close(item.centre_id, item.assembly_id, speak, desk=seen.desk),
        ),
    )


def _hint(item: AgendaItem, speak: Speech) -> Markup | None:
    if item.kind != "report":
        return None
    return speak("Groups say in a few sentences what they did and what they need.")


def _pause(seen: PointSeen, speak: Speech) -> Markup | None:
    return speak("<b>It is time for the break.</b>") if seen.pause else None


def _had_break(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    if not seen.pause:
        return ()
    had = HadBreak(seen.item.centre_id, seen.item.assembly_id)
    return ((Button(str(speak("We had the break")), had),),)


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
    rows.extend(_talked_about(insistent, speak))
    rows.append(going_on.close(centre_id, assembly.id, speak, desk=desk))
    return Screen(lines(text, _insists(insistent, speak)), tuple(rows))


def _settle(
    seen: PointSeen, latest: Decision | None, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    """Words first, a ballot where it is needed; one of both at a time."""
    item, asking = seen.item, latest is not None and latest.status == "open"
    agreed = () if asking else agreeing.buttons(item, seen.agreement, speak)
    if seen.course.agreeing or (agreed == () and not asking):
        return column(*agreed)
    return column(*agreed, _decide(item, latest, speak))


def _comments(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """To what was asked and added before, to be read out."""
    if not seen.comments or seen.item.proposal_id is None:
        return ()
    label = speak.many("1 comment", "{n} comments", seen.comments)
    press = ShowComments(seen.item.centre_id, seen.item.proposal_id, 0)
    return ((Button(label.unescape(), press),),)


def _order(seen: PointSeen, speak: Speech) -> Markup | None:
    """Which way comes first, where nothing was said of the point yet."""
    talks = seen.item.kind in ("proposal", "late", "task")
    if not talks or seen.put or seen.agreement is not None or seen.item.ending is not None:
        return None
    return speak("Are you agreed? Then word it. A ballot is for when it is needed.")


def _decide(item: AgendaItem, latest: Decision | None, speak: Speech) -> Button:
    if latest is not None and latest.status == "open":
        return Button(str(speak("See the question")), SeeDecision(item.centre_id, latest.id))
    return Button(str(speak("Put it to a decision")), PutQuestion(item.centre_id, item.id))


def _minutes(seen: PointSeen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    if seen.minutes_of is None:
        return ()
    read = ShowMinutes(seen.item.centre_id, seen.minutes_of, 1)
    return ((Button(str(speak("Read the minutes")), read),),)


def _notes(item: AgendaItem, number: int, speak: Speech) -> Button:
    """What is said is noted behind this button; at the round of how everybody is there is none."""
    label = speak("Notes · {n}", n=number) if number else speak("Notes")
    return Button(str(label), TakeNotes(item.centre_id, item.assembly_id, 0))


def _came(latest: Decision | None, speak: Speech) -> Markup | None:
    """What is being asked on the point, or what came of it."""
    if latest is None:
        return None
    if latest.status == "open":
        return speak("Still being decided: {question}", question=latest.question)
    return outcomes.short(latest, speak)


def _insists(task: Task | None, speak: Speech) -> Markup | None:
    if task is None:
        return None
    return speak("Left open three times: {what}. Shall you talk about it?", what=task.what)


def _talked_about(task: Task | None, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    if task is None:
        return ()
    return ((Button(str(speak("Make it a point")), MakePoint(task.centre_id, task.id)),),)


def _waits(item: AgendaItem, speak: Speech) -> Markup | None:
    if item.waits_since is None:
        return None
    return speak(
        "It has waited since the assembly on {day}.", day=speak.short_day(item.waits_since)
    )


def _gone(item: AgendaItem, proposal: Proposal | None, speak: Speech) -> Markup | None:
    if not item.is_proposed:
        return None
    if proposal is None or proposal.status == "withdrawn":
        return speak("Whoever proposed it has since taken it back.")
    if proposal.status == "merged":
        return speak("It was put together with another one.")
    if proposal.status == "taken-down":
        return speak("Two facilitators took it down.")
    return None

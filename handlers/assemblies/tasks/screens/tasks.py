"""What is to be done: the list, and one task from nearer."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.assemblies.tasks.presses import (
    FinishTask,
    JoinTask,
    LetGo,
    NameMe,
    NeedsLonger,
    SeeTask,
    TakeOut,
    TakeTask,
    TasksPage,
    WelcomeCompany,
    WriteGroup,
)
from handlers.assemblies.tasks.screens import words
from handlers.core.navigation import ShowTasks
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.tasks import Task

PAGE = 5  # tasks on one screen


@immutable
class Viewer:
    """Who looks: their membership, whether they facilitate, or lead the assembly just now."""

    member_id: int
    facilitates: bool = False
    leads: bool = False


def listing(
    found: Sequence[Task], viewer: Viewer, centre_id: int, page: int, speak: Speech
) -> Screen:
    """A page of what is open, one's own first; a page that is not there becomes the last one."""
    heading = speak("<b>What is to be done</b>")
    home = (to_home(speak, centre_id),)
    if not found:
        return Screen(paragraphs(heading, speak("Nothing is open.")), (home,))
    ordered = sorted(found, key=lambda task: task.of(viewer.member_id) is None)
    page = min(max(page, 0), (len(ordered) - 1) // PAGE)
    first, after = page * PAGE, page * PAGE + PAGE
    shown = list(enumerate(ordered[first:after], first + 1))
    mine = [each for each in shown if each[1].of(viewer.member_id)]
    others = [each for each in shown if not each[1].of(viewer.member_id)]
    text = paragraphs(
        heading,
        lines(speak("Yours:"), *(words.line(task, n, speak) for n, task in mine)) if mine else None,
        lines(
            speak("The assembly’s:") if mine or page else None,
            *(words.line(task, n, speak) for n, task in others),
        )
        if others
        else None,
    )
    numbers = tuple(Button(str(n), SeeTask(centre_id, task.id)) for n, task in shown)
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), TasksPage(centre_id, page - 1)))
    if after < len(ordered):
        turns.append(Button(str(speak("More")), TasksPage(centre_id, page + 1)))
    return Screen(text, tuple(row for row in (numbers, tuple(turns), home) if row))


def task(of: Task, viewer: Viewer, speak: Speech) -> Screen:
    """One task: until when, who has it, and what this viewer can do about it."""
    text = lines(
        words.heading(of),
        speak("From: {title}", title=of.point) if of.point else None,
        words.by_when(of, speak),
        words.who(of, viewer.member_id, speak) if of.is_open else None,
        _company(of, viewer, speak),
    )
    return Screen(text, (*_ways(of, viewer, speak), _away(of, speak)))


def gone(centre_id: int, speak: Speech) -> Screen:
    """It is not there any more."""
    return Screen(
        speak("This task is not there any more."),
        column(Button(str(speak("What is to be done")), ShowTasks(centre_id))),
    )


def sure_to_take_out(of: Task, speak: Speech) -> Screen:
    """Asked once, saying what goes."""
    return Screen(
        lines(
            words.heading(of),
            speak("Take it out? Its words go, and whoever took it is told."),
        ),
        column(
            Button(str(speak("Take it out")), TakeOut(of.centre_id, of.id, sure=True)),
            Button(str(speak("Keep it")), SeeTask(of.centre_id, of.id)),
        ),
    )


def _ways(of: Task, viewer: Viewer, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """What somebody can do about it, for whom it is theirs, and for facilitators."""
    ids = of.centre_id, of.id
    mine = of.of(viewer.member_id)
    tends = mine is not None or viewer.leads
    if not of.is_open:
        back = Button(str(speak("Not done after all")), FinishTask(*ids, done=False))
        return ((back,),) if tends else ()
    rows: list[tuple[Button, ...]] = []
    if of.can_be_taken(viewer.member_id):
        take = Button(str(speak("I’ll take it")), TakeTask(*ids))
        joins = Button(str(speak("I’ll join in")), JoinTask(*ids))
        rows.append((joins if of.takers else take,))
    if tends:
        rows.append((Button(str(speak("It is done")), FinishTask(*ids, done=True)),))
        rows.append((Button(str(speak("Needs longer")), NeedsLonger(*ids)),))
    if mine is not None:
        rows.append((Button(str(speak("Somebody else, please")), LetGo(*ids)),))
        name = speak("Without my name") if mine.shown else speak("With my name")
        rows.append((Button(str(name), NameMe(*ids, shown=not mine.shown, first=False)),))
        if len(of.takers) == 1:
            open_to_all = mine.company is not False
            alone = speak("I do it alone") if open_to_all else speak("Somebody may join in")
            rows.append((Button(str(alone), WelcomeCompany(*ids, wanted=not open_to_all)),))
    if viewer.leads:
        rows.append((Button(str(speak("A group does it")), WriteGroup(*ids)),))
    if viewer.facilitates:
        rows.append((Button(str(speak("Take it out")), TakeOut(*ids, sure=False)),))
    return tuple(rows)


def _company(of: Task, viewer: Viewer, speak: Speech) -> Markup | None:
    """That a second one is welcome; and to whoever has not answered, what that means."""
    if not of.is_open:
        return None
    if of.welcomes:
        return speak("Somebody to join in is welcome, best of another role.")
    mine = of.of(viewer.member_id)
    if mine is not None and mine.company is None and len(of.takers) == 1:
        return speak("Somebody may join in until you say that you do it alone.")
    return None


def _away(of: Task, speak: Speech) -> tuple[Button, ...]:
    return (
        Button(str(speak("What is to be done")), ShowTasks(of.centre_id)),
        to_home(speak, of.centre_id),
    )

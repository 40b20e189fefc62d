"""Taking a task, being reminded of it, and what whoever took it hears: always in private."""

from __future__ import annotations

from markupsafe import Markup

from assembly.tasks import ByWhen
from handlers.assemblies.tasks.presses import (
    FinishTask,
    LetGo,
    NameMe,
    NeedsLonger,
    PutOff,
    SeeTask,
    WelcomeCompany,
)
from handlers.assemblies.tasks.screens import words
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.task_taking import Took
from storage.tasks import Task


def took(task: Task, name: str, speak: Speech) -> Screen:
    """It is theirs now; may the others read by whom?"""
    ids = task.centre_id, task.id
    return Screen(
        lines(
            words.heading(task),
            speak("It is yours. {by_when}", by_when=words.by_when(task, speak)),
            speak("Voci reminds you two days before, and nobody else."),
            speak("May your name stand beside it, and in the minutes?"),
        ),
        column(
            Button(str(speak("Without my name")), NameMe(*ids, shown=False, first=True)),
            Button(
                speak("With my name: {name}", name=name).unescape(),
                NameMe(*ids, shown=True, first=True),
            ),
        ),
    )


def together(task: Task, speak: Speech) -> Screen:
    """To the first who took it. The same whatever their role: nobody's shows through."""
    ids = task.centre_id, task.id
    return Screen(
        lines(
            words.heading(task),
            speak("Two can do it together, best from two different roles."),
            speak("May somebody join you?"),
            speak("Until you answer, somebody may."),
        ),
        column(
            Button(str(speak("Yes, somebody may join in")), WelcomeCompany(*ids, wanted=True)),
            Button(str(speak("I do it alone")), WelcomeCompany(*ids, wanted=False)),
        ),
    )


def refused(why: Took, speak: Speech) -> Markup:
    """Why it can't be taken: for a toast."""
    if why is Took.ALONE:
        return speak("Somebody has taken it already.")
    if why is Took.FULL:
        return speak("Two have taken it already.")
    return speak("This is done already, or not there any more.")


def reminder(task: Task, speak: Speech) -> Screen:
    """Two days before, to whoever took it and to nobody else."""
    ids = task.centre_id, task.id
    return Screen(
        lines(
            words.heading(task),
            speak("You took this. {by_when}", by_when=words.by_when(task, speak)),
            speak("How is it going?"),
        ),
        column(
            Button(str(speak("It is done")), FinishTask(*ids, done=True)),
            Button(str(speak("Needs longer")), NeedsLonger(*ids)),
            Button(str(speak("Somebody else, please")), LetGo(*ids)),
        ),
    )


def how_long(task: Task, speak: Speech) -> Screen:
    """Until when it needs longer: by a button, or a typed day."""
    ids = task.centre_id, task.id
    buttons = [Button(label, PutOff(*ids, by)) for by, label in spans(speak)]
    back = Button(str(speak("Back")), SeeTask(*ids))
    return Screen(
        lines(
            words.heading(task),
            speak("Until when? Choose, or write it: 12.12., or next Thursday."),
        ),
        (*column(*buttons), (back,)),
    )


def spans(speak: Speech) -> list[tuple[ByWhen, str]]:
    """Until when, on buttons."""
    return [
        (ByWhen.NEXT, str(speak("By the next assembly"))),
        (ByWhen.WEEK, str(speak("In a week"))),
        (ByWhen.TWO_WEEKS, str(speak("In two weeks"))),
        (ByWhen.FOUR_WEEKS, str(speak("In four weeks"))),
    ]


def let_go(task: Task, speak: Speech, *, was_shown: bool) -> Screen:
    """It is offered again, and nobody reads who had it but where they were named before."""
    said = speak("It is free for somebody else.")
    if task.takers or task.group is not None:
        said = speak("It is not yours any more.")
    after = speak("Nobody reads that you had it.")
    if was_shown:
        after = speak("Your name is gone from it. In minutes that are out already it stays.")
    return Screen(
        lines(words.heading(task), said, after),
        column(
            Button(str(speak("See the task")), SeeTask(task.centre_id, task.id)),
            to_home(speak, task.centre_id),
        ),
    )


def changed(task: Task, speak: Speech) -> Screen:
    """To whoever took it: somebody else said how it stands."""
    said = speak("Somebody has said how it stands.")
    return Screen(
        lines(words.heading(task), said, words.by_when(task, speak)),
        column(Button(str(speak("See the task")), SeeTask(task.centre_id, task.id))),
    )


def joined(task: Task, speak: Speech) -> Screen:
    """To whoever took it first: a second one looks after it, too."""
    return Screen(
        lines(
            words.heading(task),
            speak("Somebody looks after this with you now."),
            words.by_when(task, speak),
        ),
        column(Button(str(speak("See the task")), SeeTask(task.centre_id, task.id))),
    )


def taken_out(task: Task, speak: Speech) -> Screen:
    """To whoever took it: it is not wanted any more."""
    return Screen(
        lines(
            words.heading(task),
            speak("A facilitator has taken this out. You need not do it any more."),
        ),
        column(to_home(speak, task.centre_id)),
    )

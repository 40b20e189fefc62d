"""Writing a task at a point of the assembly: what, until when, and then it is there."""

from __future__ import annotations

from markupsafe import Markup

from assembly.wording import WordingError
from handlers.assemblies.tasks.presses import (
    DueBy,
    LeaveTask,
    SeeTask,
    TakeTask,
    WriteGroup,
    WriteTask,
)
from handlers.assemblies.tasks.screens import words
from handlers.assemblies.tasks.screens.taking import spans
from handlers.core.navigation import ShowSession
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage.tasks import Task


def what(centre_id: int, item_id: int, title: str | None, speak: Speech) -> Screen:
    """The first question."""
    return Screen(
        lines(
            Markup("<b>{}</b>").format(title) if title else None,
            speak("What is to be done? Write it in one sentence."),
            speak("Who does it is asked later: a task is taken, never given."),
        ),
        column(Button(str(speak("Leave it")), LeaveTask(centre_id, item_id))),
    )


def by_when(centre_id: int, item_id: int, said: str, speak: Speech) -> Screen:
    """The second question: by a button, or a typed day."""
    buttons = [Button(label, DueBy(centre_id, by)) for by, label in spans(speak)]
    other = Button(str(speak("Other words")), WriteTask(centre_id, item_id))
    leave = Button(str(speak("Leave it")), LeaveTask(centre_id, item_id))
    return Screen(
        lines(
            Markup("<b>{}</b>").format(said),
            speak("Until when? Choose, or write it: 12.12., or next Thursday."),
        ),
        (*column(*buttons), (other, leave)),
    )


def there(task: Task, assembly_id: int | None, speak: Speech) -> Screen:
    """It is written; everybody reads it at the end of the assembly and with /tasks."""
    ids = task.centre_id, task.id
    back = SeeTask(*ids) if assembly_id is None else ShowSession(task.centre_id, assembly_id)
    return Screen(
        lines(
            words.heading(task),
            words.by_when(task, speak),
            speak("It is there. Everybody can take it: /tasks"),
        ),
        column(
            Button(str(speak("I’ll take it")), TakeTask(*ids)),
            Button(str(speak("A group does it")), WriteGroup(*ids)),
            Button(str(speak("Go on with the assembly") if assembly_id else speak("Back")), back),
        ),
    )


def which_group(task: Task, speak: Speech) -> Screen:
    """Which group looks after it, in words."""
    return Screen(
        lines(
            words.heading(task),
            speak("Which group does it? Write what it is called."),
        ),
        column(Button(str(speak("Back")), SeeTask(task.centre_id, task.id))),
    )


def no_group(centre_id: int, task_id: int, speak: Speech) -> Screen:
    """It is what a member is called: nobody is given a task by another."""
    return Screen(
        speak("That is a member’s name. A task is taken, never given. Which group is it?"),
        column(Button(str(speak("Back")), SeeTask(centre_id, task_id))),
    )


def unfit(error: WordingError, back: Press, speak: Speech) -> Screen:
    """What was typed is too short or too long; nothing is lost but that."""
    return Screen(plain.misfit(error, speak), column(Button(str(speak("Back")), back)))


def no_day(back: Press, speak: Speech) -> Screen:
    """What was typed is no day, or none that can be."""
    return Screen(
        lines(
            speak("I can’t read a day in that. Write it like this: 12.12., or next Thursday."),
            speak("It can be today, or any day within a year."),
        ),
        column(Button(str(speak("Back")), back)),
    )

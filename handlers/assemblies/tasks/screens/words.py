"""A task in words: until when, who looks after it, and one line of a list."""

from __future__ import annotations

from markupsafe import Markup

from assembly.tasks import Standing
from handlers.core.names import known_as, marked
from handlers.core.speech import Speech
from storage.tasks import Task


def heading(task: Task) -> Markup:
    """What is to be done."""
    return Markup("<b>{}</b>").format(task.what)


def by_when(task: Task, speak: Speech) -> Markup:
    """Until when, as a sentence."""
    if task.done_at is not None:
        return speak("Done on {day}.", day=speak.day(task.done_at))
    if task.due_at is None:
        return speak("By the next assembly.")
    day = speak.day(task.due_at)
    if task.by_next:
        return speak("By the next assembly, {day}.", day=day)
    return speak("Until {day}.", day=day)


def who(task: Task, viewer_id: int, speak: Speech) -> Markup:
    """Who looks after it: by name only whoever chose that, and oneself."""
    mine = task.of(viewer_id) is not None
    others = [each for each in task.takers if each.member_id != viewer_id]
    named = [marked(each.telegram_id, known_as(each.name, speak)) for each in others if each.shown]
    if mine and not others:
        return speak("You look after it.")
    if mine and named:
        return speak("You and {name} look after it.", name=named[0])
    if mine:
        return speak("You and somebody else look after it.")
    if task.group is not None:
        return speak("Who: {group}", group=task.group)
    return _others(named, len(others), speak)


def _others(named: list[Markup], several: int, speak: Speech) -> Markup:
    if not several:
        return speak("Nobody has taken it yet.")
    if len(named) > 1:
        return speak("{one} and {other} look after it.", one=named[0], other=named[1])
    if named and several > 1:
        return speak("{name} and somebody else look after it.", name=named[0])
    if named:
        return speak("{name} looks after it.", name=named[0])
    return speak("Two look after it.") if several > 1 else speak("Somebody looks after it.")


def line(task: Task, number: int, speak: Speech) -> Markup:
    """One line of a list for everybody: its words and where it stands, and nobody's name."""
    stands = {
        Standing.FREE: speak("free"),
        Standing.TAKEN: speak("taken"),
        Standing.LONGER: speak("needs longer"),
        Standing.DONE: speak("done"),
    }[task.standing]
    values = {"number": number, "what": task.what, "stands": stands}
    if task.due_at is None or task.by_next or not task.is_open:
        return speak("{number}. {what} · <i>{stands}</i>", **values)
    until = speak.short_day(task.due_at)
    return speak("{number}. {what} · <i>{stands}, until {day}</i>", day=until, **values)

"""Minutes on paper: what an assembly leaves, for the wall and for whoever was not there.

They speak the centre's language, in which their outcomes were written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from assembly.attendance_bands import Attendance, Band
from assembly.endings import Ending
from assembly.minutes import Minutes, Point, Task
from assembly.roles import Role
from handlers.assemblies.screens import endings
from handlers.assemblies.screens.presence import THERE
from handlers.core.printouts.joining import to_join
from handlers.core.printouts.printout import Block, Heading, Listing, Print, Words, printout
from handlers.core.screen import lines
from handlers.core.speech import Speech, later

_SIGNS, _GROUP = 20, 4  # of a fingerprint, to be compared by eye
_OF_ROLE: dict[Band, str] = {
    "0-4": later("{role}: fewer than 5"),
    "5-9": later("{role}: 5 to 9"),
    "10-19": later("{role}: 10 to 19"),
    "20-49": later("{role}: 20 to 49"),
    "50+": later("{role}: 50 or more"),
}
_ROLES = {
    Role.USER: later("Users of the service"),
    Role.FAMILY: later("Family members"),
    Role.PROFESSIONAL: later("Professionals"),
}


def minutes(found: Minutes, fingerprint: str | None, join: str) -> Print:
    """The minutes as they read today; `found` has names and no marks (assembly.minutes.filled).

    `fingerprint`: of the frozen text, None while they can still be corrected. `join`: the link
    by which somebody asks to take part.
    """
    speak = Speech(found.language, found.zone)
    title = speak("Minutes of {day}", day=speak.day(found.starts_at)).unescape()
    told: list[Block] = [
        *([] if fingerprint else [Words(speak("<b>A draft: it can still be corrected.</b>"))]),
        Words(lines(*_where(found, speak))),
        *(there(found.attendance, speak) if found.attendance else ()),
        *([Words(named)] if (named := lines(*_who(found, speak))) else []),
    ]
    for number, point in enumerate(found.points, start=1):
        told += _point(number, point, speak)
    if not found.points:
        told.append(Words(speak("There were no points.")))
    if found.corrections:
        given = (lines(each.text, _italic(each.answer)) for each in found.corrections)
        told += [Heading(speak("Corrections")), Listing(tuple(given))]
    told += _kept(found, fingerprint, speak)
    told.append(to_join(join, speak))
    day = speak.local(found.starts_at).date().isoformat()
    return Print(f"voci-minutes-{day}", printout(title, tuple(told), found.centre, speak))


def there(attendance: Attendance, speak: Speech) -> list[Block]:
    """How many were there, in bands from which nobody can be told."""
    told: list[Block] = [Words(speak(THERE[attendance.total]))]
    if attendance.by_role:
        roles = (
            speak(_OF_ROLE[band], role=speak(_ROLES[role])) for role, band in attendance.by_role
        )
        told.append(Listing(tuple(roles)))
    return told


def _where(found: Minutes, speak: Speech) -> Iterator[str | Markup]:
    begun, ended = speak.time(found.starts_at), speak.time(found.closed_at)
    yield speak(
        "{day}, {begun} to {ended}", day=speak.date(found.starts_at), begun=begun, ended=ended
    )
    if found.place:
        yield found.place


def _who(found: Minutes, speak: Speech) -> Iterator[Markup]:
    if found.chair:
        yield speak("Chair: {name}", name=found.chair)
    if found.recorder:
        yield speak("Recorder: {name}", name=found.recorder)


def _point(number: int, point: Point, speak: Speech) -> list[Block]:
    told: list[Block] = [Heading(speak("{number}. {title}", number=number, title=point.title))]
    if point.why:
        told.append(Words(lines(point.why)))
    if point.notes:
        told.append(Listing(tuple(lines(note) for note in point.notes)))
    if point.photos:
        words = speak.many("One photograph was taken.", "{n} photographs were taken.", point.photos)
        told.append(Words(words))
    told += [Words(lines(outcome)) for outcome in point.outcome]
    if point.ending is not None:
        ended = endings.word(Ending(point.ending), speak)
        told.append(Words(speak("<b>How it ended: {ending}</b>", ending=ended)))
    if point.tasks:
        told += [Words(speak("<b>Who does what:</b>")), _tasks(point.tasks, speak)]
    return told


def _tasks(tasks: Iterable[Task], speak: Speech) -> Listing:
    return Listing(tuple(Markup(", ").join(_task(task, speak)) for task in tasks))


def _task(task: Task, speak: Speech) -> Iterator[Markup]:
    yield Markup("{}").format(task.what)
    if task.who:
        yield Markup("{}").format(task.who)
    if task.due_at is not None:
        yield speak("by {day}", day=speak.short_day(task.due_at))


def _kept(found: Minutes, fingerprint: str | None, speak: Speech) -> list[Block]:
    if fingerprint is None:
        return []
    signs = " ".join(fingerprint[at : at + _GROUP] for at in range(0, _SIGNS, _GROUP))
    told = [speak("Fingerprint of these minutes: {signs}", signs=signs)]
    if found.changed_at:
        day = speak.short_day(found.changed_at[-1])
        told.append(speak("Since then a name was taken out, the last time on {day}.", day=day))
    return [Words(lines(*told), apart=True)]


def _italic(words: str) -> Markup:
    return Markup("<i>{}</i>").format(words)

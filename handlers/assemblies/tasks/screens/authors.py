"""To whoever put a proposal forward: where it has come to, and what follows from it."""

from __future__ import annotations

from markupsafe import Markup

from assembly.endings import Ending
from assembly.immutable import immutable
from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.tasks.screens import words
from handlers.core.navigation import HowCounted, ShowAgenda, ShowTasks
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from handlers.decisions.results.screens import outcomes
from storage.authors import Author, Place
from storage.centres import Centre
from storage.decisions import Decision
from storage.tasks import Task

_SHOWN = 5  # tasks; the others stand behind the button

_BECAME = {
    Ending.DECIDED: later("On {day} it was decided, and is off the list now."),
    Ending.AGREED: later("On {day} it was agreed without a ballot, and is off the list now."),
    Ending.TALKED: later("On {day} it was talked about, and is off the list now."),
    Ending.GOES_ON: later("On {day} it was talked about. It goes on next time."),
    Ending.TAKEN_BACK: later(
        "On {day} it was said to be taken back. If you want that, take it off the list; "
        "until then it stays there."
    ),
    Ending.MERGED: later("It was put together with another one."),
    Ending.TAKEN_DOWN: later("Two facilitators took it down."),
    Ending.NOT_REACHED: later("On {day} there was no time for it. It stays on the list."),
}


@immutable
class News:
    """Everything that an author is told: `agreed` is the wording, `tasks` what follows from it."""

    author: Author
    place: Place | None
    decision: Decision | None
    agreed: str | None
    tasks: tuple[Task, ...]


def news(of: News, centre: Centre, speak: Speech) -> Screen:
    """How it stands now; the same for every step, so that it can take its own place."""
    text = paragraphs(
        speak("{centre}: what became of your proposal", centre=centre.name),
        lines(
            Markup("<b>{}</b>").format(of.author.title),
            _stands(of.place, speak),
            _came(of, speak),
        ),
        _follows(of, speak),
    )
    ways = []
    if of.decision is not None:
        ways.append(Button(str(speak("How it was counted")), HowCounted(centre.id, of.decision.id)))
    if of.place is not None and of.place.ending is Ending.TAKEN_BACK:
        ways.append(Button(str(speak("The list")), ShowAgenda(centre.id)))
    if of.tasks:
        ways.append(Button(str(speak("What is to be done")), ShowTasks(centre.id)))
    return Screen(text, column(*ways, to_home(speak, centre.id)))


def _stands(place: Place | None, speak: Speech) -> Markup:
    if place is None:
        return speak("It is on the list.")
    day = speak.day(place.starts_at)
    if place.ending is None:
        return speak("It is point {n} of the assembly on {day}.", n=place.position, day=day)
    return speak(_BECAME[place.ending], day=day)


def _came(of: News, speak: Speech) -> Markup | None:
    """What was agreed on, what is being decided, or what came of it."""
    if of.agreed is not None:
        return agreeing.agreed(of.agreed, speak)
    if of.decision is None:
        return None
    if of.decision.status == "open":
        return speak("Still being decided: {question}", question=of.decision.question)
    return outcomes.result(of.decision, speak)


def _follows(of: News, speak: Speech) -> Markup | None:
    """Who does what until when; by name only whoever chose that."""
    if not of.tasks:
        return None
    told = [_line(task, of.author.member_id, speak) for task in of.tasks[:_SHOWN]]
    more = len(of.tasks) - len(told)
    return lines(*told, speak.many("and one more", "and {n} more", more) if more else None)


def _line(task: Task, author_id: int, speak: Speech) -> Markup:
    by_when = words.by_when(task, speak)
    if not task.is_open:
        return speak("• {what}: {by_when}", what=task.what, by_when=by_when)
    who = words.who(task, author_id, speak)
    return speak("• {what}: {who} {by_when}", what=task.what, who=who, by_when=by_when)

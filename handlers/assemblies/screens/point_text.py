"""What is known of the point that the assembly is at, and what whoever leads reads of it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.endings import Course
from assembly.immutable import immutable
from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.screens import endings, timing
from handlers.assemblies.tasks.screens import follow_up
from handlers.core.screen import lines, paragraphs
from handlers.core.screens.own_points import as_read
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
    assembly whose minutes they are. `late`: when it opens, how many proposals came later.
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
    late: int = 0

    @property
    def latest(self) -> Decision | None:
        """What was put to a decision on it last."""
        return self.put[-1] if self.put else None


def told(seen: PointSeen, speak: Speech) -> Markup:
    """What it is, why it matters, how it stands: five short lines, where it is not read out."""
    item, proposal = seen.item, seen.proposal
    reason = proposal.reason if proposal else None
    text = lines(
        _title(seen, speak),
        speak("<i>{reason}</i>", reason=reason) if reason else None,
        _whose(item, proposal, speak),
        _gone(item, proposal, speak) or _came(seen.latest, speak),
        agreeing.line(seen.agreement, speak),
        endings.state(item, seen.course, speak),
        insists(seen.insistent, speak),
        _hint(item, speak),
        _time(seen, speak),
    )
    before = seen.before.told(speak) if seen.before is not None else None
    return paragraphs(text, before, _pause(seen, speak))


def of_round(seen: PointSeen, speak: Speech) -> Markup:
    """How everybody is: nothing is noted, nothing ends somehow, nothing follows."""
    text = lines(
        _title(seen, speak),
        speak("One after the other, whoever wants to: one sentence. Nobody has to."),
        speak("Nothing of it is noted."),
        insists(seen.insistent, speak),
    )
    return paragraphs(text, _pause(seen, speak))


def more(seen: PointSeen, speak: Speech) -> Markup:
    """Above what else can be done at it."""
    return lines(_title(seen, speak), _order(seen, speak))


def insists(task: Task | None, speak: Speech) -> Markup | None:
    """On a task that was left open so often that it wants to be talked about."""
    if task is None:
        return None
    return speak("Left open three times: {what}. Shall you talk about it?", what=task.what)


def _title(seen: PointSeen, speak: Speech) -> Markup:
    return speak(
        "<b>{number} of {total}: {title}</b>",
        number=seen.item.position,
        total=seen.total,
        title=as_read(seen.item.title, speak),
    )


def _whose(item: AgendaItem, proposal: Proposal | None, speak: Speech) -> Markup | None:
    """Who proposed it, if they want that, and since when it waits."""
    told = []
    if proposal is not None and proposal.author_name:
        told.append(speak("By {name}.", name=proposal.author_name))
    if item.waits_since is not None:
        day = speak.short_day(item.waits_since)
        told.append(speak("It has waited since the assembly on {day}.", day=day))
    return Markup(" ").join(told) if told else None


def _time(seen: PointSeen, speak: Speech) -> Markup | None:
    """Until when its time goes; once the point has ended that is no matter any more."""
    if seen.assembly is None or seen.item.ending is not None:
        return None
    return timing.sign(seen.assembly, seen.item, seen.now, speak)


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


def _came(latest: Decision | None, speak: Speech) -> Markup | None:
    """What is being asked on the point, or what came of it."""
    if latest is None:
        return None
    if latest.status == "open":
        return speak("Still being decided: {question}", question=latest.question)
    return outcomes.short(latest, speak)


def _order(seen: PointSeen, speak: Speech) -> Markup | None:
    """Which way comes first, where nothing was said of the point yet."""
    talks = seen.item.kind in ("proposal", "late", "task")
    if not talks or seen.put or seen.agreement is not None or seen.item.ending is not None:
        return None
    return speak("Are you agreed? Then word it. A ballot is for when it is needed.")


def _hint(item: AgendaItem, speak: Speech) -> Markup | None:
    if item.kind != "report":
        return None
    return speak("Groups say in a few sentences what they did and what they need.")


def _pause(seen: PointSeen, speak: Speech) -> Markup | None:
    return speak("<b>It is time for the break.</b>") if seen.pause else None

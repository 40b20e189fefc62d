"""The walk through the agenda, on the facilitator's own screen, and its two posts to the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assembly.session import Way
from handlers.assemblies.presses import CloseAssembly, OpenAssembly, Step
from handlers.assemblies.screens import presence
from handlers.assemblies.screens.assembly import Overview, first_point, headline
from handlers.core.navigation import Facilitate, HowCounted, PutQuestion, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from handlers.decisions.results.screens import outcomes
from handlers.decisions.results.screens.words import length
from storage.assemblies import AgendaItem, Assembly, Author
from storage.centres import Centre
from storage.decisions import Decision
from storage.proposals import Proposal

_SHOWN = 8  # decisions in one post
_ROOM = 3500  # units of a message's 4,096 that they may take together


def sure_to_open(assembly: Assembly, speak: Speech) -> Screen:
    """Asked once when it is early: opening fixes the agenda and ends the reminders."""
    text = lines(
        speak("It starts on {moment}.", moment=speak.moment(assembly.starts_at)),
        speak("Open it already? The group is told, and the points are fixed."),
    )
    centre_id = assembly.centre_id
    buttons = column(
        Button(str(speak("Open it now")), OpenAssembly(centre_id, assembly.id, sure=True)),
        Button(str(speak("Not yet")), Facilitate(centre_id)),
    )
    return Screen(text, buttons)


def another_is_open(other: Assembly, speak: Speech) -> Screen:
    """One assembly at a time."""
    return Screen(
        lines(
            speak("The assembly of {moment} is still open.", moment=speak.moment(other.starts_at)),
            speak("Close it first."),
        ),
        column(
            Button(str(speak("Go there")), ShowSession(other.centre_id, other.id)),
            Button(str(speak("Back")), Facilitate(other.centre_id)),
        ),
    )


def opened_post(seen: Overview, speak: Speech) -> Screen:
    """To the group: it begins."""
    begins = speak("Nobody has put a point on the list: we start with what is on our minds.")
    text = lines(
        speak("<b>The assembly is open.</b>"),
        first_point(seen, speak) if seen.points else begins,
    )
    return Screen(text, ((presence.button(seen.assembly, speak),),), public=True)


def opened_before(assembly: Assembly, now: int, speak: Speech) -> Screen:
    """In its place once the assembly is closed: nobody says any more that they are there."""
    return Screen(headline(assembly, now, speak), public=True)


def point(
    item: AgendaItem, total: int, proposal: Proposal | None, position: int, speak: Speech
) -> Screen:
    """The point that the assembly is at: what it is, why it matters, what to do with it."""
    title = speak(
        "<b>{number} of {total}: {title}</b>", number=position, total=total, title=item.title
    )
    reason = proposal.reason if proposal else None
    text = lines(
        title,
        speak("<i>{reason}</i>", reason=reason) if reason else None,
        speak("By {name}.", name=proposal.author_name)
        if proposal and proposal.author_name
        else None,
        _gone(proposal, speak),
    )
    centre_id, assembly_id = item.centre_id, item.assembly_id
    onward = speak("Next") if position < total else speak("Done with this")
    rows: list[tuple[Button, ...]] = [
        (Button(str(speak("Put it to a decision")), PutQuestion(centre_id, item.id)),),
        (
            Button(str(onward), Step(centre_id, assembly_id, position, Way.NEXT)),
            Button(str(speak("Postpone")), Step(centre_id, assembly_id, position, Way.POSTPONE)),
        ),
    ]
    if position > 1:
        back = Step(centre_id, assembly_id, position, Way.BACK)
        rows.append((Button(str(speak("Back to the point before")), back),))
    rows.append(_close(centre_id, assembly_id, speak))
    return Screen(text, tuple(rows))


def all_through(assembly: Assembly, total: int, speak: Speech) -> Screen:
    """After the last point."""
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
    rows.append(_close(centre_id, assembly.id, speak))
    return Screen(text, tuple(rows))


def sure_to_close(assembly: Assembly, left: int, running: int, speak: Speech) -> Screen:
    """Asked once: what closing means for what is not done."""
    text = lines(
        speak("Close the assembly?"),
        speak.many(
            "One point is not done: it stays on the list for next time.",
            "{n} points are not done: they stay on the list for next time.",
            left,
        )
        if left
        else None,
        speak.many(
            "One decision is still open: it goes on until its time.",
            "{n} decisions are still open: they go on until their time.",
            running,
        )
        if running
        else None,
        speak("The group gets a summary."),
    )
    centre_id = assembly.centre_id
    buttons = column(
        Button(str(speak("Close it")), CloseAssembly(centre_id, assembly.id, sure=True)),
        Button(str(speak("Not yet")), ShowSession(centre_id, assembly.id)),
    )
    return Screen(text, buttons)


def closed(centre_id: int, speak: Speech) -> Screen:
    """To the facilitator who closed it."""
    return Screen(
        speak("The assembly is closed. The summary is on its way to the group."),
        column(Button(str(speak("Back")), Facilitate(centre_id))),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What an assembly leaves: its points, what it decided, and what is `running` still.

    `present`: how many had said that they are there. `following`: the next assembly, if convened.
    """

    assembly: Assembly
    items: Sequence[AgendaItem]
    decided: Sequence[Decision]
    running: Sequence[Decision]
    present: int
    following: Assembly | None


def summary_post(of: Summary, speak: Speech, ask: Button) -> Screen:
    """To the group after the assembly; `ask` is the way in for those who are no members."""
    day = speak.day(of.assembly.starts_at)
    told = [outcomes.short(each, speak) for each in of.decided]
    told += [
        speak("Still being decided: {question}", question=each.question) for each in of.running
    ]
    heading = speak("<b>What we decided on {day}</b>", day=day)
    if not told:
        heading = speak("<b>The assembly of {day}</b>", day=day)
        told = [speak("Nothing was put to a decision this time.")]
    shown = told[:_SHOWN]
    while length(lines(*shown)) > _ROOM:
        shown.pop()
    more = len(told) - len(shown)
    rest = speak.many("One more: /decide", "{n} more: /decide", more) if more > 0 else None
    ahead = None
    if of.following is not None:
        ahead = speak("The next assembly: {moment}.", moment=speak.moment(of.following.starts_at))
    after = lines(_talked(of.items, speak), presence.were_here(of.present, speak), ahead)
    text = paragraphs(lines(heading, *shown, rest), after or None)
    return Screen(text, ((ask,),), public=True)


def to_author(author: Author, decided: Decision | None, centre: Centre, speak: Speech) -> Screen:
    """Privately, to whoever proposed a point that was talked about."""
    heading = speak("The assembly of {centre} talked about your proposal.", centre=centre.name)
    title = Markup("<b>{}</b>").format(author.title)
    if decided is None:
        return Screen(
            paragraphs(heading, title, speak("Nothing was put to a decision on it.")),
            ((to_home(speak, centre.id),),),
        )
    see = Button(str(speak("How it was counted")), HowCounted(centre.id, decided.id))
    if decided.status == "open":
        came = speak("Still being decided: {question}", question=decided.question)
    else:
        came = outcomes.result(decided, speak)
    return Screen(
        paragraphs(heading, title, came),
        column(see, to_home(speak, centre.id)),
    )


def _talked(items: Sequence[AgendaItem], speak: Speech) -> Markup | None:
    if not items:
        return None
    done = sum(item.status == "done" for item in items)
    left = len(items) - done
    talked = speak.many("We talked about one point.", "We talked about {n} points.", done)
    stays = speak.many(
        "One stays on the list for next time.", "{n} stay on the list for next time.", left
    )
    return Markup(" ").join(part for part, n in ((talked, done), (stays, left)) if n)


def _gone(proposal: Proposal | None, speak: Speech) -> Markup | None:
    if proposal is None or proposal.status == "withdrawn":
        return speak("Whoever proposed it has since taken it back.")
    return None


def _close(centre_id: int, assembly_id: int, speak: Speech) -> tuple[Button, ...]:
    return (
        Button(str(speak("Close the assembly")), CloseAssembly(centre_id, assembly_id, sure=False)),
        Button(str(speak("Facilitate")), Facilitate(centre_id)),
    )

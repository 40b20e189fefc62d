"""The walk through the agenda, on the facilitator's own screen, and its two posts to the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assembly.session import Parting, Way
from handlers.assemblies.presses import CloseAssembly, OpenAssembly, Step
from handlers.assemblies.screens import leaving, presence
from handlers.assemblies.screens.assembly import Overview, first_point, headline
from handlers.core.navigation import Facilitate, HowCounted, PutQuestion, SeeDecision, ShowSession
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
_ROOM = 4000  # units of a message's 4,096 that the post may take


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
    item: AgendaItem,
    total: int,
    proposal: Proposal | None,
    put: Sequence[Decision],
    position: int,
    speak: Speech,
) -> Screen:
    """The point that the assembly is at: what it is, why it matters, what to do with it.

    `put`: what was put to a decision on it, the latest last. One question at a time: while it is
    open, it is shown, and no other is offered.
    """
    latest = put[-1] if put else None
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
        _came(latest, speak),
        _state(item, speak),
    )
    centre_id, assembly_id = item.centre_id, item.assembly_id

    def button(label: Markup, way: Way) -> Button:
        return Button(label.unescape(), Step(centre_id, assembly_id, position, way))

    done = button(speak("Done with this point"), Way.DONE)
    marks = {
        "waiting": (done, button(speak("Postpone"), Way.POSTPONE)),
        "postponed": (done,),
        "done": (button(speak("Not done after all"), Way.REOPEN),),
    }
    rows: list[tuple[Button, ...]] = [
        (_decide(item, latest, speak),),
        marks[item.status],
        (button(speak("Next"), Way.NEXT),),
    ]
    if position > 1:
        rows.append((button(speak("Back to the point before"), Way.BACK),))
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


@dataclass(frozen=True, slots=True)
class Summary:
    """What an assembly leaves: on the list, decided, and what is `running` still.

    `present`: how many had said that they are there; `in_room`: how many more were counted, None
    where nobody was asked. `following`: the next assembly, if convened.
    """

    assembly: Assembly
    parted: Parting
    decided: Sequence[Decision]
    running: Sequence[Decision]
    present: int
    in_room: int | None
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
    ahead = None
    if of.following is not None:
        ahead = speak("The next assembly: {moment}.", moment=speak.moment(of.following.starts_at))
    after = lines(presence.were_here(of.present, of.in_room, speak), ahead)
    left = leaving.after(of.parted, speak)

    def told_up_to(shown: int) -> Markup:
        more = len(told) - shown
        rest = speak.many("One more: /decide", "{n} more: /decide", more) if more > 0 else None
        return paragraphs(lines(heading, *told[:shown], rest), left, after or None)

    shown = min(len(told), _SHOWN)
    while length(told_up_to(shown)) > _ROOM:
        shown -= 1
    return Screen(told_up_to(shown), ((ask,),), public=True)


def to_author(author: Author, decided: Decision | None, centre: Centre, speak: Speech) -> Screen:
    """Privately, to whoever proposed a point that was talked about."""
    heading = speak("The assembly of {centre} talked about your proposal.", centre=centre.name)
    title = Markup("<b>{}</b>").format(author.title)
    off = speak("It is done, and off the list now.")
    if decided is None:
        return Screen(
            paragraphs(heading, title, speak("Nothing was put to a decision on it."), off),
            ((to_home(speak, centre.id),),),
        )
    see = Button(str(speak("How it was counted")), HowCounted(centre.id, decided.id))
    if decided.status == "open":
        came = speak("Still being decided: {question}", question=decided.question)
    else:
        came = outcomes.result(decided, speak)
    return Screen(
        paragraphs(heading, title, came, off),
        column(see, to_home(speak, centre.id)),
    )


def _decide(item: AgendaItem, latest: Decision | None, speak: Speech) -> Button:
    if latest is not None and latest.status == "open":
        return Button(str(speak("See the question")), SeeDecision(item.centre_id, latest.id))
    return Button(str(speak("Put it to a decision")), PutQuestion(item.centre_id, item.id))


def _came(latest: Decision | None, speak: Speech) -> Markup | None:
    """What is being asked on the point, or what came of it."""
    if latest is None:
        return None
    if latest.status == "open":
        return speak("Still being decided: {question}", question=latest.question)
    return outcomes.short(latest, speak)


def _state(item: AgendaItem, speak: Speech) -> Markup | None:
    """What becomes of its proposal; of what has left the list already there is nothing to say."""
    if item.status == "waiting" or not item.is_listed:
        return None
    if item.is_done:
        return speak("Done: it leaves the list when you close the assembly.")
    return speak("Postponed: it stays on the list for next time.")


def _gone(proposal: Proposal | None, speak: Speech) -> Markup | None:
    if proposal is None or proposal.status == "withdrawn":
        return speak("Whoever proposed it has since taken it back.")
    return None


def _close(centre_id: int, assembly_id: int, speak: Speech) -> tuple[Button, ...]:
    return (
        Button(str(speak("Close the assembly")), CloseAssembly(centre_id, assembly_id, sure=False)),
        Button(str(speak("Facilitator’s menu")), Facilitate(centre_id)),
    )

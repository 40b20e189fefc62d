"""What is told when an assembly is closed: to the group, and to whoever proposed a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assembly.agreement import Standing
from assembly.endings import Ending, Parting
from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.screens import endings, presence
from handlers.assemblies.tasks.screens import offer
from handlers.core.navigation import HowCounted, ShowAgenda
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech, later
from handlers.decisions.results.screens import outcomes
from handlers.decisions.results.screens.words import length
from storage.agreements import Agreement
from storage.assemblies import Assembly, Author
from storage.centres import Centre
from storage.decisions import Decision
from storage.tasks import Task

_SHOWN = 8  # decisions in one post
_ROOM = 4000  # units of a message's 4,096 that the post may take

_BECAME = {
    Ending.DECIDED: later("It is decided, and off the list now."),
    Ending.AGREED: later("It was agreed without a ballot, and is off the list now."),
    Ending.TALKED: later("It was talked about, and is off the list now."),
    Ending.GOES_ON: later("It goes on next time, and stays on the list."),
    Ending.TAKEN_BACK: later(
        "In the room it was said to be taken back. If you want that, take it off the list; "
        "until then it stays there."
    ),
    Ending.NOT_REACHED: later("There was no time for it. It stays on the list."),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What an assembly leaves: how its points ended, what was `agreed` on and decided, and what is
    `running` still.

    `present`: how many had said that they are there; `in_room`: how many more were counted, None
    where nobody was asked. `following`: the next assembly, if convened. `tasks`: what is to be
    done in the centre; `take` leads there.
    """

    assembly: Assembly
    parted: Parting
    decided: Sequence[Decision]
    running: Sequence[Decision]
    present: int
    in_room: int | None
    following: Assembly | None
    tasks: Sequence[Task] = ()
    take: Button | None = None
    agreed: Sequence[Agreement] = ()


def summary_post(of: Summary, speak: Speech, ask: Button) -> Screen:
    """To the group after the assembly; `ask` is the way in for those who are no members."""
    day = speak.day(of.assembly.starts_at)
    told = [
        agreeing.agreed(each.wording, speak)
        for each in of.agreed
        if each.standing is Standing.STANDS
    ]
    told += [outcomes.short(each, speak) for each in of.decided]
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
    left = endings.after(of.parted, speak)
    free = offer.who_takes_it(of.tasks, speak)

    def told_up_to(shown: int) -> Markup:
        more = len(told) - shown
        rest = speak.many("One more: /decide", "{n} more: /decide", more) if more > 0 else None
        return paragraphs(lines(heading, *told[:shown], rest), left, free, after or None)

    shown = min(len(told), _SHOWN)
    while length(told_up_to(shown)) > _ROOM:
        shown -= 1
    rows = column(of.take, ask) if free is not None and of.take is not None else column(ask)
    return Screen(told_up_to(shown), rows, public=True)


def to_author(
    author: Author,
    decided: Decision | None,
    centre: Centre,
    speak: Speech,
    *,
    agreed: Agreement | None = None,
) -> Screen:
    """Privately, to whoever proposed a point that the assembly came to."""
    heading = speak("The assembly of {centre} came to your proposal.", centre=centre.name)
    title = Markup("<b>{}</b>").format(author.title)
    see = []
    came = None
    if decided is not None:
        see = [Button(str(speak("How it was counted")), HowCounted(centre.id, decided.id))]
        if decided.status == "open":
            came = speak("Still being decided: {question}", question=decided.question)
        else:
            came = outcomes.result(decided, speak)
    if author.ending is Ending.TAKEN_BACK:
        see.append(Button(str(speak("The list")), ShowAgenda(centre.id)))
    if agreed is not None and author.ending is Ending.AGREED:
        came = agreeing.agreed(agreed.wording, speak)
    became = speak(_BECAME[author.ending])
    return Screen(paragraphs(heading, title, came, became), column(*see, to_home(speak, centre.id)))

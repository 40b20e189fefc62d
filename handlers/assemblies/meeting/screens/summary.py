"""What is told to the group when an assembly is closed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.agreement import Standing
from assembly.endings import Parting
from assembly.immutable import immutable
from handlers.assemblies.agreeing.screens import agreeing
from handlers.assemblies.screens import endings, presence
from handlers.assemblies.tasks.screens import offer
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.room import length
from handlers.core.speech import Speech
from handlers.decisions.results.screens import outcomes
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.decisions import Decision
from storage.tasks import Task

_SHOWN = 8  # decisions in one post
_ROOM = 4000  # units of a message's 4,096 that the post may take


@immutable
class Summary:
    """What an assembly leaves: how its points ended, what was `agreed` on and decided, and what is
    `running` still.

    `present`: how many were there, by phone or counted in the room. `following`: the next
    assembly, if convened. `tasks`: what is to be done in the centre; `take` leads there.
    `by_itself`: nobody closed it.
    """

    assembly: Assembly
    parted: Parting
    decided: Sequence[Decision]
    running: Sequence[Decision]
    present: int
    following: Assembly | None
    tasks: Sequence[Task] = ()
    take: Button | None = None
    agreed: Sequence[Agreement] = ()
    by_itself: bool = False


def summary_post(of: Summary, speak: Speech, ask: Button) -> Screen:
    """To the group after the assembly; `ask` is the way in for those who are no members."""
    day = speak.day(of.assembly.began_at)
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
    over = speak("Nobody closed it, so it closed by itself.") if of.by_itself else None
    after = lines(over, presence.were_here(of.present, speak), ahead)
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

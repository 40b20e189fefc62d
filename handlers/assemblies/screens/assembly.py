"""What is said about an assembly: its posts in the group, and the card that members see."""

from __future__ import annotations

from itertools import zip_longest

from markupsafe import Markup

from assembly.convening import days_until
from assembly.immutable import immutable
from handlers.assemblies.calendars.presses import TakeCalendar
from handlers.assemblies.calendars.screens import calendars
from handlers.assemblies.duty_presses import ShowLeading
from handlers.assemblies.presses import ChooseReminders, Post, ShowPoints
from handlers.assemblies.screens import attendance, duties, endings, presence
from handlers.core.names import shortened
from handlers.core.navigation import Home, ShowAgenda, ShowAssembly, TakeNotes
from handlers.core.screen import Button, DeepLink, Screen, lines, paragraphs
from handlers.core.screens.own_points import as_read
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.duties import Asked

SENT, WHY = 10, 120  # points that the group reads, and characters of each one's reason


@immutable
class Overview:
    """An assembly with what all may know of it: its points in order, how many are coming.

    `reasons`: why each point matters, where its author said so. `waits`: since when (UTC epoch
    seconds) it waits, where it stood on an agenda before. `dense`: the group has one post of
    it. `asks`: whether people are asked if they come. `leads`: who has a duty, named or not.
    """

    assembly: Assembly
    points: tuple[str, ...]
    coming: int
    reasons: tuple[str | None, ...] = ()
    waits: tuple[int | None, ...] = ()
    dense: bool = False
    asks: bool = True
    leads: tuple[Asked, ...] = ()


@immutable
class Mine:
    """What only the member themselves sees."""

    answer: Attendance | None
    wishes: bool
    here: bool = False
    leads: bool = False  # may open it by now, or go on with it
    records: bool = False  # and writes notes while it is open


def post(kind: Post, seen: Overview, now: int, speak: Speech, link: DeepLink) -> Screen:
    """A post in the group; the same again, brought up to date, whenever somebody answers."""
    assembly = seen.assembly
    headed = headline(assembly, now, speak)
    if not assembly.takes_place(now):
        gone = kind is Post.CANCELLED and assembly.status == "cancelled"
        stays = speak("All proposals stay on the list for the next one.")
        if kind is Post.CANCELLED:
            news: tuple[Markup | None, ...] = (why(assembly, speak), stays)
        else:
            news = (stays,) if assembly.status == "convened" else ()
        out = ((calendars.way(assembly, speak, link),),) if gone else ()
        return Screen(lines(headed, *news), out, public=True)
    above = lines(headed, assembly.place)
    below = lines(
        _led(seen, speak),
        _come(seen, speak),
        _news(kind, seen, speak) if assembly.status == "convened" else None,
    )
    if _is_sent(kind, seen):
        text = paragraphs(above, sent_points(seen, speak), below or None)
    else:
        text = lines(above, point_now(seen, speak), below or None)
    listed = link(f"points_{assembly.centre_id}_{assembly.id}")
    ask = link(f"join_{assembly.centre_id}")
    rows = (
        _first_row(kind, seen, speak),
        (Button(str(speak("The list")), url=listed),),
        (Button(str(speak("Ask to join")), url=ask),),
        (calendars.way(assembly, speak, link),) if assembly.status == "convened" else (),
    )
    return Screen(text, tuple(row for row in rows if row), public=True)


def _first_row(kind: Post, seen: Overview, speak: Speech) -> tuple[Button, ...]:
    """Whether one comes; once it is open, that one is here."""
    if seen.assembly.status == "open":
        return (presence.button(seen.assembly, speak),)
    return attendance.answers(seen.assembly, kind, None, speak) if seen.asks else ()


def none_convened(centre_id: int, speak: Speech, *, public: bool) -> Screen:
    """Nobody has convened an assembly."""
    text = speak("No assembly is convened at the moment. You will hear of the next one in time.")
    if public:
        return Screen(text, public=True)
    rows = (
        (Button(str(speak("The list")), ShowAgenda(centre_id)),),
        (Button(str(speak("Back")), Home(centre_id)),),
    )
    return Screen(text, rows)


def card(seen: Overview, mine: Mine, now: int, speak: Speech) -> Screen:
    """The assembly as a member sees it in private, with their own answer."""
    assembly = seen.assembly
    if not assembly.takes_place(now):
        return Screen(
            lines(headline(assembly, now, speak), why(assembly, speak)),
            ((Button(str(speak("Back")), ShowAssembly(assembly.centre_id)),),),
        )
    wish = speak("No reminders here") if mine.wishes else speak("Remind me here too")
    text = lines(
        headline(assembly, now, speak),
        assembly.place,
        point_now(seen, speak),
        _led(seen, speak),
        _come(seen, speak),
        speak("You get the reminders here too.") if mine.wishes else None,
        speak("You are counted as here.") if mine.here else None,
    )
    answers = attendance.answers(assembly, Post.CARD, mine.answer, speak) if seen.asks else ()
    if assembly.status == "open":
        answers = (presence.button(assembly, speak, here=mine.here),)
    rows = (
        (duties.way_in(assembly, speak),) if mine.leads else (),
        _writes(assembly, mine, speak),
        answers,
        (
            Button(str(speak("The list")), ShowPoints(assembly.centre_id, assembly.id)),
            Button(str(speak("Into my calendar")), TakeCalendar(assembly.centre_id, assembly.id)),
        ),
        (Button(str(wish), ChooseReminders(assembly.centre_id, not mine.wishes)),),
        (Button(str(speak("Chair and notes")), ShowLeading(assembly.centre_id, assembly.id)),),
        (Button(str(speak("Back")), Home(assembly.centre_id)),),
    )
    return Screen(text, tuple(row for row in rows if row))


def _writes(assembly: Assembly, mine: Mine, speak: Speech) -> tuple[Button, ...]:
    """For whoever takes the notes, while there is something to note."""
    if not mine.records or assembly.status != "open":
        return ()
    return (Button(str(speak("Write notes")), TakeNotes(assembly.centre_id, assembly.id, 0)),)


def headline(assembly: Assembly, now: int, speak: Speech) -> Markup:
    """When it is, in words that are right at this moment."""
    moment = speak.moment(assembly.starts_at)
    if assembly.status == "cancelled":
        return speak("<b>The assembly on {moment} does not take place.</b>", moment=moment)
    if assembly.status == "closed":
        moment = speak.moment(assembly.began_at)
        return speak("<b>The assembly on {moment} is over.</b>", moment=moment)
    if not assembly.takes_place(now):
        return speak(
            "<b>The assembly on {moment} did not take place: nobody opened it.</b>", moment=moment
        )
    if assembly.status == "open":
        return speak("<b>The assembly is open.</b>")
    days = days_until(assembly.starts_at, now, speak.zone)
    if days == 0:
        return speak("<b>Assembly today, {moment}</b>", moment=moment)
    if days == 1:
        return speak("<b>Assembly tomorrow, {moment}</b>", moment=moment)
    return speak("<b>Assembly on {moment}</b>", moment=moment)


def point_now(seen: Overview, speak: Speech) -> Markup:
    """Where an open assembly is; before it begins, what comes first."""
    position = seen.assembly.position
    if position is None or not seen.points:
        return first_point(seen, speak)
    if position > len(seen.points):
        return speak("All points have been called.")
    return speak(
        "Now, {number} of {total}: {title}",
        number=position,
        total=len(seen.points),
        title=as_read(seen.points[position - 1], speak),
    )


def why(assembly: Assembly, speak: Speech) -> Markup | None:
    """Why it was cancelled, in a facilitator's words."""
    if assembly.reason is None:
        return None
    return speak("The reason: {reason}", reason=assembly.reason)


def first_point(seen: Overview, speak: Speech) -> Markup:
    """What comes first, and how many points there are."""
    if not seen.points:
        return speak("Nothing is on the list yet. What should we talk about?")
    first = as_read(seen.points[0], speak)
    return speak.many(
        "One point: {title}", "First of {n} points: {title}", len(seen.points), title=first
    )


def _led(seen: Overview, speak: Speech) -> Markup | None:
    """Who chairs, and who takes notes, as far as they want it to be read."""
    told = [each for holder in seen.leads if (each := duties.named(holder, speak)) is not None]
    return Markup(" · ").join(told) if told else None


def sent_points(seen: Overview, speak: Speech) -> Markup:
    """The agenda as the group reads it: each point in its number, with its why, shortened."""
    if not seen.points:
        return first_point(seen, speak)
    told = []
    for number, (title, reason, since) in enumerate(
        zip_longest(seen.points[:SENT], seen.reasons[:SENT], seen.waits[:SENT]), start=1
    ):
        line = speak("{number}. {title}", number=number, title=as_read(title, speak))
        waits = endings.waits(since, speak)
        told.append(Markup("{} · {}").format(line, waits) if waits else line)
        if reason:
            why = shortened(" ".join(reason.split()), WHY)
            told.append(speak("<i>{reason}</i>", reason=why))
    more = len(seen.points) - SENT
    rest = speak.many("and one more", "and {n} more", more) if more > 0 else None
    return lines(*told, rest)


def _is_sent(kind: Post, seen: Overview) -> bool:
    """Whether this post tells the agenda: the one that sent it, and where there is only one."""
    assembly = seen.assembly
    sent = assembly.frozen_at is not None and assembly.status == "convened"
    return sent and (seen.dense or kind is Post.AGENDA)


def coming(number: int, speak: Speech) -> Markup | None:
    """How many are coming: a number, never a name."""
    return speak.many("One person is coming.", "{n} people are coming.", number) if number else None


def _come(seen: Overview, speak: Speech) -> Markup | None:
    """The same while it is ahead and people are asked; at an open one they say: I’m here."""
    ahead = seen.assembly.status == "convened"
    return coming(seen.coming, speak) if ahead and seen.asks else None


def _news(kind: Post, seen: Overview, speak: Speech) -> Markup | None:
    if kind is Post.MOVED and not seen.asks:
        return speak("The time is new.")
    if kind is Post.MOVED:
        return speak("The time is new: please say again whether you are coming.")
    return speak("The place is new.") if kind is Post.PLACE else None

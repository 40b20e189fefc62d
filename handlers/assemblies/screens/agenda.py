"""The points of an assembly by page, for every member: what waits, how each ended, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from markupsafe import Markup

from assembly.endings import Ending
from assembly.immutable import immutable
from handlers.assemblies.presses import PointsPage, PrintPoints
from handlers.assemblies.screens import endings, reordering
from handlers.assemblies.screens.assembly import WHY
from handlers.assemblies.screens.points import PAGE, at_page, turns
from handlers.core.names import shortened
from handlers.core.navigation import ShowAgenda, ShowAssembly
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.own_points import as_read
from handlers.core.screens.printed import TO_PRINT
from handlers.core.screens.room import length
from handlers.core.speech import Speech
from storage.agenda_changes import Change
from storage.assemblies import Assembly

LATE = 5  # titles of what came later
ROOM = 4000  # units of a message's 4,096 up to which there is room for them, and for each why


@immutable
class Listed:
    """One of the points; `waits_since` (UTC epoch seconds): it stood on an agenda before.

    `reason`: why it matters, where its author said so.
    """

    title: str
    waits_since: int | None = None
    ending: Ending | None = None
    reason: str | None = None


def agenda(
    assembly: Assembly,
    listed: Sequence[Listed],
    changes: Sequence[Change],
    page: int,
    speak: Speech,
    fixed_at: int | None = None,
    late: Sequence[str] = (),
) -> Screen:
    """In private; until the points are fixed, at `fixed_at`, as they stand now.

    `late`: titles of what came after that, about which the assembly decides.
    Moments are UTC epoch seconds; pages count from 1.
    """
    title = speak("<b>What we talk about on {moment}</b>", moment=speak.moment(assembly.starts_at))
    page, pages = at_page(page, len(listed))
    first = (page - 1) * PAGE
    shown = [
        _line(each, number, assembly.position, speak)
        for number, each in enumerate(listed[first : first + PAGE], start=first + 1)
    ]
    still = None
    if fixed_at is not None and assembly.status == "convened":
        when = speak.moment(fixed_at)
        still = speak("The order can still change. It is fixed on {moment}.", moment=when)
    points = lines(title, *shown) if shown else lines(title, speak("Nothing is on it yet."))
    whys = [_why(each, speak) for each in listed[first : first + PAGE]]
    with_whys = lines(title, *chain.from_iterable(zip(shown, whys, strict=True)))
    below = paragraphs(reordering.changed(changes, speak), still) or None
    if shown and length(with_whys) + length(below or Markup()) <= ROOM:
        points = with_whys
    text = paragraphs(
        points,
        _came_later(late, ROOM - length(points) - length(below or Markup()), speak),
        below,
    )
    ids = assembly.centre_id, assembly.id
    rows = (
        *turns(page, pages, lambda to: PointsPage(*ids, to), speak),
        (Button(str(speak(TO_PRINT)), PrintPoints(*ids, own=False)),),
        (Button(str(speak("All proposals")), ShowAgenda(assembly.centre_id)),),
        (Button(str(speak("Back")), ShowAssembly(assembly.centre_id)),),
    )
    return Screen(text, rows)


def _why(each: Listed, speak: Speech) -> Markup | None:
    if not each.reason:
        return None
    return speak("<i>{reason}</i>", reason=shortened(" ".join(each.reason.split()), WHY))


def _came_later(late: Sequence[str], room: int, speak: Speech) -> Markup | None:
    """As many as there is room for, in units of a message."""
    if not late:
        return None
    told = [speak("Came later; the assembly decides whether to take it:")]
    for title in late[:LATE]:
        line = Markup("• {}").format(title)
        if length(lines(*told, line)) > room:
            break
        told.append(line)
    more = len(late) + 1 - len(told)
    return lines(*told, speak.many("and one more", "and {n} more", more) if more > 0 else None)


def _line(each: Listed, number: int, position: int | None, speak: Speech) -> Markup:
    line = endings.heading(number, as_read(each.title, speak), speak, now=number == position)
    if each.ending is not None:
        return Markup("{} · <i>{}</i>").format(line, endings.word(each.ending, speak))
    waits = endings.waits(each.waits_since, speak)
    return Markup("{} · {}").format(line, waits) if waits else line

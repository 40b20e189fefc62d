"""Giving a point another place: which one, where to, and why; all can read the reason."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.wording import WordingError
from handlers.assemblies.convening_presses import ChangeAssembly
from handlers.assemblies.presses import ListPoints
from handlers.assemblies.reordering_presses import (
    AskWhy,
    ChoosePlace,
    ChoosePoint,
    LeaveOrder,
    MoveFor,
    Why,
)
from handlers.assemblies.screens.points import PAGE, at_page, in_fives, turns
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import plain
from handlers.core.screens.own_points import as_read
from handlers.core.screens.room import as_many_as_fit
from handlers.core.speech import Speech, later
from storage.agenda_changes import Change
from storage.assemblies import Assembly
from storage.points import AgendaItem

_ROOM = 1000  # units of a message's 4,096 for the changes, the latest; one always fits

REASONS = {
    Why.LEAVES: later("Somebody has to leave early."),
    Why.TOGETHER: later("It belongs with the point beside it."),
    Why.URGENT: later("It can’t wait."),
}


def which(assembly: Assembly, items: Sequence[AgendaItem], page: int, speak: Speech) -> Screen:
    """The points by page, each with its number as a button."""
    page, pages = at_page(page or _page_of(assembly.position or 1), len(items))
    shown = _on(page, items)
    ids = assembly.centre_id, assembly.id
    text = paragraphs(
        speak("<b>Which point should move?</b>"), lines(*(_line(i, speak) for i in shown))
    )
    numbers = [Button(str(i.position), ChoosePlace(i.centre_id, i.id, 0)) for i in shown]
    rows = (
        *in_fives(numbers),
        *turns(page, pages, lambda to: ChoosePoint(*ids, to), speak),
        (back(assembly, speak),),
    )
    return Screen(text, rows)


def where(item: AgendaItem, items: Sequence[AgendaItem], page: int, speak: Speech) -> Screen:
    """The places that it could have, with what stands there now."""
    page, pages = at_page(page or _page_of(item.position), len(items))
    shown = _on(page, items)
    text = paragraphs(
        speak("<b>{number}. {title}</b>", number=item.position, title=as_read(item.title, speak)),
        speak("Which number should it have? The others make room."),
        lines(*(_line(each, speak) for each in shown)),
    )
    numbers = [
        Button(str(each.position), AskWhy(item.centre_id, item.id, item.position, each.position))
        for each in shown
        if each.id != item.id
    ]
    rows = (
        *in_fives(numbers),
        *turns(page, pages, lambda to: ChoosePlace(item.centre_id, item.id, to), speak),
        (Button(str(speak("Back")), ChoosePoint(item.centre_id, item.assembly_id, 0)),),
    )
    return Screen(text, rows)


def why(item: AgendaItem, becomes: int, speak: Speech, error: WordingError | None = None) -> Screen:
    """Asks for the reason; `error`: what was typed is none."""
    text = lines(
        speak("<b>{title}</b>", title=as_read(item.title, speak)),
        speak("From number {was} to number {becomes}.", was=item.position, becomes=becomes),
        plain.misfit(error, speak) if error is not None else None,
        speak("Why? Press a reason or write one sentence. Everybody can read it."),
    )
    reasons = [
        Button(speak(REASONS[each]).unescape(), MoveFor(item.centre_id, each)) for each in Why
    ]
    leave = Button(speak("Leave it where it is").unescape(), _leave(item))
    return Screen(text, column(*reasons, leave))


def changed(changes: Sequence[Change], speak: Speech) -> Markup | None:
    """Below the points, for everybody: what stands elsewhere now, and why; the latest first."""
    if not changes:
        return None
    told = [_told(each, speak) for each in reversed(changes)]
    return lines(speak("<b>The order was changed</b>"), *as_many_as_fit(told, _ROOM, speak))


def back(assembly: Assembly, speak: Speech) -> Button:
    """To the points of the open assembly, or to what can be changed about the coming one."""
    if assembly.status == "open":
        return Button(str(speak("Back")), ListPoints(assembly.centre_id, assembly.id, 0))
    return Button(str(speak("Back")), ChangeAssembly(assembly.centre_id, assembly.id))


def _leave(item: AgendaItem) -> LeaveOrder:
    return LeaveOrder(item.centre_id, item.assembly_id)


def _told(change: Change, speak: Speech) -> Markup:
    place = speak(
        "{title}: from {was} to {becomes}.",
        title=as_read(change.title, speak),
        was=change.was,
        becomes=change.becomes,
    )
    return Markup("{} <i>{}</i>").format(place, change.reason) if change.reason else place


def _line(item: AgendaItem, speak: Speech) -> Markup:
    return speak("{number}. {title}", number=item.position, title=as_read(item.title, speak))


def _on(page: int, items: Sequence[AgendaItem]) -> Sequence[AgendaItem]:
    return items[(page - 1) * PAGE : page * PAGE]


def _page_of(position: int) -> int:
    return -(-position // PAGE)

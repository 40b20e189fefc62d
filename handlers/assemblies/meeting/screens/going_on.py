"""How whoever leads goes on: on, back, to all points, and out of the assembly."""

from __future__ import annotations

from assembly.session import Way
from handlers.assemblies.presses import CloseAssembly, ListPoints, MoreAtPoint, Step
from handlers.assemblies.timing_presses import PlanTime
from handlers.core.navigation import Facilitate
from handlers.core.screen import Button, column
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.points import AgendaItem

Rows = tuple[tuple[Button, ...], ...]


def moves(item: AgendaItem, speak: Speech) -> Rows:
    """On and back; both settle nothing."""
    ids = item.centre_id, item.assembly_id, item.position
    on = Button(str(speak("Next")), Step(*ids, Way.NEXT))
    if item.position == 1:
        return ((on,),)
    return ((Button(str(speak("The one before")), Step(*ids, Way.BACK)), on),)


def overview(item: AgendaItem, speak: Speech) -> Rows:
    """All points, and the time of this one."""
    time = Button(str(speak("Time")), PlanTime(item.centre_id, item.id, 0))
    return ((all_points(item.centre_id, item.assembly_id, speak), time),)


def all_points(centre_id: int, assembly_id: int, speak: Speech) -> Button:
    """To the list of them, with how each has ended."""
    return Button(str(speak("All points")), ListPoints(centre_id, assembly_id, 0))


def close(centre_id: int, assembly_id: int, speak: Speech, *, desk: bool) -> Rows:
    """The last rows; `desk`: whoever leads facilitates, too."""
    menu = Button(str(speak("Facilitator’s menu")), Facilitate(centre_id))
    return column(
        Button(str(speak("Close the assembly")), CloseAssembly(centre_id, assembly_id, sure=False)),
        menu if desk else to_home(speak, centre_id),
    )


def parted(rows: Rows) -> tuple[Rows, Rows]:
    """The rows of whoever leads, and the last ones: from what leads to more, or closes it, on."""
    for at, row in enumerate(rows):
        if any(isinstance(each.press, CloseAssembly | MoreAtPoint) for each in row):
            return rows[:at], rows[at:]
    return rows, ()

"""The buttons of assemblies, apart from their talk so that screens can carry them."""

from __future__ import annotations

from enum import StrEnum

from assembly import reminders
from assembly.endings import Ending
from assembly.immutable import immutable
from assembly.session import Way
from handlers.core.press import Press
from storage.attendances import Attendance


class Post(StrEnum):
    """Which message about an assembly carries a button, so that it can be brought up to date."""

    ANNOUNCED = "announcement"
    MOVED = "moved"
    PLACE = "place"
    CANCELLED = "cancelled"
    WEEK = reminders.Kind.WEEK.value
    DAY = reminders.Kind.DAY.value
    HOURS = reminders.Kind.HOURS.value
    AGENDA = "agenda"  # its agenda; where assemblies are dense, the one post
    CARD = "card"  # the answer to /assembly


@immutable
class Attend(Press, tag="att"):
    """Say whether I am coming, under a post in the group or in private."""

    centre_id: int
    assembly_id: int
    answer: Attendance
    post: Post


@immutable
class Here(Press, tag="here"):
    """Say that I am at the open assembly, or take it back."""

    centre_id: int
    assembly_id: int
    on: bool


@immutable
class ChooseReminders(Press, tag="wsh"):
    """Have the reminders in private too, or no longer."""

    centre_id: int
    on: bool


@immutable
class ShowPoints(Press, tag="pts"):
    """The points of an assembly."""

    centre_id: int
    assembly_id: int


@immutable
class PrintPoints(Press, tag="asp"):
    """The agenda to print, in the centre's language, or in my `own`."""

    centre_id: int
    assembly_id: int
    own: bool


@immutable
class PointsPage(Press, tag="ptg"):
    """A page of them, from 1."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class OpenAssembly(Press, tag="aso"):
    """Open an assembly; asks once when it is early and not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool


@immutable
class Step(Press, tag="stp"):
    """From the item of this position to the next or the one before; nothing else.

    Nothing happens where somebody has walked on before.
    """

    centre_id: int
    assembly_id: int
    position: int
    way: Way


@immutable
class MoreAtPoint(Press, tag="mor"):
    """What else whoever leads can do at the point that the assembly is at."""

    centre_id: int
    assembly_id: int


@immutable
class ListPoints(Press, tag="epl"):
    """A page of the points of the open assembly; 0: that with the current one."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class GoToPoint(Press, tag="epg"):
    """Go to this point from the one at `position`; nothing where somebody has moved on before."""

    centre_id: int
    item_id: int
    position: int


@immutable
class EndPoint(Press, tag="epn"):
    """Say how a point that is open has ended; pressed on this page of the closing screen.

    `page` 0: at the point itself. Nothing happens where somebody has said it before.
    """

    centre_id: int
    item_id: int
    page: int
    ending: Ending


@immutable
class ReopenPoint(Press, tag="epo"):
    """Take back how a point has ended, as long as it still says what it `was`; `page` as above."""

    centre_id: int
    item_id: int
    page: int
    was: Ending


@immutable
class ReviewPoints(Press, tag="epr"):
    """Before closing: this page of the points with how each ended."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class ReviewPoint(Press, tag="epc"):
    """Before closing: change how this point ended; back to this page."""

    centre_id: int
    item_id: int
    page: int


@immutable
class AskToOpen(Press, tag="asb"):
    """Back to the question whether to open it."""

    centre_id: int
    assembly_id: int


@immutable
class NotToday(Press, tag="asn"):
    """Its time has come, and it is not held; asks once while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool


@immutable
class ShowLate(Press, tag="laq"):
    """What came after the points were sent, before the assembly has come to its end."""

    centre_id: int
    assembly_id: int


@immutable
class DecideLate(Press, tag="lat"):
    """What came after the points were sent: talk about it today, or next time."""

    centre_id: int
    assembly_id: int
    proposal_id: int
    today: bool


@immutable
class SendAgenda(Press, tag="asd"):
    """From now on agendas are sent so many days before; 0: by the rhythm."""

    centre_id: int
    days: int


@immutable
class AskAttendance(Press, tag="asq"):
    """Ask whether people come, also where assemblies are close together; or no longer."""

    centre_id: int
    on: bool


@immutable
class CloseAssembly(Press, tag="asz"):
    """Close an assembly; asks once while not `sure`."""

    centre_id: int
    assembly_id: int
    sure: bool


@immutable
class GoesOn(Press, tag="asy"):
    """Nobody has closed it, and it is not over yet."""

    centre_id: int
    assembly_id: int

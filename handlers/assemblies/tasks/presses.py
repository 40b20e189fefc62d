"""The buttons of tasks, apart from their talk so that screens can carry them."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.tasks import ByWhen
from handlers.core.press import Press


@immutable
class TasksPage(Press, tag="tkp"):
    """A page of what is to be done."""

    centre_id: int
    page: int


@immutable
class SeeTask(Press, tag="tk"):
    """One task as it stands now."""

    centre_id: int
    task_id: int


@immutable
class TakeTask(Press, tag="tkt"):
    """I look after it; as the second only where somebody said that one is welcome."""

    centre_id: int
    task_id: int


@immutable
class JoinTask(Press, tag="tkj"):
    """I look after it with whoever has it already."""

    centre_id: int
    task_id: int


@immutable
class NameMe(Press, tag="tkn"):
    """My name may be read beside the task that I took, or may not; `first`: I took it just now."""

    centre_id: int
    task_id: int
    shown: bool
    first: bool


@immutable
class WelcomeCompany(Press, tag="tkc"):
    """Somebody may join me in what I took, or I do it alone."""

    centre_id: int
    task_id: int
    wanted: bool


@immutable
class FinishTask(Press, tag="tkd"):
    """It is done, or not after all."""

    centre_id: int
    task_id: int
    done: bool


@immutable
class NeedsLonger(Press, tag="tkl"):
    """Ask me until when."""

    centre_id: int
    task_id: int


@immutable
class PutOff(Press, tag="tko"):
    """It needs longer: until then."""

    centre_id: int
    task_id: int
    by: ByWhen


@immutable
class LetGo(Press, tag="tkg"):
    """Somebody else, please."""

    centre_id: int
    task_id: int


@immutable
class WriteTask(Press, tag="tka"):
    """Ask me what is to be done; `item_id` 0: it follows from no point."""

    centre_id: int
    item_id: int


@immutable
class DueBy(Press, tag="tky", repeats=False):
    """Of the task that I am writing: until then. With it, it is there."""

    centre_id: int
    by: ByWhen


@immutable
class LeaveTask(Press, tag="tkz"):
    """Leave the task that I am writing."""

    centre_id: int
    item_id: int


@immutable
class WriteGroup(Press, tag="tkw"):
    """Ask me which group looks after it."""

    centre_id: int
    task_id: int


@immutable
class TakeOut(Press, tag="tkx"):
    """Take a task out, with its words; asks once while not `sure`."""

    centre_id: int
    task_id: int
    sure: bool


@immutable
class MakePoint(Press, tag="tkq"):
    """Let the open assembly talk about a task that was left open so often."""

    centre_id: int
    task_id: int

"""The buttons of check-ins, apart from their talk so that screens can carry them."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class Answer(Press, tag="ans"):
    """A face for one question of a round: 0 to 4, or -1 to skip it; `question` counts from 0."""

    centre_id: int
    round_id: int
    question: int
    value: int


@immutable
class Ask(Press, tag="ask"):
    """Show one question of a round: to correct it, or to answer after all."""

    centre_id: int
    round_id: int
    question: int


@immutable
class Snooze(Press, tag="snz"):
    """Ask me again in three hours."""

    centre_id: int
    round_id: int


@immutable
class NotThisWeek(Press, tag="ntw"):
    """Leave this round out; nothing of it is kept."""

    centre_id: int
    round_id: int


@immutable
class HelpFrom(Press, tag="ahp"):
    """Whom to call, and back to this question of a round; the number after the last: its end."""

    centre_id: int
    round_id: int
    question: int


@immutable
class ShowWeeks(Press, tag="wks"):
    """My own answers of the last weeks, for me alone."""

    centre_id: int


@immutable
class ShowCheckinSettings(Press, tag="cwi"):
    """When Voci asks me, and what I can change about it."""

    centre_id: int


@immutable
class ChooseDay(Press, tag="cwd"):
    """Another time, first step: the day of the week."""

    centre_id: int


@immutable
class ChooseHour(Press, tag="cwh"):
    """Another time, second step: the hour of that day (0 is Monday)."""

    centre_id: int
    weekday: int


@immutable
class SetTime(Press, tag="cwt"):
    """Another time: settled."""

    centre_id: int
    weekday: int
    hour: int


@immutable
class Pause(Press, tag="cpa"):
    """Ask me nothing for four weeks (`on`), or again from now (not `on`)."""

    centre_id: int
    on: bool


@immutable
class Stop(Press, tag="cst"):
    """Ask me never again, that is: withdraw the consent; asks once while not `sure`."""

    centre_id: int
    sure: bool


@immutable
class Agree(Press, tag="cag"):
    """Consent to being asked how I am."""

    centre_id: int

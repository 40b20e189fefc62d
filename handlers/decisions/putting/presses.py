"""The buttons under More, while a question is being prepared, and of a question put again."""

from __future__ import annotations

from assembly.choosing import Topic
from assembly.deadlines import Span
from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class SeePreview(Press, tag="dpv"):
    """The question as the group will see it."""

    centre_id: int


@immutable
class ShowMore(Press, tag="dmo"):
    """Everything that can be chosen about the question."""

    centre_id: int


@immutable
class ShowChoices(Press, tag="dch"):
    """What there is to choose about one thing; it can be typed then, too."""

    centre_id: int
    topic: Topic


@immutable
class Choose(Press, tag="dco"):
    """CheckinSettings this; `nearest`: with what has to change so that it is possible."""

    centre_id: int
    topic: Topic
    wish: str
    nearest: bool


@immutable
class WithoutOptions(Press, tag="dno"):
    """The question is answered by one word, not by options."""

    centre_id: int


@immutable
class ShowNames(Press, tag="dnp"):
    """A page of the names from which some are chosen."""

    centre_id: int
    page: int


@immutable
class PickName(Press, tag="dnm"):
    """This member can take part, or can't."""

    centre_id: int
    member_id: int
    on: bool
    page: int


@immutable
class SeeStrawPoll(Press, tag="spv"):
    """The question as a straw poll."""

    centre_id: int


@immutable
class StrawPollUntil(Press, tag="spu"):
    """The same, open for this long."""

    centre_id: int
    span: Span


@immutable
class PutStrawPoll(Press, tag="spp"):
    """Put it to the group, as it is shown above the button: see its sign."""

    centre_id: int
    sign: str


@immutable
class AskAboutList(Press, tag="dla"):
    """Ask the other facilitators for their yes to the list of names."""

    centre_id: int


@immutable
class ShowList(Press, tag="dlp"):
    """A page of the names about which a facilitator is asked."""

    centre_id: int
    list_id: int
    page: int


@immutable
class AnswerList(Press, tag="dly"):
    """The second facilitator's answer."""

    centre_id: int
    list_id: int
    yes: bool

"""The buttons of a straw poll while it is being prepared."""

from __future__ import annotations

from dataclasses import dataclass

from assembly.deadlines import Span
from handlers.core.press import Press


@dataclass(frozen=True, slots=True)
class SeeStrawPoll(Press, tag="spv"):
    """The question as a straw poll."""

    centre_id: int


@dataclass(frozen=True, slots=True)
class StrawPollUntil(Press, tag="spu"):
    """The same, open for this long."""

    centre_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class PutStrawPoll(Press, tag="spp"):
    """Put it to the group, as it is shown above the button: see its sign."""

    centre_id: int
    sign: str

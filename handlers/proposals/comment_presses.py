"""The buttons of what stands under a proposal: asked, added, answered, hidden."""

from __future__ import annotations

from assembly.harm import Harm
from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class SeeComment(Press, tag="kmo"):
    """One comment, and what I can do with it."""

    centre_id: int
    comment_id: int


@immutable
class WriteComment(Press, tag="kmw"):
    """Ask a question under this proposal, or add a thought."""

    centre_id: int
    proposal_id: int


@immutable
class AnswerComment(Press, tag="kma"):
    """Answer it, or word the answer otherwise: for whoever put the proposal forward."""

    centre_id: int
    comment_id: int


@immutable
class SendComment(Press, tag="kmn"):
    """In the preview of these words: everybody reads them; `named`: with my name."""

    centre_id: int
    sign: str
    named: bool


@immutable
class LeaveComment(Press, tag="kml"):
    """Forget what I was writing."""

    centre_id: int
    proposal_id: int


@immutable
class TakeCommentBack(Press, tag="kmb"):
    """Delete what I wrote; asks once while not `sure`."""

    centre_id: int
    comment_id: int
    sure: bool


@immutable
class HideComment(Press, tag="kmh"):
    """For facilitators: hide it; asks why."""

    centre_id: int
    comment_id: int


@immutable
class HideCommentFor(Press, tag="kmf"):
    """The same, for this reason, which everybody reads."""

    centre_id: int
    comment_id: int
    harm: Harm


@immutable
class ShowCommentAgain(Press, tag="kmg"):
    """For facilitators: it can be read again."""

    centre_id: int
    comment_id: int


@immutable
class ReportComment(Press, tag="kmr"):
    """This is about me, or hurts somebody: tell the facilitators; asks once while not `sure`."""

    centre_id: int
    comment_id: int
    sure: bool


@immutable
class SeeDeeds(Press, tag="pdd"):
    """What facilitators did with a proposal and under it."""

    centre_id: int
    proposal_id: int

"""The buttons of proposals and of the list, apart from their talk so that screens carry them."""

from __future__ import annotations

from enum import StrEnum

from assembly.harm import Harm
from assembly.immutable import immutable
from handlers.core.press import Press


class Part(StrEnum):
    """What of a text is to be changed."""

    CHOOSE = "c"
    TITLE = "t"
    REASON = "r"


@immutable
class AgendaPage(Press, tag="agp"):
    """A page of the list, from 0."""

    centre_id: int
    page: int


@immutable
class SeeProposal(Press, tag="pse"):
    """One proposal with its reason."""

    centre_id: int
    proposal_id: int


@immutable
class Support(Press, tag="sup"):
    """Add my voice, or take it back."""

    centre_id: int
    proposal_id: int
    on: bool


@immutable
class GoOn(Press, tag="pgo"):
    """Where I was in what I am writing."""

    centre_id: int


@immutable
class StartAgain(Press, tag="pag"):
    """Forget what I was writing, and ask from the beginning."""

    centre_id: int


@immutable
class LeaveProposal(Press, tag="plv"):
    """Forget what I was writing."""

    centre_id: int


@immutable
class SeeSimilar(Press, tag="pal"):
    """While writing: a proposal that may be the same."""

    centre_id: int
    proposal_id: int


@immutable
class SupportSimilar(Press, tag="pja"):
    """It is the same: add my voice there, and forget what I was writing."""

    centre_id: int
    proposal_id: int


@immutable
class MineIsNew(Press, tag="pnw"):
    """None of these is the same."""

    centre_id: int


@immutable
class SkipReason(Press, tag="psk"):
    """No reason, or none any more."""

    centre_id: int


@immutable
class ChangeText(Press, tag="pch"):
    """In the preview: other words."""

    centre_id: int
    part: Part


@immutable
class ShortenText(Press, tag="psh"):
    """See how much of a long text fits."""

    centre_id: int


@immutable
class WriteAnew(Press, tag="pwa"):
    """Forget the long text, and ask the same question again."""

    centre_id: int


@immutable
class KeepFitting(Press, tag="pkf"):
    """Go on with the part that fits."""

    centre_id: int


@immutable
class SendProposal(Press, tag="psn"):
    """In the preview: put it on the list, or save what was changed."""

    centre_id: int
    named: bool


@immutable
class EditProposal(Press, tag="ped"):
    """Change what I put forward."""

    centre_id: int
    proposal_id: int


@immutable
class WithdrawProposal(Press, tag="pwd"):
    """Take back what I put forward; asks once while not `sure`."""

    centre_id: int
    proposal_id: int
    sure: bool


@immutable
class ReportProposal(Press, tag="prp"):
    """This is about me, or hurts somebody: tell the facilitators; asks once while not `sure`."""

    centre_id: int
    proposal_id: int
    sure: bool


@immutable
class AskBack(Press, tag="pab"):
    """A facilitator would like the author to look at it once more: ask why."""

    centre_id: int
    proposal_id: int


@immutable
class AskBackFor(Press, tag="paf"):
    """The same, for this reason."""

    centre_id: int
    proposal_id: int
    harm: Harm

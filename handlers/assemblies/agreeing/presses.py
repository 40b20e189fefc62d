"""The buttons of what is agreed on without a ballot."""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.press import Press


@immutable
class WordAgreement(Press, tag="agw"):
    """At this point: write what was agreed on."""

    centre_id: int
    item_id: int


@immutable
class PutAgreement(Press, tag="agd"):
    """In the preview of these words: the group reads them."""

    centre_id: int
    item_id: int
    sign: str


@immutable
class LeaveAgreement(Press, tag="agl"):
    """Forget what I was wording."""

    centre_id: int
    item_id: int


@immutable
class Disagree(Press, tag="agn"):
    """I don't agree: under the group's post, and in private."""

    centre_id: int
    agreement_id: int


@immutable
class OpenAgain(Press, tag="ago"):
    """Somebody in the room does not agree, or it is open after all: said by whoever leads."""

    centre_id: int
    agreement_id: int

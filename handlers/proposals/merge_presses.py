"""The buttons of putting two alike proposals together."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.merging import Answer
from handlers.core.press import Press


@immutable
class FindAlike(Press, tag="mgf"):
    """A facilitator looks for one that this proposal could be put together with."""

    centre_id: int
    proposal_id: int


@immutable
class SuggestMerge(Press, tag="mgs"):
    """This one shall lead to that one, `kept_id`; asks once while not `sure`."""

    centre_id: int
    proposal_id: int
    kept_id: int
    sure: bool


@immutable
class AnswerMerge(Press, tag="mga"):
    """For an author: together or not; the proposal that would lead to the other names the pair."""

    centre_id: int
    proposal_id: int
    answer: Answer

"""The buttons under what a decision came to, apart from their talk so that screens carry them."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from handlers.core.press import Press


class Form(StrEnum):
    """In which form the ballots of a closed decision are handed out."""

    LIST = "list"  # as it is published and verified
    BLT = "blt"
    CSV = "csv"


@immutable
class AsPicture(Press, tag="cpi"):
    """The outcome as a picture, with its words below."""

    centre_id: int
    decision_id: int


@immutable
class TurnReport(Press, tag="cac"):
    """How it was counted, from this page on (from 0)."""

    centre_id: int
    decision_id: int
    page: int


@immutable
class WhoSaidWhat(Press, tag="cro"):
    """The roll call of an open decision, from this page on (from 0)."""

    centre_id: int
    decision_id: int
    page: int


@immutable
class PrintOutcome(Press, tag="pro"):
    """The outcome to print, in the centre's language, or in my `own`."""

    centre_id: int
    decision_id: int
    own: bool


@immutable
class ChooseFile(Press, tag="cfi"):
    """In which forms the ballots can be had as a file."""

    centre_id: int
    decision_id: int


@immutable
class TakeFile(Press, tag="ctf"):
    """The ballots as a file in this form."""

    centre_id: int
    decision_id: int
    form: Form

"""The buttons under what a decision came to, apart from their talk so that screens carry them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.core.press import Press


class Form(StrEnum):
    """In which form the ballots of a closed decision are handed out."""

    LIST = "list"  # as it is published and verified
    BLT = "blt"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class AsPicture(Press, tag="cpi"):
    """The outcome as a picture, with its words below."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class TurnReport(Press, tag="cac"):
    """How it was counted, from this page on (from 0)."""

    centre_id: int
    decision_id: int
    page: int


@dataclass(frozen=True, slots=True)
class WhoSaidWhat(Press, tag="cro"):
    """The roll call of an open decision, from this page on (from 0)."""

    centre_id: int
    decision_id: int
    page: int


@dataclass(frozen=True, slots=True)
class PrintOutcome(Press, tag="pro"):
    """The outcome to print, in the centre's language, or in my `own`."""

    centre_id: int
    decision_id: int
    own: bool


@dataclass(frozen=True, slots=True)
class ChooseFile(Press, tag="cfi"):
    """In which forms the ballots can be had as a file."""

    centre_id: int
    decision_id: int


@dataclass(frozen=True, slots=True)
class TakeFile(Press, tag="ctf"):
    """The ballots as a file in this form."""

    centre_id: int
    decision_id: int
    form: Form

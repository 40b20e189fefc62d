"""The buttons by which a centre says how its assemblies begin."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.openings import Opening
from handlers.core.press import Press


@immutable
class ShowOpenings(Press, tag="opn"):
    """How the assemblies begin here."""

    centre_id: int


@immutable
class ShowOpening(Press, tag="opo"):
    """One of them, and what can be changed about it."""

    centre_id: int
    opening: Opening


@immutable
class SwitchOpening(Press, tag="ops"):
    """Have it from now on, or no longer."""

    centre_id: int
    opening: Opening
    on: bool


@immutable
class WordOpening(Press, tag="opw"):
    """Write it in the centre's own words."""

    centre_id: int
    opening: Opening


@immutable
class UsualWords(Press, tag="opu"):
    """Say it in Voci's words again."""

    centre_id: int
    opening: Opening


@immutable
class ChooseBreak(Press, tag="opb"):
    """A break so many minutes after the opening; 0: none."""

    centre_id: int
    minutes: int


@immutable
class HadBreak(Press, tag="oph"):
    """The open assembly has had its break."""

    centre_id: int
    assembly_id: int

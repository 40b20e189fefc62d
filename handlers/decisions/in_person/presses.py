"""The buttons with which facilitators count the ballots of the room, apart from their talk."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from assembly.roles import Role
from handlers.core.press import Press


class Of(StrEnum):
    """Of whom a number is said: of all in the hall, or of one role. Short: it rides in buttons."""

    ALL = "a"
    USER = "u"
    FAMILY = "f"
    PROFESSIONAL = "p"

    @property
    def role(self) -> Role | None:
        return None if self is Of.ALL else Role[self.name]


def of(role: Role | None) -> Of:
    """The same, the other way round."""
    return Of.ALL if role is None else Of[role.name]


@immutable
class AskPeople(Press, tag="hap"):
    """Choose another number of them; typed `instead` of what else is being written."""

    centre_id: int
    assembly_id: int
    of: Of
    instead: bool = False


@immutable
class SayPeople(Press, tag="hsp"):
    """So many there are."""

    centre_id: int
    assembly_id: int
    of: Of
    people: int


@immutable
class BeginCount(Press, tag="hbg"):
    """Begin a count, in the place of the one that was seen as `entry`; 0: there was none."""

    centre_id: int
    decision_id: int
    entry: int


@immutable
class AskBallots(Press, tag="hab"):
    """Choose how many ballots say this; typed `instead` of what else is being written."""

    centre_id: int
    decision_id: int
    of: Of
    choice: str
    instead: bool = False


@immutable
class SayBallots(Press, tag="hsb"):
    """So many ballots say this."""

    centre_id: int
    decision_id: int
    of: Of
    choice: str
    ballots: int


@immutable
class FillPaper(Press, tag="hfp"):
    """Copy a paper, marked like this so far: the marks ride in the button."""

    centre_id: int
    decision_id: int
    of: Of
    marks: str


@immutable
class HandOver(Press, tag="hho"):
    """The count is complete: have it confirmed."""

    centre_id: int
    decision_id: int


@immutable
class ChangeCount(Press, tag="hcc"):
    """Take one's own count back to change it, while it is not confirmed."""

    centre_id: int
    decision_id: int


@immutable
class CheckCount(Press, tag="hck"):
    """Take it on to check somebody else's count."""

    centre_id: int
    decision_id: int


@immutable
class ConfirmCount(Press, tag="hcf"):
    """The figures that were seen as `entry` are right."""

    centre_id: int
    decision_id: int
    entry: int


@immutable
class ShowHeadcount(Press, tag="hrm"):
    """How many people in the room don't vote by phone: what was said, or the question."""

    centre_id: int
    assembly_id: int


@immutable
class CountInPerson(Press, tag="hct"):
    """Where the hall's count of a question stands, and what is next to do."""

    centre_id: int
    decision_id: int

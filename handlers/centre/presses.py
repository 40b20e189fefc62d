"""The buttons with which facilitators change their centre, and the operator lets one move."""

from __future__ import annotations

from assembly.centre_facts import Age, Basis, Fact
from assembly.immutable import immutable
from assembly.retention import Kept
from handlers.core.press import Press


@immutable
class WriteName(Press, tag="ctn"):
    """Call the centre otherwise: ask me how."""

    centre_id: int


@immutable
class TakeName(Press, tag="ctk"):
    """Call the centre as I wrote it: as the message shows that had this sign."""

    centre_id: int
    sign: str


@immutable
class SetClocks(Press, tag="ctz"):
    """The centre's clocks show this zone's time; empty: ask me which. `sure`: I saw what moves."""

    centre_id: int
    zone: str
    sure: bool


@immutable
class ShowMove(Press, tag="cmv"):
    """Where the move to another group stands."""

    centre_id: int


@immutable
class BeginMove(Press, tag="cmb"):
    """Let the centre move to another group, if another facilitator wants it too."""

    centre_id: int


@immutable
class ConfirmMove(Press, tag="cmc"):
    """I want the move too that was begun at that moment (UTC epoch seconds)."""

    centre_id: int
    begun_at: int


@immutable
class StopMove(Press, tag="cms"):
    """The move that was begun at that moment (UTC epoch seconds) shall not be."""

    centre_id: int
    begun_at: int


@immutable
class SetUpNew(Press, tag="suW"):
    """The operator, in a group without a centre: a new one."""


@immutable
class FoundAnyway(Press, tag="suA"):
    """The operator: call it so, although another centre is called so."""


@immutable
class MoveHere(Press, tag="suM"):
    """The operator, in a group without a centre: this one moves here."""

    centre_id: int


@immutable
class SpeakInGroup(Press, tag="ctl"):
    """Speak this language in the group from now on; empty: ask me which."""

    centre_id: int
    language: str


@immutable
class ShowPeriods(Press, tag="ctp"):
    """For how long does the centre keep what?"""

    centre_id: int


@immutable
class ChoosePeriod(Press, tag="ctd"):
    """Keep this for so many days; 0, or days that can't be chosen: ask me."""

    centre_id: int
    kept: Kept
    days: int


@immutable
class ShowNewcomers(Press, tag="ctw"):
    """How many have joined lately, and for how long secret questions wait for newcomers."""

    centre_id: int


@immutable
class WaitForNewcomers(Press, tag="ctg"):
    """Secret questions shall wait for newcomers for so many days."""

    centre_id: int
    days: int


@immutable
class AskFact(Press, tag="cfA"):
    """Ask me for this one; `walk`: and for those after it."""

    centre_id: int
    fact: Fact
    walk: bool


@immutable
class WriteBody(Press, tag="cfO"):
    """It is another body from now on, or the same one better written."""

    centre_id: int
    another: bool


@immutable
class ChooseBasis(Press, tag="cfB"):
    """This is the legal basis."""

    centre_id: int
    basis: Basis
    walk: bool


@immutable
class ChooseAge(Press, tag="cfG"):
    """This is the limit."""

    centre_id: int
    age: Age
    walk: bool


@immutable
class RemoveOfficer(Press, tag="cfR"):
    """There is no data protection officer any more."""

    centre_id: int


@immutable
class SettleFacts(Press, tag="cfS"):
    """They are right, or not, up to the one of this id: what was seen, and nothing newer."""

    centre_id: int
    newest: int
    yes: bool


@immutable
class SeeFactHistory(Press, tag="cfH"):
    """What was changed, by whom, and when."""

    centre_id: int


@immutable
class ShowFacts(Press, tag="facts"):
    """For facilitators: what the centre tells about itself, to change it."""

    centre_id: int


@immutable
class ShowPrivacy(Press, tag="priv"):
    """Who sees what."""

    centre_id: int


@immutable
class ShowLimits(Press, tag="privl"):
    """What Voci is not, and what stays; `centre_id`: 0 for somebody who is in none."""

    centre_id: int


@immutable
class ShowLanguages(Press, tag="langs"):
    """Which languages there are."""

    centre_id: int


@immutable
class ChooseLanguage(Press, tag="lang"):
    """Speak this language with me from now on."""

    centre_id: int
    language: str

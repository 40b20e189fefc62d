"""The buttons that lead from one feature to another; each feature answers its own."""

from __future__ import annotations

from enum import StrEnum

from assembly.immutable import immutable
from handlers.core.press import Press

# Deep links: what stands before the first underscore.
INVITATION = "i"  # an invitation's token follows
ASKING = "join"  # the id of a centre follows


@immutable
class Home(Press, tag="home"):
    """Where things stand in this centre."""

    centre_id: int


@immutable
class ShowAgenda(Press, tag="agenda"):
    """What the assembly talks about."""

    centre_id: int


@immutable
class StartProposal(Press, tag="prop"):
    """Put something forward."""

    centre_id: int


@immutable
class ProposeWritten(Press, tag="propw"):
    """Put forward what I wrote above this button, or be asked where it is gone."""

    centre_id: int


@immutable
class ShowComments(Press, tag="kms"):
    """What was asked and added under a proposal: a page of it, from 0."""

    centre_id: int
    proposal_id: int
    page: int


@immutable
class ShowDecisions(Press, tag="decs"):
    """What is being decided, and what was."""

    centre_id: int


@immutable
class StartCheckin(Press, tag="check"):
    """Say how I am."""

    centre_id: int


@immutable
class ShowAssembly(Press, tag="asm"):
    """The next assembly."""

    centre_id: int


@immutable
class ShowTasks(Press, tag="tks"):
    """What is to be done: mine, and the assembly's."""

    centre_id: int


@immutable
class ShowSeries(Press, tag="ser"):
    """One series of assemblies; `series_id` 0: how often does the centre meet?"""

    centre_id: int
    series_id: int


@immutable
class ShowMe(Press, tag="me"):
    """What the bot holds about me."""

    centre_id: int


class Door(StrEnum):
    """What stands behind a button of /me. The values ride in buttons: never change one."""

    ASKED = "a"
    HELD = "h"


@immutable
class MyDoor(Press, tag="meD"):
    """What Voci asks me and reminds me of, or what it holds about me and what I can do about it."""

    centre_id: int
    door: Door


@immutable
class ShowHelp(Press, tag="help"):
    """How things work here, and the centre's contacts."""

    centre_id: int


@immutable
class ShowContacts(Press, tag="call"):
    """Whom to call."""

    centre_id: int


@immutable
class ShowParity(Press, tag="par"):
    """For facilitators: how the work was shared among the roles, as told last."""

    centre_id: int


@immutable
class ShowAssemblySettings(Press, tag="ast"):
    """For facilitators: how the centre wants its assemblies."""

    centre_id: int


@immutable
class Facilitate(Press, tag="fac"):
    """What facilitators can do."""

    centre_id: int


@immutable
class GiveBack(Press, tag="fbk"):
    """Facilitate no longer. `asked_at` (UTC epoch seconds) is when I was asked; 0: ask me."""

    centre_id: int
    asked_at: int


@immutable
class Invite(Press, tag="inv"):
    """For facilitators: whom to invite."""

    centre_id: int


@immutable
class ShowCentres(Press, tag="centres"):
    """The centres I take part in."""

    centre_id: int


@immutable
class ChooseCentre(Press, tag="centre"):
    """Stand in this centre from now on."""

    centre_id: int


@immutable
class AskToJoin(Press, tag="aJ"):
    """I would like to take part."""

    centre_id: int


@immutable
class PutQuestion(Press, tag="put"):
    """Put an agenda item to a decision; `item_id` 0: a question that is typed."""

    centre_id: int
    item_id: int


@immutable
class SeeDecision(Press, tag="dse"):
    """One decision as it is now: to take part, or its outcome."""

    centre_id: int
    decision_id: int


@immutable
class HowCounted(Press, tag="dhc"):
    """How a decision is counted, in words."""

    centre_id: int
    decision_id: int


@immutable
class ShowSession(Press, tag="walk"):
    """Where the open assembly is on its agenda."""

    centre_id: int
    assembly_id: int


@immutable
class TakeNotes(Press, tag="mnw"):
    """What I write from now on is noted.

    At the point that is open, while the assembly is; in minutes that are a draft at the point
    `item_id`, 0 for what comes after the last one.
    """

    centre_id: int
    assembly_id: int
    item_id: int


@immutable
class ShowMinutes(Press, tag="mnr"):
    """A page of an assembly's minutes, 1 is the first; of a draft as it stands now."""

    centre_id: int
    assembly_id: int
    page: int


@immutable
class ListMinutes(Press, tag="mni"):
    """A page of all minutes, the newest first."""

    centre_id: int
    page: int


@immutable
class ChooseCorrectionTime(Press, tag="mnu"):
    """For facilitators: minutes can be corrected for so many hours; 0: ask me."""

    centre_id: int
    hours: int


@immutable
class ShowOutcomes(Press, tag="outs"):
    """A page of all that was ever decided, the latest first."""

    centre_id: int
    page: int


@immutable
class WriteContacts(Press, tag="hC"):
    """A facilitator wants to write whom to call."""

    centre_id: int


@immutable
class ShowCentre(Press, tag="ctr"):
    """For facilitators: what their centre is called, what it speaks, what its clocks show."""

    centre_id: int


@immutable
class WriteGuardianCode(Press, tag="cgp"):
    """A facilitator has a guardian's paper in hand."""

    centre_id: int


@immutable
class ShowAgreement(Press, tag="agr"):
    """What I agreed to has changed: show me, and ask me again."""

    centre_id: int


@immutable
class ShowResponsible(Press, tag="resp"):
    """Who is responsible for my data, and what I can do about it."""

    centre_id: int


@immutable
class ShowRecipients(Press, tag="respr"):
    """Who else gets my data, and how long they are kept."""

    centre_id: int


@immutable
class WriteFacts(Press, tag="factw"):
    """For facilitators: ask me for what is not written yet, one after the other."""

    centre_id: int


@immutable
class GoOnWriting(Press, tag="hwg"):
    """Go on with what I have half-written."""


@immutable
class Instead(Press, tag="hwi"):
    """Let what I have half-written go, and do this: another button's data, with dots for colons."""

    then: str

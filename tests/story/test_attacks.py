"""Every button pressed by everybody who may not: an answer, no error, and nothing written."""

from __future__ import annotations

import pytest
from kit.full_centre import FullCentre, changes, fill_centre, kinds
from kit.stage import Stage

from handlers.assemblies.agreeing.presses import Disagree
from handlers.assemblies.convening_presses import (
    Announce,
    CancelAssembly,
    ChangeAssembly,
    Convene,
    LeaveConvening,
    PickDay,
    PickPlace,
    PickTime,
)
from handlers.assemblies.duty_presses import AnswerDuty, ShowDutyWishes, WishDuty
from handlers.assemblies.minutes.presses import Correct, SearchMinutes, TakeCorrectionBack
from handlers.assemblies.presses import (
    Attend,
    ChooseReminders,
    CloseAssembly,
    Here,
    OpenAssembly,
    ShowPoints,
    Step,
)
from handlers.assemblies.tasks.presses import (
    FinishTask,
    JoinTask,
    LetGo,
    NameMe,
    NeedsLonger,
    PutOff,
    TakeTask,
    TasksPage,
    WelcomeCompany,
)
from handlers.centre.presses import (
    AskFact,
    BeginMove,
    ChooseAge,
    ChooseBasis,
    ChooseLanguage,
    ConfirmMove,
    FoundAnyway,
    MoveHere,
    RemoveOfficer,
    SetClocks,
    SettleFacts,
    SetUpNew,
    ShowFacts,
    ShowMove,
    ShowNewcomers,
    SpeakInGroup,
    StopMove,
    TakeName,
    WaitForNewcomers,
    WriteBody,
    WriteName,
)
from handlers.centre.screens.help import RemoveContacts, VerifyContacts
from handlers.centre.screens.setup import ChooseGroupLanguage, ChooseZone, NameAsGroup
from handlers.checkins.presses import (
    Agree,
    Answer,
    NotThisWeek,
    Pause,
    SetTime,
    ShowWeeks,
    Snooze,
    Stop,
)
from handlers.core.navigation import (
    Facilitate,
    GoOnWriting,
    HowCounted,
    Instead,
    Invite,
    ProposeWritten,
    PutQuestion,
    ShowAgreement,
    ShowAssembly,
    ShowCentre,
    ShowMe,
    ShowSession,
    ShowTasks,
    StartCheckin,
    StartProposal,
    WriteContacts,
    WriteFacts,
    WriteGuardianCode,
)
from handlers.core.press import Press
from handlers.decisions.ballots.helping_presses import AcceptHelp, CastFor, MakeHelpLink
from handlers.decisions.ballots.presses import LeaveReason, TakeOutReason
from handlers.decisions.in_person.presses import (
    AskBallots,
    AskPeople,
    BeginCount,
    ChangeCount,
    CheckCount,
    ConfirmCount,
    CountInPerson,
    FillPaper,
    HandOver,
    SayBallots,
    SayPeople,
    ShowHeadcount,
)
from handlers.decisions.presses import (
    CancelDecision,
    CancelNow,
    Cast,
    CloseAfter,
    CloseDecision,
    Extend,
    LeaveQuestion,
    OpenDecision,
    Reword,
    StopReminding,
)
from handlers.decisions.putting.presses import AnswerList, AskAboutList, ShowList
from handlers.membership.presses import AnswerRequest, AskName
from handlers.membership.screens.invitations import (
    ChooseGuest,
    ConfirmInvitation,
    MakeInvitation,
    Revoke,
    ShowInvitations,
)
from handlers.profile.presses import (
    CountMe,
    Erase,
    ForgetMe,
    Leave,
    Lift,
    MyClosingReminders,
    MyName,
    MyReminders,
    MyRole,
    Restrict,
)
from handlers.proposals.presses import (
    AskBack,
    AskBackFor,
    EditProposal,
    GoOn,
    LeaveProposal,
    ReportProposal,
    StartAgain,
    Support,
    SupportSimilar,
    WithdrawProposal,
)

pytestmark = pytest.mark.usefixtures("no_errors")

OPERATING: set[type[Press]] = {
    *(ChooseGroupLanguage, ChooseZone, NameAsGroup),
    *(SetUpNew, FoundAnyway, MoveHere),
}
FACILITATING: set[type[Press]] = {
    *(Announce, CancelAssembly, ChangeAssembly, CloseAssembly, Convene, LeaveConvening),
    *(OpenAssembly, PickDay, PickPlace, PickTime, Step, ShowSession),
    *(CancelDecision, CancelNow, CloseAfter, CloseDecision, Extend, LeaveQuestion, OpenDecision),
    *(PutQuestion, Reword, Facilitate, Invite, AnswerRequest),
    *(AskBallots, AskPeople, BeginCount, ChangeCount, CheckCount, ConfirmCount, CountInPerson),
    *(FillPaper, HandOver, SayBallots, SayPeople, ShowHeadcount),
    *(RemoveContacts, VerifyContacts, WriteContacts, ShowNewcomers, WaitForNewcomers),
    *(AskFact, ChooseAge, ChooseBasis, RemoveOfficer, SettleFacts, ShowFacts, WriteBody),
    *(WriteFacts, WriteGuardianCode, AskAboutList, ShowList, AnswerList, AskBack, AskBackFor),
    *(ChooseGuest, ConfirmInvitation, MakeInvitation, Revoke, ShowInvitations),
    *(ShowCentre, WriteName, TakeName, SpeakInGroup, SetClocks),
    *(ShowMove, BeginMove, ConfirmMove, StopMove),
}
BY_MEMBERS: set[type[Press]] = {
    *(Answer, Attend, Cast, Agree, Here, NotThisWeek, Pause, SetTime, Snooze, StartCheckin, Stop),
    *(ChooseLanguage, ForgetMe, LeaveReason, MyName, MyReminders, ChooseReminders),
    ShowAgreement,  # leads on to what is half-written
    *(CountMe, Lift, Restrict),
    TakeOutReason,
    *(AcceptHelp, CastFor, MakeHelpLink, MyClosingReminders, StopReminding),
    *(
        EditProposal,
        GoOn,
        SupportSimilar,
        LeaveProposal,
        ProposeWritten,
        StartAgain,
        StartProposal,
        Support,
    ),
    *(WithdrawProposal, ReportProposal, GoOnWriting, Instead),
    *(TakeTask, JoinTask, NameMe, WelcomeCompany, LetGo),  # as one of those who look after it
    *(FinishTask, NeedsLonger, PutOff),  # of what they look after, or to lead
    *(AnswerDuty, WishDuty),  # only whoever was asked is waited for
    *(Correct, TakeCorrectionBack, SearchMinutes),  # the question that is open, and their own
}
SHOWING: set[type[Press]] = {  # write only where a card stands, or a check-in
    *(ShowAssembly, ShowMe, ShowPoints, ShowTasks, TasksPage, ShowDutyWishes, ShowWeeks, MyRole),
    Disagree,  # of somebody who has not said that they are there
}
PUBLIC: set[type[Press]] = {Attend, Cast, Here, HowCounted, *OPERATING}


def data(here: FullCentre, but: set[type[Press]] | None = None) -> list[str]:
    """What every kind's buttons could carry in Centro Aurora, apart from some kinds."""
    chosen = [kind for kind in kinds() if kind not in (but or set())]
    return [press.encode() for kind in chosen for press in here.plausible(kind)]


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    return await fill_centre(stage)


async def test_an_outsider_writes_nothing(here: FullCentre) -> None:
    for message in (here.private(here.zoe), here.carrier(here.group)):
        before = here.dump()
        assert await here.press_all(here.zoe, message, data(here, {AskName})) == []
        assert here.dump() == before


async def test_a_member_of_another_centre_writes_nothing(here: FullCentre) -> None:
    for message in (
        here.private(here.hugo),
        here.carrier(here.group),
        here.carrier(here.other_group),
    ):
        before = here.dump()
        assert await here.press_all(here.hugo, message, data(here, {AskName, ForgetMe})) == []
        assert here.dump() == before


async def test_a_plain_member_does_nothing_that_is_for_facilitators(here: FullCentre) -> None:
    others = {kind for kind in kinds() if kind not in FACILITATING | OPERATING}
    for message in (here.private(here.anna), here.carrier(here.group)):
        before = here.dump()
        assert await here.press_all(here.anna, message, data(here, others)) == []
        assert here.dump() == before


async def test_in_another_group_a_centres_buttons_do_nothing(here: FullCentre) -> None:
    for person in (here.anna, here.fiona):
        before = here.dump()
        message = here.carrier(here.other_group)
        assert await here.press_all(person, message, data(here)) == []
        assert here.dump() == before


async def test_in_the_own_group_nothing_private_is_done_or_shown(here: FullCentre) -> None:
    for person in (here.anna, here.fiona):
        message = here.carrier(here.group)
        before, seen = here.dump(), len(here.group.messages)
        assert await here.press_all(person, message, data(here, PUBLIC)) == []
        assert changes(before, here.dump()) == {}
        assert len(here.group.messages) == seen and message.edits == 0


@pytest.mark.thorough
async def test_what_a_plain_member_can_write(here: FullCentre) -> None:
    """The whole list: a new kind of press that writes for members has to be named here."""
    wrote = await here.writing(here.anna, here.private(here.anna), data(here, {Erase, Leave}))
    tags = {each.split(":")[0] for each in wrote}
    assert tags <= {kind.tag for kind in BY_MEMBERS | SHOWING}

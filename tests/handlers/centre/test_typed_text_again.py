"""A text that was taken by a process that died before answering: Telegram delivers it again."""

from __future__ import annotations

import pytest
from kit.phone_voters import gather_voters
from kit.phrases import I_OBJECT, PUT_A_QUESTION, PUT_TO_EVERYBODY
from kit.stage import Stage
from telegram import Update

from assembly.roles import Role
from assembly.rule import DecisionMethod
from bot.delivery import Delivery
from handlers.assemblies.convening import draft
from handlers.centre import help as help_pages
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import managing
from handlers.decisions.putting import draft as question_draft
from handlers.membership import join, join_requests
from handlers.profile import my_name
from sandbox.people import Person
from storage import decisions, drafts, invitations, joinings
from storage.ballots import Mine
from storage.centres import Centre
from storage.drafts import Draft

pytestmark = pytest.mark.usefixtures("no_errors")

TITLE = "Longer opening hours on Saturdays"
QUESTION = "Shall we open on Saturdays?"


async def unanswered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, person: Person, text: str
) -> list[str]:
    """What is shown when the answer to a text is lost, and the text comes a second time."""
    lost: list[Update] = []

    def lose(_: Delivery, update: Update, __: UnitOfWork) -> None:
        lost.append(update)

    before = len(stage.said(person))
    with monkeypatch.context() as patch:
        patch.setattr(Delivery, "start", lose)
        person.say(stage.bot, text)
        await stage.settle()
    assert len(stage.said(person)) == before
    for update in lost:
        await stage.voci.processing.accept(update)
    await stage.settle()
    return [message.words for message in stage.said(person)[before:]]


async def talking(stage: Stage, centre: Centre, person: Person, kind: str, step: str = "") -> None:
    now = stage.now
    await stage.write(drafts.save, Draft(person.id, centre.id, kind, step, None, None, now))


async def press(stage: Stage, person: Person, *buttons: str | int) -> None:
    await stage.press_each(person, *buttons)


async def test_the_next_question_is_shown_and_nothing_is_taken_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    [words] = await unanswered(stage, monkeypatch, anna, "/propose")
    assert "Why does it matter" not in words
    [words] = await unanswered(stage, monkeypatch, anna, TITLE)
    assert "Why does it matter to you?" in words
    [words] = await unanswered(stage, monkeypatch, anna, "Because.")
    assert TITLE in words and "Because." in words


async def test_whoever_was_asked_nothing_is_shown_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    assert await unanswered(stage, monkeypatch, anna, "hello") == []


@pytest.mark.parametrize(
    ("kind", "refused", "question"),
    [
        (my_name.NAME, "!", "Write the name that the assembly may see"),
        (help_pages.CONTACTS, "x" * 501, "Write the names and numbers"),
    ],
)
async def test_what_a_refused_text_should_have_answered_is_asked_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: str, refused: str, question: str
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await talking(stage, centre, anna, kind)
    [words] = await unanswered(stage, monkeypatch, anna, refused)
    assert question in words


async def test_a_stranger_is_asked_for_a_name_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Fiona", facilitator=True)
    bea = stage.world.person("Bea", language_code="en")
    await stage.start(bea)
    await talking(stage, centre, bea, join_requests.NAME, "family")
    [words] = await unanswered(stage, monkeypatch, bea, "!")
    assert "Write the name that the facilitators will read" in words


async def test_whoever_is_joining_is_asked_where_they_are(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, _ = await stage.centre()
    bea = stage.world.person("Bea", language_code="en")
    await stage.start(bea)
    now = stage.now
    async with stage.voci.database.transaction() as tx:
        token = await invitations.add_first(tx, centre.id, now)
        invitation = await invitations.find(tx, token)
        assert invitation is not None
        await joinings.begin(
            tx,
            bea.id,
            centre.id,
            language="en",
            role=Role.USER,
            at=now,
            token_hash=invitation.token_hash,
        )
    [words] = await unanswered(stage, monkeypatch, bea, "hello")
    assert centre.name in words
    await talking(stage, centre, bea, join.NICKNAME)
    [words] = await unanswered(stage, monkeypatch, bea, "!")
    assert "Write the name that the assembly may see" in words


async def test_a_facilitator_goes_on_convening(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", facilitator=True)
    await stage.say(paula, "/facilitate")
    await press(stage, paula, "Convene an assembly", "Mon 15 Dec")
    [words] = await unanswered(stage, monkeypatch, paula, "in the afternoon")
    assert "Mon 15 Dec: at what time?" in words
    [words] = await unanswered(stage, monkeypatch, paula, "16:45")
    assert "16:45. Where does it meet?" in words
    [words] = await unanswered(stage, monkeypatch, paula, "Via Roma 12")
    assert "Via Roma 12" in words
    assert stage.said(group) == []


async def test_a_facilitator_goes_on_with_a_question(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", facilitator=True)
    for name in ("Anna", "Bruno"):
        await stage.member(centre, group, name)
    await stage.say(paula, "/facilitate")
    await press(stage, paula, PUT_A_QUESTION)
    [words] = await unanswered(stage, monkeypatch, paula, "?")
    assert "What should be decided?" in words
    [words] = await unanswered(stage, monkeypatch, paula, QUESTION)
    assert QUESTION in words
    await press(stage, paula, PUT_TO_EVERYBODY)
    [decision] = await stage.read(decisions.open_ones, centre.id)
    await talking(stage, centre, paula, managing.KIND, str(decision.id))
    [words] = await unanswered(stage, monkeypatch, paula, "x" * 1001)
    assert "Why do you cancel it?" in words
    assert len(await stage.read(decisions.open_ones, centre.id)) == 1


@pytest.mark.parametrize(
    "kind", [help_pages.CONTACTS, managing.KIND, draft.KIND, question_draft.KIND]
)
async def test_whoever_facilitates_no_more_is_asked_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await talking(stage, centre, anna, kind, "1")
    assert await unanswered(stage, monkeypatch, anna, "Call 112") == []


async def test_the_question_why_somebody_objects_is_shown_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await gather_voters(stage)
    await room.put(DecisionMethod.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    [again] = await unanswered(stage, monkeypatch, room.anna, "x" * 501)
    assert "Why? Write it now" in again
    assert await room.mine(room.anna) == Mine("object", "", True)

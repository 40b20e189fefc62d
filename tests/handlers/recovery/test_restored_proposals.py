"""What its author took back after the backup, or two took down, is not on the list again."""

from __future__ import annotations

import pytest
from kit.disaster import Disaster
from kit.proposal_scenes import ProposalsScene

from assembly.harm import Harm
from handlers.core.navigation import ShowComments
from handlers.core.press import Press
from handlers.profile.presses import CountMe, Restrict
from handlers.proposals.comment_presses import HideCommentFor, ShowCommentAgain, TakeCommentBack
from handlers.proposals.presses import EditProposal, SendProposal, WithdrawProposal
from handlers.proposals.takedown_presses import AskTakeDownFor, PutBack, TakeDown
from sandbox.people import Person
from storage import comments, members

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_what_came_off_the_list_since_the_backup_stays_off(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    scene = ProposalsScene(stage, centre, group)
    back, down, again, stays = [
        await stage.propose(centre, anna, title) for title in ("One", "Two", "Three", "Four")
    ]
    await disaster.back_up()
    await stage.move(60)

    async def press(person: Person, wanted: Press) -> None:
        await stage.say(person, "/agenda")
        await scene.forge(person, wanted)

    await press(anna, WithdrawProposal(centre.id, back, True))
    for each in (down, again):
        await press(fiona, AskTakeDownFor(centre.id, each, Harm.HURTS))
        await press(gino, TakeDown(centre.id, each))
    await stage.move(60)
    await press(fiona, PutBack(centre.id, again))
    expected = {"Four": True, "Three": True, "Two": False, "One": False}
    assert await listed(disaster, anna, expected)
    done = await disaster.strike()
    assert done.ended == 2
    assert await listed(disaster, anna, expected)
    assert (await scene.proposal(stays)).is_open


async def listed(disaster: Disaster, person: Person, expected: dict[str, bool]) -> bool:
    words = (await disaster.stage.say(person, "/agenda")).words
    return {each: each in words for each in expected} == expected


async def test_comments_that_were_taken_back_or_hidden_since_are_not_there(
    disaster: Disaster,
) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    scene = ProposalsScene(stage, centre, group)
    item = await stage.propose(centre, fiona, "A quiet room")
    bench = await stage.propose(centre, anna, "A bench")
    words = {"centre_id": centre.id, "named": True, "now": stage.now}
    anna_id, fiona_id = [await stage.member_id(centre, each) for each in (anna, fiona)]
    back = await stage.write(
        comments.add, proposal_id=item, member_id=anna_id, text="I was ill then.", **words
    )
    hidden, again = [
        await stage.write(comments.add, proposal_id=bench, member_id=fiona_id, text=text, **words)
        for text in ("Dario smells.", "Where?")
    ]
    before = await stage.write(
        comments.add, proposal_id=bench, member_id=anna_id, text="I was ill there.", **words
    )
    assert back and hidden and again and before
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    await stage.say(gino, "/agenda")
    await scene.forge(gino, HideCommentFor(centre.id, before, Harm.PRIVATE))
    await disaster.back_up()
    await stage.move(60)
    await stage.say(anna, "/agenda")
    for each in (back, before):
        await scene.forge(anna, TakeCommentBack(centre.id, each, True))
    await stage.say(gino, "/agenda")
    for each in (hidden, again):
        await scene.forge(gino, HideCommentFor(centre.id, each, Harm.HURTS))
    await stage.move(60)
    await scene.forge(gino, ShowCommentAgain(centre.id, again))
    assert (await disaster.strike()).ended == 3
    await stage.say(gino, "/agenda")
    read = ""
    for each in (item, bench):
        await scene.forge(gino, ShowComments(centre.id, each, 0))
        read += stage.last(gino).words
    assert "Where?" in read and "ill" not in read and "Dario" not in read
    left = await stage.read(comments.get, centre.id, hidden)
    assert left is not None and left.hidden is Harm.HURTS, "kept for whoever wrote it"
    assert await stage.read(comments.get, centre.id, before) is None


async def test_a_name_that_went_from_a_proposal_since_is_not_there(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    scene = ProposalsScene(stage, centre, group)
    gone, there = [await stage.propose(centre, anna, title) for title in ("One", "Two")]
    await disaster.back_up()
    for each, choices in ((gone, (False,)), (there, (False, True))):
        for named in choices:
            await stage.move(60)
            await stage.say(anna, "/agenda")
            await scene.forge(anna, EditProposal(centre.id, each))
            await scene.forge(anna, SendProposal(centre.id, named))
    assert not (await scene.proposal(gone)).named and (await scene.proposal(there)).named
    assert (await disaster.strike()).ended == 1
    assert (await scene.proposal(gone)).author_name is None
    assert (await scene.proposal(there)).author_name == "Anna"


async def test_what_somebody_wished_for_their_things_since_holds(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    people = [await stage.member(centre, group, name) for name in ("Anna", "Bruno")]
    anna, bruno = [await stage.member_id(centre, person) for person in people]
    await disaster.back_up()
    await stage.move(60)
    for person, wanted in zip(
        people, (Restrict(centre.id, stage.now), CountMe(centre.id, False)), strict=True
    ):
        await stage.forge(person, await stage.say(person, "/me"), wanted.encode())
    assert (await disaster.strike()).ended == 2
    assert await stage.read(members.is_restricted, anna)
    assert not await stage.read(members.answers_count, bruno)

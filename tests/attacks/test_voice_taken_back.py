"""Somebody takes their voice or their words back: nothing says that they were theirs, although Voci
wrote to them."""

from __future__ import annotations

import pytest
from kit.leading_to import leading_to
from kit.proposal_scenes import ProposalsScene
from kit.stage import Stage

from assembly.merging import Answer
from handlers.proposals.comment_presses import AnswerComment, TakeCommentBack
from handlers.proposals.merge_presses import AnswerMerge, SuggestMerge
from handlers.proposals.presses import Support
from storage import comments

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_nothing_says_who_had_a_voice_with_it(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, group = await stage.centre()
    anna, bruno, carla, dora = [
        await stage.member(centre, group, name) for name in ("Anna", "Bruno", "Carla", "Dora")
    ]
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    kept = await stage.propose(centre, anna, "Open on Saturdays", named=False)
    merged = await stage.propose(centre, bruno, "Open on Saturdays too", carla, named=False)
    scene = ProposalsScene(stage, centre, group)
    for person in (anna, bruno, carla, dora, fiona):
        await stage.say(person, "/agenda")
    await scene.forge(fiona, SuggestMerge(centre.id, merged, kept, True))
    for author in (anna, bruno):
        await scene.forge(author, AnswerMerge(centre.id, merged, Answer.YES))
    await stage.move(30)
    assert "put together" in stage.last(carla).words
    rows = await leading_to(stage, centre, carla)
    assert {each.partition(":")[0] for each in rows} == {"supports", "outbox"}
    await scene.forge(carla, Support(centre.id, kept, False))
    await stage.move(30)
    assert await leading_to(stage, centre, carla) == []
    assert await leading_to(stage, centre, dora) == [], "who never had one"


async def test_nothing_says_whose_a_comment_was(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, group = await stage.centre()
    anna, carla = [await stage.member(centre, group, name) for name in ("Anna", "Carla")]
    item = await stage.propose(centre, anna, "Open on Saturdays", named=False)
    scene = ProposalsScene(stage, centre, group)
    comment_id = await stage.write(
        comments.add,
        centre_id=centre.id,
        proposal_id=item,
        member_id=await stage.member_id(centre, carla),
        text="Who opens the door?",
        named=False,
        now=stage.now,
    )
    assert comment_id is not None
    for person in (anna, carla):
        await stage.say(person, "/agenda")
    await scene.forge(anna, AnswerComment(centre.id, comment_id))
    await stage.say(anna, "Whoever comes first.")
    await stage.press_each(anna, "Send the answer")
    await stage.move(30)
    assert "Whoever comes first." in stage.last(carla).words
    rows = await leading_to(stage, centre, carla)
    assert {each.partition(":")[0] for each in rows} == {"comments", "outbox"}
    await scene.forge(carla, TakeCommentBack(centre.id, comment_id, True))
    await stage.move(30)
    assert await leading_to(stage, centre, carla) == []

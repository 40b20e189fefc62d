"""A proposal that is about somebody is told to facilitators, and asked back to its author."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.proposal_scenes import OneProposalScene
from kit.stage import HOUR, Stage

from assembly.harm import Harm
from handlers.proposals.presses import AskBackFor, ReportProposal
from sandbox.people import Person
from storage import members, proposals

pytestmark = pytest.mark.usefixtures("no_errors")

TITLE = "Dario shall stay at home"
HURTS, ASK_BACK = "This is about me, or hurts", "Ask to rethink it"


@dataclass
class Scene(OneProposalScene):
    """Anna has proposed something about Dario; Fiona and Gino facilitate."""

    anna: Person
    dario: Person
    fiona: Person
    gino: Person

    async def edit(self, title: str) -> None:
        anna = await self.stage.member_id(self.centre, self.anna)
        assert await self.stage.write(
            proposals.edit,
            centre_id=self.centre.id,
            proposal_id=self.proposal_id,
            author_id=anna,
            title=title,
            reason=None,
            named=False,
            now=self.stage.now + 1,
        )


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    dario = await stage.member(centre, group, "Dario", language="it")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    proposal_id = await stage.propose(centre, anna, TITLE, named=False)
    return Scene(stage, centre, group, proposal_id, anna, dario, fiona, gino)


async def test_it_is_told_without_saying_who(scene: Scene) -> None:
    stage = scene.stage
    await scene.see(scene.dario)
    speak = stage.speech("it")
    asked = await stage.press_each(scene.dario, str(speak(HURTS)))
    assert "non chi" in asked.words
    await stage.press_each(scene.dario, str(speak("Tell the facilitators")))
    for person in (scene.fiona, scene.gino):
        told = stage.last(person).words
        assert "is about them, or hurts somebody" in told and TITLE in told
        assert told.count("Dario") == 1, "in the title alone"
    rows = str([[*row] for row in await stage.rows("SELECT key, ref FROM outbox")])
    assert str(scene.dario.id) not in rows
    said = len(stage.said(scene.fiona))
    await scene.forge(scene.anna, ReportProposal(scene.centre.id, scene.proposal_id, True))
    await scene.see(scene.dario)
    await stage.press_each(scene.dario, str(speak(HURTS)), str(speak("Tell the facilitators")))
    assert len(stage.said(scene.fiona)) == said, "once for the same words, and never by its author"
    await scene.edit("Dario shall stay away")
    await scene.forge(scene.dario, ReportProposal(scene.centre.id, scene.proposal_id, True))
    assert "stay away" in stage.last(scene.fiona).words


@pytest.mark.parametrize("who", ["dario", "fiona", "gino"])
async def test_what_waits_to_be_sent_is_the_same_whoever_said_so(scene: Scene, who: str) -> None:
    person: Person = getattr(scene, who)
    await scene.see(person)
    await scene.forge(person, ReportProposal(scene.centre.id, scene.proposal_id, True))
    rows = await scene.stage.rows("SELECT chat_id FROM outbox WHERE key LIKE 'report:%'")
    assert {row["chat_id"] for row in rows} == {scene.fiona.id, scene.gino.id}


async def test_it_is_asked_back_for_a_reason(scene: Scene) -> None:
    stage = scene.stage
    await scene.see(scene.fiona)
    why = await stage.press_each(scene.fiona, ASK_BACK)
    assert "not which one" in why.words and len(why.labels) == len(Harm) + 1
    await stage.press_each(scene.fiona, "It is about a person")
    asked = stage.last(scene.anna)
    assert "A facilitator asks you" in asked.words and "who has not agreed" in asked.words
    assert "Fiona" not in asked.words and asked.labels == ["Change it", "Take it back"]
    again = await scene.forge(
        scene.gino, AskBackFor(scene.centre.id, scene.proposal_id, Harm.HURTS)
    )
    assert again == "They have been asked already."
    await stage.press(scene.anna, asked, "Take it back")
    await stage.press_each(scene.anna, "Take it back")
    item = await stage.read(proposals.get, scene.centre.id, scene.proposal_id)
    assert item is not None and item.status == "withdrawn"
    await scene.forge(scene.fiona, AskBackFor(scene.centre.id, scene.proposal_id, Harm.HURTS))
    assert stage.last(scene.anna) is asked, "it is off the list"


async def test_whoever_is_gone_is_not_asked(scene: Scene) -> None:
    anna = await scene.stage.member_id(scene.centre, scene.anna)
    await scene.stage.write(members.leave, anna, scene.stage.now)
    ask = AskBackFor(scene.centre.id, scene.proposal_id, Harm.NAMES)
    await scene.see(scene.fiona)
    assert await scene.forge(scene.fiona, ask) == "Whoever put it forward is not here any more."
    await scene.stage.write(members.remove, anna)
    assert await scene.forge(scene.fiona, ask) == "Whoever put it forward is not here any more."


async def test_a_facilitator_asks_nothing_of_themselves(scene: Scene) -> None:
    own = await scene.stage.propose(scene.centre, scene.fiona, "A garden", named=False)
    await scene.see(scene.fiona)
    said = await scene.forge(scene.fiona, AskBackFor(scene.centre.id, own, Harm.NAMES))
    assert said == "It is your own: you can change it."
    before = len(scene.stage.said(scene.fiona))
    await scene.see(scene.dario)
    await scene.forge(scene.dario, ReportProposal(scene.centre.id, own, True))
    assert len(scene.stage.said(scene.fiona)) == before, "the author is not the one who is told"
    assert "A garden" in scene.stage.last(scene.gino).words


async def test_members_ask_nothing_back(scene: Scene) -> None:
    bruno = await scene.stage.member(scene.centre, scene.group, "Bruno")
    await scene.see(bruno)
    ask = AskBackFor(scene.centre.id, scene.proposal_id, Harm.NAMES)
    assert await scene.forge(bruno, ask) == FACILITATORS_ONLY


async def test_what_is_taken_back_over_night_is_not_told(scene: Scene) -> None:
    await scene.stage.move(10 * HOUR)  # 23:00 in Rome
    await scene.see(scene.dario)
    await scene.forge(scene.dario, ReportProposal(scene.centre.id, scene.proposal_id, True))
    anna = await scene.stage.member_id(scene.centre, scene.anna)
    await scene.stage.write(proposals.withdraw, scene.centre.id, scene.proposal_id, anna)
    await scene.stage.move(10 * HOUR + 60)  # 09:01
    assert TITLE not in scene.stage.last(scene.fiona).words


async def test_where_nobody_facilitates_it_says_so(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    dario = await stage.member(centre, group, "Dario")
    proposal_id = await stage.propose(centre, anna, TITLE)
    await stage.start(dario, f"p_{proposal_id}")
    told = await stage.press_each(dario, HURTS, "Tell the facilitators")
    assert "Nobody facilitates here who could be told." in told.words

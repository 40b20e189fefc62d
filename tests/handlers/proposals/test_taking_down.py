"""Taking a proposal down, press by press: two facilitators, all who are concerned, the assembly."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.proposal_scenes import OneProposalScene
from kit.stage import HOUR, Stage

from assembly.harm import Harm
from handlers.proposals.takedown_presses import (
    AskAssembly,
    AskTakeDownFor,
    LeaveUp,
    PutBack,
    TakeDown,
)
from sandbox.people import Person
from storage import assemblies, points, proposals

pytestmark = pytest.mark.usefixtures("no_errors")

TITLE, WHY = "Dario shall stay at home", "He shouts."
DOWN = "Take it down"


@dataclass
class Scene(OneProposalScene):
    """Anna has proposed something about Dario; Bruno's voice is with it. Three facilitate."""

    anna: Person
    bruno: Person
    fiona: Person  # professional
    petra: Person  # professional
    gino: Person  # family

    async def ask(self) -> None:
        await self.see(self.fiona)
        await self.stage.press_each(self.fiona, DOWN, "It is about a person")

    async def take_down(self) -> None:
        await self.ask()
        await self.stage.press_each(self.gino, DOWN)


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    made = await stage.propose(centre, anna, TITLE, bruno, reason=WHY, named=False)
    return Scene(stage, centre, group, made, anna, bruno, fiona, petra, gino)


async def test_two_take_it_down_and_all_hear_why(scene: Scene) -> None:
    stage = scene.stage
    await stage.convene(scene.centre, scene.fiona, points=[(scene.proposal_id, TITLE)])
    said = len(stage.said(scene.petra))
    await scene.ask()
    assert len(stage.said(scene.petra)) == said, "one of the same role is not asked"
    asked = stage.last(scene.gino)
    assert TITLE in asked.words and "Fiona" not in asked.words
    assert (await scene.item()).is_open, "one alone changes nothing"
    await stage.press(scene.gino, asked, DOWN)
    assert "Put it back on the list" in asked.labels and "Back to the list" in asked.labels
    item = await scene.item()
    assert item.status == "taken-down" and TITLE not in item.title
    told = stage.last(scene.anna)
    assert "Two facilitators took down your proposal:" in told.words and TITLE in told.words
    told = stage.last(scene.bruno)
    assert "that your voice is with" in told.words and "Dario" not in told.words
    post = stage.last(scene.group)
    assert "took a proposal off the list" in post.words and "Dario" not in post.words
    assert "about a person who has not agreed" in post.words
    seen = await scene.see(scene.bruno)
    assert "Dario" not in seen.words and WHY not in seen.words
    done = await stage.press_each(scene.bruno, "What facilitators did here")
    assert "Taken down by Fiona" in done.words and "Taken down by Gino" in done.words
    assert "Dario" not in done.words
    assert "Dario" not in (await stage.say(scene.bruno, "/agenda")).words
    [coming] = await stage.read(assemblies.upcoming, scene.centre.id, stage.now)
    [point] = await stage.read(points.items, coming.id)
    assert point.title == "A proposal that was taken down"


async def test_its_author_asks_the_assembly(scene: Scene) -> None:
    stage = scene.stage
    await scene.take_down()
    await stage.press(scene.anna, stage.last(scene.anna), "Ask the assembly")
    asked = stage.last(scene.anna)
    assert "Was it right to take a proposal down?" in asked.words
    assert "Dario" not in asked.words and "Anna" not in asked.words
    items = (await stage.read(proposals.agenda, scene.centre.id)).items
    assert [each.title for each in items] == ["Was it right to take a proposal down?"]
    await scene.forge(scene.anna, AskAssembly(scene.centre.id, scene.proposal_id))
    assert len((await stage.read(proposals.agenda, scene.centre.id)).items) == 1
    await scene.see(scene.petra)
    await stage.press_each(scene.petra, "Put it back on the list")
    item = await scene.item()
    assert item.is_open and (item.title, item.reason, item.voices) == (TITLE, WHY, 1)


async def test_nobody_else_takes_anything_down(scene: Scene) -> None:
    ids = scene.centre.id, scene.proposal_id
    await scene.ask()
    await scene.see(scene.bruno)
    for press in (AskTakeDownFor(*ids, Harm.HURTS), TakeDown(*ids), LeaveUp(*ids), PutBack(*ids)):
        assert await scene.forge(scene.bruno, press) == FACILITATORS_ONLY
    await scene.see(scene.petra)
    for person in (scene.fiona, scene.petra):
        said = await scene.forge(person, TakeDown(*ids))
        assert said == "A facilitator of another role answers this."
    assert (await scene.item()).is_open
    await scene.forge(scene.bruno, AskAssembly(*ids))
    assert len((await scene.stage.read(proposals.agenda, scene.centre.id)).items) == 1


@pytest.mark.parametrize(
    ("button", "came"),
    [(DOWN, "Two facilitators took it down."), ("It stays on the list", "It stays on the list.")],
)
async def test_whoever_was_asked_as_well_reads_what_came_of_it(
    scene: Scene, button: str, came: str
) -> None:
    stage = scene.stage
    hugo = await stage.member(scene.centre, scene.group, "Hugo", "family", facilitator=True)
    await scene.ask()
    asked, other = stage.last(scene.gino), stage.last(hugo)
    assert DOWN in other.labels
    await stage.press(scene.gino, asked, button)
    await stage.move(10)
    assert other.words.endswith(came) and other.labels == ["See it"]
    assert (TITLE in other.words) is (button != DOWN), "what hurts is not read once more"
    await stage.press_each(hugo, "See it")
    assert "Back to the list" in other.labels


async def test_the_second_one_may_see_it_otherwise(scene: Scene) -> None:
    stage = scene.stage
    await scene.ask()
    asked = stage.last(scene.gino)
    await stage.press(scene.gino, asked, "It stays on the list")
    assert DOWN in asked.labels and "Back to the list" in asked.labels
    item = await scene.item()
    assert item.is_open and item.title == TITLE
    said = await scene.forge(scene.gino, TakeDown(scene.centre.id, scene.proposal_id))
    assert said == "" and (await scene.item()).is_open
    await scene.ask()
    assert DOWN in stage.last(scene.gino).labels, "it can be asked again"


async def test_alone_it_can_not_be_done(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    made = await stage.propose(centre, anna, TITLE)
    own = await stage.propose(centre, petra, "A garden")
    await stage.start(fiona, f"p_{made}")
    pressed = await stage.press(fiona, stage.last(fiona), DOWN)
    assert pressed.answer is not None and "of two roles" in pressed.answer.text
    await stage.start(petra, f"p_{own}")
    said = await stage.forge(
        petra, stage.last(petra), AskTakeDownFor(centre.id, own, Harm.HURTS).encode()
    )
    assert said.answer is not None and "your own" in said.answer.text


async def test_over_night_nobody_is_told_what_is_back_by_then(scene: Scene) -> None:
    stage = scene.stage
    await stage.move(10 * HOUR)  # 23:00 in Rome
    said = [len(stage.said(each)) for each in (scene.anna, scene.bruno)]
    await scene.take_down()
    await scene.see(scene.petra)
    await stage.press_each(scene.petra, "Put it back on the list")
    await stage.move(10 * HOUR + 60)  # 09:01
    assert [len(stage.said(each)) for each in (scene.anna, scene.bruno)] == said

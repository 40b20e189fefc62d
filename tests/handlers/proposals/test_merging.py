"""Two alike proposals are put together, press by press: both authors, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import FACILITATORS_ONLY
from kit.proposal_scenes import ProposalsScene
from kit.stage import DAY, MINUTE, Stage

from assembly.merging import Answer
from handlers.proposals.merge_presses import AnswerMerge, SuggestMerge
from sandbox.chats import Message
from sandbox.people import Person
from storage import members, merges, proposals

pytestmark = pytest.mark.usefixtures("no_errors")

KEPT, MERGED = "Open on Saturdays", "Open on Saturdays too"
ALIKE = "Put it together with a similar one"
TOGETHER, APART = "Put them together", "They stay apart"
QUESTIONS = (
    "These two proposals sound alike. Should they be put together?",
    "One of these two was changed. Should they still be put together?",
)


@dataclass
class Scene(ProposalsScene):
    """Anna's proposal, and Bruno's, which is alike, with Carla's voice; Fiona facilitates."""

    anna: Person
    bruno: Person
    carla: Person
    fiona: Person
    kept: int
    merged: int

    async def suggest(self) -> None:
        await self.stage.start(self.fiona, f"p_{self.merged}")
        await self.stage.press_each(self.fiona, ALIKE, KEPT, "Ask both authors")

    def asked(self, person: Person) -> Message:
        found = self.stage.last(person)
        assert found.words.count("?") == 1 and any(each in found.words for each in QUESTIONS)
        return found


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno", "family")
    carla = await stage.member(centre, group, "Carla")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    kept = await stage.propose(centre, anna, KEPT)
    merged = await stage.propose(centre, bruno, MERGED, carla)
    return Scene(stage, centre, group, anna, bruno, carla, fiona, kept, merged)


async def test_both_want_it_and_the_voices_are_united(scene: Scene) -> None:
    stage = scene.stage
    await scene.suggest()
    assert "Fiona" not in scene.asked(scene.anna).words
    await stage.press(scene.anna, scene.asked(scene.anna), TOGETHER)
    mine = stage.last(scene.anna)
    assert "You said: together." in mine.words and "You can change that until" in mine.words
    card = mine
    assert (await scene.proposal(scene.merged)).is_open
    asked = scene.asked(scene.bruno)
    await stage.press(scene.bruno, asked, TOGETHER)
    assert asked.words.startswith(KEPT) and "Back to the list" in asked.labels
    assert (await scene.proposal(scene.merged)).status == "merged"
    assert (await scene.proposal(scene.kept)).voices == 1
    told = stage.last(scene.carla)
    assert "Two proposals were put together:" in told.words and KEPT in told.words
    await stage.move(10)
    assert "Two proposals were put together:" in card.words and not card.buttons
    assert "change" not in card.words and asked.words.startswith(KEPT)
    seen = await stage.start(scene.carla, f"p_{scene.merged}")
    assert "put together with another one" in seen.words
    seen = await stage.press_each(scene.carla, "See it")
    assert KEPT in seen.words and "Take my voice back" in seen.labels
    done = await stage.press_each(scene.carla, "What facilitators did here")
    assert "suggested by Fiona" in done.words
    await stage.move(8 * DAY)
    assert (await scene.proposal(scene.kept)).voices == 1


@pytest.mark.parametrize("says", [APART, None])
async def test_a_no_and_no_answer_end_alike(scene: Scene, says: str | None) -> None:
    stage = scene.stage
    await scene.suggest()
    await stage.press(scene.anna, scene.asked(scene.anna), TOGETHER)
    card = stage.last(scene.anna)
    said = [len(stage.said(each)) for each in (scene.anna, scene.carla, scene.fiona)]
    if says is not None:
        await stage.press(scene.bruno, scene.asked(scene.bruno), says)
    await stage.move(6 * DAY)
    assert [len(stage.said(each)) for each in (scene.anna, scene.carla, scene.fiona)] == said
    assert (await scene.proposal(scene.merged)).is_open
    await stage.move(DAY + 10 * MINUTE)
    for person in (scene.anna, scene.bruno, scene.fiona):
        assert "These two proposals stay as they are:" in stage.last(person).words
    assert await stage.read(merges.find, scene.merged) is None, "what was said is forgotten"
    await stage.move(10)
    assert "together." not in card.words and "stay as they are" in card.words and not card.buttons
    assert (await scene.proposal(scene.merged)).voices == 1
    late = await scene.forge(scene.bruno, AnswerMerge(scene.centre.id, scene.merged, Answer.YES))
    assert "older message" in late and (await scene.proposal(scene.merged)).is_open


async def test_an_author_who_is_gone_agrees_after_a_week(scene: Scene) -> None:
    stage = scene.stage
    bruno = await stage.member_id(scene.centre, scene.bruno)
    await stage.write(members.leave, bruno, stage.now)
    await scene.suggest()
    await stage.press(scene.anna, scene.asked(scene.anna), TOGETHER)
    await stage.move(6 * DAY)
    assert (await scene.proposal(scene.merged)).is_open
    await stage.restart()
    await stage.move(DAY + 10 * MINUTE)
    assert (await scene.proposal(scene.merged)).status == "merged"


async def test_nobody_else_suggests_or_answers(scene: Scene) -> None:
    ids = scene.centre.id, scene.merged
    await scene.stage.start(scene.carla, f"p_{scene.merged}")
    assert await scene.forge(scene.carla, SuggestMerge(*ids, scene.kept, True)) == FACILITATORS_ONLY
    await scene.suggest()
    for person in (scene.carla, scene.fiona):
        said = await scene.forge(person, AnswerMerge(*ids, Answer.YES))
        assert "older message" in said
    found = await scene.stage.read(merges.find, scene.merged)
    assert found is not None and found.kept.answer is found.merged.answer is None


async def test_whose_both_are_is_asked_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.propose(centre, anna, KEPT)
    merged = await stage.propose(centre, anna, MERGED)
    said = len(stage.said(anna))
    await stage.start(fiona, f"p_{merged}")
    await stage.press_each(fiona, ALIKE, KEPT, "Ask both authors")
    assert len(stage.said(anna)) == said + 1
    await stage.press_each(anna, TOGETHER)
    item = await stage.read(proposals.get, centre.id, merged)
    assert item is not None and item.status == "merged"


async def test_where_nothing_is_alike_it_says_so(scene: Scene) -> None:
    other = await scene.stage.propose(scene.centre, scene.anna, "A quiet room")
    await scene.stage.start(scene.fiona, f"p_{other}")
    seen = await scene.stage.press_each(scene.fiona, ALIKE)
    assert "none on the list whose words resemble it" in seen.words


async def test_other_words_are_asked_about_anew(scene: Scene) -> None:
    stage = scene.stage
    await scene.suggest()
    await stage.press(scene.bruno, scene.asked(scene.bruno), TOGETHER)
    before = stage.last(scene.bruno)
    await stage.move(MINUTE)
    await stage.start(scene.anna, f"p_{scene.kept}")
    await stage.press_each(scene.anna, "Change it", "Change the text", "The sentence")
    await stage.say(scene.anna, "Close on Saturdays")
    await stage.press_each(scene.anna, "Save with my name: Anna")
    await stage.move(MINUTE)
    for person in (scene.anna, scene.bruno):
        asked = scene.asked(person)
        assert QUESTIONS[1] in asked.words
        assert "Close on Saturdays" in asked.words and "You said" not in asked.words
    assert before.labels == [], "nobody says yes to words that are no more"
    await stage.press(scene.anna, scene.asked(scene.anna), TOGETHER)
    assert (await scene.proposal(scene.merged)).is_open, "Bruno has not said so of these words"
    await stage.press(scene.bruno, scene.asked(scene.bruno), TOGETHER)
    assert (await scene.proposal(scene.merged)).status == "merged"


async def test_another_name_under_the_same_words_asks_nobody(scene: Scene) -> None:
    stage = scene.stage
    await scene.suggest()
    await stage.press(scene.bruno, scene.asked(scene.bruno), TOGETHER)
    await stage.move(MINUTE)
    await stage.start(scene.anna, f"p_{scene.kept}")
    await stage.press_each(scene.anna, "Change it", "Save without a name")
    await stage.move(MINUTE)
    assert "was changed" not in stage.last(scene.bruno).words
    found = await stage.read(merges.find, scene.merged)
    assert found is not None and found.merged.answer is Answer.YES

"""Agreed without a ballot, as people press and read it; on both engines where it writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit.phrases import CHAIRS_ONLY, MEMBERS_ONLY
from kit.running_bot import SQLITE
from kit.stage import MINUTE, Stage, open_stage

from assembly.agreement import Standing
from assembly.endings import Ending
from handlers.assemblies.agreeing.presses import Disagree, OpenAgain, PutAgreement, WordAgreement
from handlers.core.press import Press
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import agreements, members, points, presences, proposals
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

WORDS = "The quiet room is open from nine on."
AGREED = f"We agreed: {WORDS}"
WE_AGREED, DISAGREE = "We agreed: …", "I don’t agree"
POINT = "A quiet room"


@dataclass
class Scene:
    """An open assembly with two points; Anna and Bruno are there, Carl is not. Fiona leads."""

    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    bruno: Person
    carl: Person
    fiona: Person
    assembly: Assembly
    proposal_id: int

    async def desk(self) -> Message:
        await self.stage.say(self.fiona, "/facilitate")
        return await self.stage.press_each(self.fiona, "Go on with the assembly")

    async def put(self, words: str = WORDS) -> Message:
        """What the group reads then."""
        await self.desk()
        await self.stage.press_each(self.fiona, WE_AGREED)
        await self.stage.say(self.fiona, words)
        await self.stage.press_each(self.fiona, "Tell the group")
        return self.stage.last(self.group)

    async def found(self) -> Agreement:
        [found] = await self.stage.read(agreements.of_assembly, self.assembly.id)
        return found

    async def ending(self) -> Ending | None:
        return (await self.stage.read(points.items, self.assembly.id))[0].ending

    async def disagree(self, person: Person, post: Message) -> str:
        pressed = await self.stage.press(person, post, DISAGREE)
        assert pressed.answer is not None and pressed.answer.show_alert
        return pressed.answer.text

    async def forge(self, person: Person, message: Message, press: Press) -> str:
        made = await self.stage.forge(person, message, press.encode())
        return made.answer.text if made.answer is not None else ""

    async def rows(self) -> str:
        """All that lies there, but what is drawn by chance when a bot starts for the first time."""
        [*names] = await self.stage.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT IN ('link_key', 'pair') ORDER BY 1"
        )
        tables = [str(row["name"]) for row in names]
        return str(
            {
                each: [tuple(row) for row in await self.stage.rows(f"SELECT * FROM {each}")]
                for each in tables
            }
        )


@asynccontextmanager
async def a_scene(folder: Path, url: str = SQLITE) -> AsyncIterator[Scene]:
    async with open_stage(folder, url) as stage:
        centre, group = await stage.centre()
        anna = await stage.member(centre, group, "Anna")
        bruno = await stage.member(centre, group, "Bruno", "family")
        carl = await stage.member(centre, group, "Carl", language="it")
        fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
        titles = (POINT, "A trip")
        proposed = [(await stage.propose(centre, anna, each), each) for each in titles]
        assembly = await stage.convene(centre, fiona, points=proposed, begun=True)
        for person in (anna, bruno):
            await stage.write(
                presences.say,
                centre_id=centre.id,
                assembly_id=assembly.id,
                member_id=await stage.member_id(centre, person),
                here=True,
            )
        people = (anna, bruno, carl, fiona)
        yield Scene(stage, centre, group, *people, assembly, proposed[0][0])


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with a_scene(tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def make_url(request: pytest.FixtureRequest) -> Callable[..., Awaitable[str]]:
    if request.param == "postgresql":
        found: Callable[..., Awaitable[str]] = request.getfixturevalue("postgres_url")
        return found

    async def on_this_disk() -> str:
        return SQLITE

    return on_this_disk


@pytest.fixture
async def either(make_url: Callable[..., Awaitable[str]], tmp_path: Path) -> AsyncIterator[Scene]:
    """The same on each engine."""
    async with a_scene(tmp_path, await make_url()) as found:
        yield found


async def test_words_come_first_and_a_ballot_second(scene: Scene) -> None:
    point = await scene.desk()
    assert point.labels[:2] == ["Next", WE_AGREED] and "Put it to a decision" not in point.labels
    more = await scene.stage.press_each(scene.fiona, "More")
    assert "Are you agreed? Then word it. A ballot is for when it is needed." in more.words
    assert more.labels[0] == "Put it to a decision"


async def test_what_nobody_disagrees_with_holds_after_ten_minutes(either: Scene) -> None:
    stage = either.stage
    post = await either.put()
    assert AGREED in post.words and POINT in post.words and post.labels == [DISAGREE]
    assert "Nobody learns who did." in post.words
    point = stage.last(either.fiona)
    assert AGREED in point.words and "Somebody here doesn’t agree" in point.labels
    assert not {WE_AGREED, "Put it to a decision", "Talked about"} & set(point.labels)
    await stage.move(9 * MINUTE)
    assert post.labels == [DISAGREE]
    await stage.move(MINUTE)
    await stage.move(30)
    assert post.labels == [] and AGREED in post.words and "This holds" in post.words
    assert (await either.found()).standing is Standing.STANDS
    assert await either.ending() is Ending.AGREED
    await either.desk()
    await stage.press_each(either.fiona, "Close the assembly", "Close it")
    assert AGREED in stage.last(either.group).words, "the summary"
    item = await stage.read(proposals.get, either.centre.id, either.proposal_id)
    assert item is not None and item.status == "settled"
    told = stage.said(either.anna)
    assert any(AGREED in each.words for each in told), "whoever proposed it reads the words"


async def test_one_press_opens_the_point_again_and_only_they_read_it(either: Scene) -> None:
    stage = either.stage
    post = await either.put()
    said = [len(stage.said(each)) for each in (either.anna, either.carl, either.fiona)]
    told = await either.disagree(either.bruno, post)
    assert told == "It is an open point again. Nobody learns who didn’t agree."
    again = await either.forge(either.anna, post, Disagree(1, (await either.found()).id))
    assert again == told, "the same, whoever comes after"
    await stage.move(30)
    assert post.labels == [] and f"Not agreed yet: {WORDS}" in post.words
    assert "Bruno" not in post.words
    assert [len(stage.said(each)) for each in (either.anna, either.carl, either.fiona)] == said
    assert await either.ending() is None
    point = await either.desk()
    assert point.labels[:2] == ["Next", WE_AGREED]
    await stage.move(10 * MINUTE)
    assert await either.ending() is None and (await either.found()).standing is (
        Standing.TURNED_BACK
    )
    post = await either.put("From ten on.")
    await stage.move(10 * MINUTE + 30)
    assert "From ten on." in post.words and await either.ending() is Ending.AGREED


async def test_only_who_is_there_is_heard(scene: Scene) -> None:
    stage = scene.stage
    post = await scene.put()
    assert "Sono qui" in await scene.disagree(scene.carl, post), "in their own language"
    outsider = stage.world.person("Zoe")
    outsider.join(scene.group)
    await stage.settle()
    assert await scene.disagree(outsider, post) == MEMBERS_ONLY
    bruno = await stage.member_id(scene.centre, scene.bruno)
    await stage.write(members.restrict, bruno, stage.now)
    assert await scene.disagree(scene.bruno, post) == MEMBERS_ONLY
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo", facilitator=True)
    agreement_id = (await scene.found()).id
    carrier = await stage.say(hugo, "/start")
    for centre_id in (scene.centre.id, other.id):
        await scene.forge(hugo, carrier, Disagree(centre_id, agreement_id))
        await scene.forge(hugo, carrier, OpenAgain(centre_id, agreement_id))
    assert (await scene.found()).standing is Standing.PUT


async def test_who_is_there_reads_it_in_private_too(scene: Scene) -> None:
    stage = scene.stage
    await scene.put()
    card = await stage.say(scene.anna, "/assembly")
    assert AGREED in card.words and card.labels[0] == DISAGREE
    pressed = await stage.press(scene.anna, card, DISAGREE)
    assert pressed.answer is not None and "open point again" in pressed.answer.text
    assert DISAGREE not in stage.last(scene.anna).labels
    assert (await scene.found()).standing is Standing.TURNED_BACK


async def test_nobody_words_it_who_does_not_lead(scene: Scene) -> None:
    stage = scene.stage
    [item, _] = await stage.read(points.items, scene.assembly.id)
    carrier = await stage.say(scene.anna, "/start")
    for press in (
        WordAgreement(scene.centre.id, item.id),
        PutAgreement(scene.centre.id, item.id, "0a1b2c3d"),
    ):
        assert await scene.forge(scene.anna, carrier, press) == CHAIRS_ONLY
    assert await stage.read(agreements.of_assembly, scene.assembly.id) == []


async def test_closing_says_what_is_still_read_and_then_it_holds(scene: Scene) -> None:
    stage = scene.stage
    post = await scene.put()
    await stage.move(4 * MINUTE)
    await scene.desk()
    asked = await stage.press_each(scene.fiona, "Close the assembly")
    assert AGREED in asked.words and "for 6 more minutes" in asked.words
    assert "1. A quiet room · agreed without a ballot" in asked.words
    await stage.press_each(scene.fiona, "Close it")
    await stage.move(30)
    assert post.labels == [] and "This holds" in post.words
    found = await scene.found()
    assert found.standing is Standing.STANDS and found.until <= found.put_at + 5 * MINUTE
    assert await scene.ending() is Ending.AGREED
    late = await scene.forge(scene.anna, post, Disagree(scene.centre.id, found.id))
    assert "The assembly is over" in late
    await stage.move(10 * MINUTE)
    assert (await scene.found()).standing is Standing.STANDS


async def test_after_its_end_it_is_opened_again_at_the_desk(scene: Scene) -> None:
    stage = scene.stage
    post = await scene.put()
    await stage.move(10 * MINUTE + 30)
    late = await scene.forge(scene.anna, post, Disagree(1, (await scene.found()).id))
    assert "This holds by now." in late
    await scene.desk()
    point = await stage.press_each(scene.fiona, "It has not ended yet")
    assert WE_AGREED in point.labels
    await stage.move(30)
    assert "Not agreed yet" in post.words
    assert await scene.ending() is None


async def test_whoever_leads_sees_it_without_pressing(scene: Scene) -> None:
    stage = scene.stage
    post = await scene.put()
    lead = stage.last(scene.fiona)
    await scene.disagree(scene.bruno, post)
    await stage.move(30)
    await stage.move(30)
    assert stage.last(scene.fiona) is lead and "Somebody does not agree." in lead.words
    assert WE_AGREED in lead.labels


async def test_somebody_without_a_phone_is_heard_at_the_desk(scene: Scene) -> None:
    stage = scene.stage
    await scene.put()
    point = await stage.press_each(scene.fiona, "Somebody here doesn’t agree")
    assert "Somebody does not agree. The point is open." in point.words
    assert (await scene.found()).standing is Standing.TURNED_BACK


async def test_killed_in_between_it_goes_on(either: Scene) -> None:
    stage = either.stage
    await either.desk()
    await stage.press_each(either.fiona, WE_AGREED)
    await stage.restart()
    await stage.say(either.fiona, WORDS)
    await stage.restart()
    await stage.press_each(either.fiona, "Tell the group")
    post = stage.last(either.group)
    await stage.restart()
    assert "open point again" in await either.disagree(either.anna, post)
    await stage.restart()
    await stage.move(30)
    assert post.labels == [] and "Not agreed yet" in post.words


async def test_after_a_downtime_its_time_begins_again(scene: Scene) -> None:
    stage = scene.stage
    post = await scene.put()
    await stage.stop_bot()
    stage.clock.move(15 * MINUTE)
    await stage.start_bot()
    await stage.tick()
    await stage.move(30)
    found = await scene.found()
    assert found.standing is Standing.PUT and post.labels == [DISAGREE]
    await stage.move(9 * MINUTE)
    assert (await scene.found()).standing is Standing.PUT
    await stage.move(MINUTE)
    assert (await scene.found()).standing is Standing.STANDS


async def test_after_presses_were_lost_its_time_begins_again(scene: Scene) -> None:
    """Away for four of the ten minutes: what was pressed at their beginning is dropped."""
    stage = scene.stage
    post = await scene.put()
    await stage.move(MINUTE)
    await stage.stop_bot()
    stage.clock.move(4 * MINUTE)
    await stage.start_bot()
    await stage.tick()
    before = (await scene.found()).until
    await stage.move(30)
    assert before == (await scene.found()).put_at + 10 * MINUTE
    assert post.labels == [DISAGREE]
    await stage.move(9 * MINUTE)
    assert (await scene.found()).standing is Standing.PUT
    await stage.move(MINUTE)
    assert (await scene.found()).standing is Standing.STANDS


async def test_all_that_lies_there_is_equal_whoever_pressed(tmp_path: Path) -> None:
    """Anna in one centre, Bruno in another one that is the same: not a row tells them apart."""
    found = []
    for name in ("anna", "bruno"):
        folder = tmp_path / name
        folder.mkdir(mode=0o700)
        async with a_scene(folder) as scene:
            post = await scene.put()
            await scene.disagree(getattr(scene, name), post)
            await scene.stage.move(30)
            found.append(await scene.rows())
    assert found[0] == found[1]


async def test_too_long_is_asked_again_and_left(scene: Scene) -> None:
    stage = scene.stage
    await scene.desk()
    await stage.press_each(scene.fiona, WE_AGREED)
    assert "up to 300 fit" in (await stage.say(scene.fiona, "yes " * 100)).words
    assert "at least 5 characters" in (await stage.say(scene.fiona, "yes")).words
    seen = await stage.say(scene.fiona, WORDS)
    assert AGREED in seen.words
    await stage.press(scene.fiona, seen, "Leave it")
    assert await stage.read(agreements.of_assembly, scene.assembly.id) == []


async def test_whoever_leads_reads_at_another_point_that_one_is_open_again(scene: Scene) -> None:
    again = f"Open again, since somebody does not agree: {POINT}"
    post = await scene.put()
    await scene.stage.press_each(scene.fiona, "Next")
    led = scene.stage.last(scene.fiona)
    await scene.stage.move(30)
    assert led.words.startswith("2 of 2: A trip") and again not in led.words
    await scene.disagree(scene.anna, post)
    for _ in range(2):
        await scene.stage.move(30)
    assert led.words.startswith("2 of 2: A trip") and again in led.words
    await scene.stage.press_each(scene.fiona, "Next")
    assert again in led.words, "at the end too"
    await scene.stage.press_each(scene.fiona, "To the point that is open again")
    assert led.words.startswith(f"1 of 2: {POINT}") and again not in led.words
    await scene.stage.press_each(scene.fiona, "Talked about", "Next")
    assert again not in led.words, "it has ended"

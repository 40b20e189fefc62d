"""One conversation after the other: what is half-written goes only where somebody says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from kit.phrases import ASK_TO_JOIN, OLDER_MESSAGE, PUT_A_QUESTION, USE_THE_SERVICE
from kit.stage import DAY, Stage

from handlers.core.press import SEPARATOR
from sandbox.people import Person
from storage import drafts
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

Step = Callable[[Stage, Centre, Person], Awaitable[None]]
BEGUN = "You have begun this, and it is not sent yet:"


def pressing(*data: str, then: str = "") -> Step:
    """These presses, and then what is typed."""

    async def step(stage: Stage, centre: Centre, person: Person) -> None:
        for each in data:
            home = await stage.say(person, "/start")
            at = (stage.now + 3 * DAY) // 3600 * 3600
            await stage.forge(person, home, each.format(id=centre.id, at=at))
        if then:
            await stage.say(person, then)

    return step


# What is half-written, and how it is known again in the question.
WRITTEN: dict[str, tuple[Step, str]] = {
    "a proposal": (pressing("prop:{id}", then="A quiet room"), "A quiet room"),
    "a question": (pressing("put:{id}:0", then="Shall we paint it?"), "Shall we paint it?"),
    "an assembly": (pressing("cvt:{id}:0:{at}"), "Saturday 6 December"),
    "a centre’s name": (pressing("ctn:{id}", then="Casa Alba"), "Casa Alba"),
}
# What begins a conversation, and what it asks.
BEGINNINGS = {
    "a proposal": ("prop:{id}", "What should the assembly talk about?"),
    "a question": ("put:{id}:0", "What should be decided?"),
    "an assembly": ("cv:{id}:0:0", "day"),
    "a centre’s name": ("ctn:{id}", "What should the centre be called?"),
    "a zone": ("ctz:{id}::0", "Which time"),
    "whom to call": ("hC:{id}", "Write the names and numbers"),
    "my name": ("meN:{id}:n", "Write the name that the assembly may see"),
}
PAIRS = [
    (written, beginning) for written in WRITTEN for beginning in BEGINNINGS if written != beginning
]


@pytest.mark.parametrize(("written", "beginning"), PAIRS)
async def test_nothing_is_let_go_unasked(stage: Stage, written: str, beginning: str) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    write, words = WRITTEN[written]
    await write(stage, centre, fiona)
    before = await stage.read(drafts.find, fiona.id)
    data, asks = BEGINNINGS[beginning]
    await pressing(data)(stage, centre, fiona)
    asked = stage.last(fiona)
    assert BEGUN in asked.words and words in asked.words
    assert asked.labels == ["Go on with it", "Let it go"]
    assert await stage.read(drafts.find, fiona.id) == before
    await stage.press(fiona, asked, "Go on with it")
    assert words in stage.last(fiona).words
    await pressing(data)(stage, centre, fiona)
    await stage.press(fiona, stage.last(fiona), "Let it go")
    assert asks in stage.last(fiona).words
    after = await stage.read(drafts.find, fiona.id)
    assert after is not None and before is not None and after.kind != before.kind


async def test_where_nothing_is_written_nothing_is_asked(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    for data, asks in BEGINNINGS.values():
        await pressing(data)(stage, centre, fiona)
        assert asks in stage.last(fiona).words


async def test_the_words_of_a_command_are_taken_along(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await pressing("put:{id}:0", then="Shall we paint it?")(stage, centre, fiona)
    asked = await stage.say(fiona, "/propose A quiet room")
    assert "Shall we paint it?" in asked.words
    await stage.press(fiona, asked, "Let it go")
    assert "A quiet room" in stage.last(fiona).words


async def test_joining_elsewhere_asks_before_a_proposal_here_is_let_go(stage: Stage) -> None:
    centre, group = await stage.centre()
    other, elsewhere = await stage.centre("Casa Alba")
    await stage.member(other, elsewhere, "Paula", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    await stage.say(anna, "/propose A quiet room")
    await stage.start(anna, f"join_{other.id}")
    await stage.press_each(anna, ASK_TO_JOIN, USE_THE_SERVICE, "Another name")
    assert "You have begun something else" in stage.last(anna).words
    await stage.press(anna, stage.last(anna), "Go on with it")
    assert "A quiet room" in stage.last(anna).words


async def test_checking_the_contacts_lets_nothing_go(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.say(fiona, "/propose A quiet room")
    await pressing("hV:{id}", "hR:{id}")(stage, centre, fiona)
    draft = await stage.read(drafts.find, fiona.id)
    assert draft is not None and draft.kind == "propose"


@pytest.mark.parametrize("then", ["", "nothing", "hwi.home.1", "home.x", "home:1"])
async def test_what_is_no_press_lets_nothing_go(stage: Stage, then: str) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    asked = await stage.say(anna, "/propose A quiet room")
    press = await stage.forge(anna, asked, SEPARATOR.join(("hwi", then)))
    assert OLDER_MESSAGE in ((await press.answered()).text or "")
    assert await stage.read(drafts.find, anna.id) is not None


async def test_behind_it_nobody_may_more_than_without_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.forge(anna, await stage.say(anna, "/start"), f"hwi:put.{centre.id}.0")
    assert await stage.read(drafts.find, anna.id) is None
    assert PUT_A_QUESTION not in stage.last(anna).words


async def test_what_was_sent_meanwhile_leads_home(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.forge(anna, await stage.say(anna, "/help"), "hwg")
    assert "What would you like to do?" in stage.last(anna).words

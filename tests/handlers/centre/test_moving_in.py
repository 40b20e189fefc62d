from __future__ import annotations

import pytest
from kit.stage import DAY, HOUR, Stage

from handlers.assemblies import posts, reminders
from handlers.assemblies.presses import Post
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from sandbox.chats import Group
from sandbox.people import Person
from storage import centre_moves, centres, facilitators
from storage.assemblies import Assembly
from storage.centre_moves import Move
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

MOVES = "Moves here: Centro Aurora"


async def two(stage: Stage) -> tuple[Centre, Group, Person, Person]:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
    return centre, group, fiona, bruno


async def wanted(stage: Stage, centre: Centre, *people: Person) -> None:
    """Begun by the first of them, confirmed by the second."""
    ids = [await stage.member_id(centre, each) for each in people]
    await stage.write(centre_moves.begin, centre.id, ids[0], stage.now)
    if len(ids) > 1:
        move = Move(centre.id, ids[0], stage.now, None)
        assert await stage.write(centre_moves.confirm, move, ids[1])


def new_group(stage: Stage, title: str = "Aurora, new") -> Group:
    group = stage.operator.create_group(title, kind="supergroup")
    stage.operator.add(group, stage.bot)
    return group


async def posted(stage: Stage, centre: Centre, person: Person) -> Assembly:
    """An assembly that the group was told of, with what falls due for it."""
    meeting = await stage.convene(centre, person, 2 * DAY + 3 * HOUR)
    async with stage.voci.database.transaction() as tx:
        unit = UnitOfWork(tx, stage.now, stage.voci.services)
        await posts.post(unit, centre, meeting, Post.ANNOUNCED, "announcement")
        await reminders.plan(tx, meeting, centre.zone, stage.now)
    await stage.settle()
    return meeting


async def as_it_is(stage: Stage, centre: Centre) -> Centre:
    return await stage.read(centres.get, centre.id)


async def test_the_centre_is_in_its_new_group(stage: Stage) -> None:
    centre, group, fiona, bruno = await two(stage)
    await posted(stage, centre, fiona)
    decision = await stage.put(centre, DAY)
    await stage.move(10)
    assert all(each.labels for each in stage.said(group))
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    question = await stage.say(stage.operator, "/setup", new)
    assert question.labels == ["A new centre", MOVES]
    await stage.press(stage.operator, question, MOVES)
    await stage.move(30)

    assert (await as_it_is(stage, centre)).chat_id == new.id
    first, *others = stage.said(new)
    assert "The centre is in this group now." in first.words
    assert any(decision.question in each.words and each.labels for each in others)
    assert any("16:00" in each.words and each.labels for each in others)
    assert [each.labels for each in stage.said(group)] == [[], [], []]
    assert decision.question in stage.said(group)[1].words, "the words stay"
    assert "has moved to a new group" in stage.last(group).words
    for person in (fiona, bruno):
        assert "Its group is: Aurora, new" in stage.last(person).words
    await stage.move(DAY + 4 * HOUR)
    told = " ".join(each.words for each in stage.said(new))
    assert "Assembly tomorrow" in told and "No result" in told, "schedules go on"
    assert len(stage.said(group)) == 3
    assert "set up already" in (await stage.say(stage.operator, "/setup", new)).words


async def test_put_out_of_the_old_group_it_brings_what_waits(stage: Stage) -> None:
    centre, group, fiona, bruno = await two(stage)
    stage.operator.remove(group, stage.bot)
    await stage.settle()
    decision = await stage.put(centre, DAY)
    await stage.move(10)
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    await stage.press(stage.operator, await stage.say(stage.operator, "/setup", new), MOVES)
    await stage.move(30)
    told = [each for each in stage.said(new) if decision.question in each.words]
    assert len(told) == 1 and told[0].labels
    assert len(stage.said(group)) == 0


async def test_back_and_forth_nothing_is_missing(stage: Stage) -> None:
    centre, group, fiona, bruno = await two(stage)
    decision = await stage.put(centre, 20 * DAY)
    await stage.move(10)
    new = new_group(stage)
    for target in (new, group, new):
        await wanted(stage, centre, fiona, bruno)
        await stage.press(stage.operator, await stage.say(stage.operator, "/setup", target), MOVES)
        await stage.move(60)
        live = [each for each in stage.said(target) if decision.question in each.words]
        assert [bool(each.labels) for each in live][-1] is True
        other = group if target is new else new
        stale = [each for each in stage.said(other) if decision.question in each.words]
        assert not any(each.labels for each in stale)


@pytest.mark.parametrize("how", ["alone", "expired", "off duty", "nobody"])
async def test_the_operator_alone_moves_nothing(stage: Stage, how: str) -> None:
    centre, _group, fiona, bruno = await two(stage)
    if how == "alone":
        await wanted(stage, centre, fiona)
    elif how != "nobody":
        await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    question = await stage.say(stage.operator, "/setup", new)
    if how == "expired":
        await stage.move(7 * DAY)
    if how == "off duty":
        await stage.write(facilitators.end, await stage.member_id(centre, bruno))
    press = await stage.forge(stage.operator, question, f"suM:{centre.id}")
    assert "does not wait any more" in ((await press.answered()).text or "")
    assert stage.last(new).labels == ["English", "Italiano", "Deutsch"]
    assert await as_it_is(stage, centre) == centre


async def test_nobody_but_the_operator_carries_it_out(stage: Stage) -> None:
    centre, _group, fiona, bruno = await two(stage)
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    question = await stage.say(stage.operator, "/setup", new)
    fiona.join(new)
    await stage.settle()
    press = await stage.press(fiona, question, MOVES)
    assert "person who runs this bot" in ((await press.answered()).text or "")
    assert await as_it_is(stage, centre) == centre


async def test_a_group_that_has_a_centre_takes_no_other(stage: Stage) -> None:
    centre, _group, fiona, bruno = await two(stage)
    other, elsewhere = await stage.centre("Casa Alba")
    await wanted(stage, centre, fiona, bruno)
    message = await stage.say(stage.operator, "/setup", elsewhere)
    await stage.forge(stage.operator, message, f"suM:{centre.id}")
    assert await as_it_is(stage, centre) == centre
    assert await as_it_is(stage, other) == other


async def test_a_new_centre_can_be_made_while_a_move_waits(stage: Stage) -> None:
    centre, _group, fiona, bruno = await two(stage)
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage, "Casa Alba")
    question = await stage.say(stage.operator, "/setup", new)
    for button in ("A new centre", "English", 0, "Casa Alba"):
        await stage.press(stage.operator, question, button)
    assert await stage.read(centres.by_chat, new.id) is not None
    assert await as_it_is(stage, centre) == centre


async def test_what_is_leaving_for_the_old_group_is_waited_for(stage: Stage) -> None:
    centre, group, fiona, bruno = await two(stage)
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    question = await stage.say(stage.operator, "/setup", new)
    async with stage.voci.database.transaction() as tx:
        await tx.statement(
            "INSERT INTO outbox (key, chat_id, centre_id, payload, not_before, repeatable, "
            "status, created_at, claimed_until) "
            f"VALUES ('x', {group.id}, {centre.id}, '', 0, 0, 'sending', 0, {stage.now + DAY})"
        )
    press = await stage.press(stage.operator, question, MOVES)
    assert "just leaving" in ((await press.answered()).text or "")
    assert await as_it_is(stage, centre) == centre


@pytest.fixture
def cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends when all but the last step is done."""

    async def end(*_: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(UnitOfWork, "take_buttons", end)


async def test_cut_short_nothing_has_moved(
    stage: Stage, cut_short: None, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group, fiona, bruno = await two(stage)
    decision = await stage.put(centre, DAY)
    await stage.move(10)
    await wanted(stage, centre, fiona, bruno)
    new = new_group(stage)
    await stage.press(stage.operator, await stage.say(stage.operator, "/setup", new), MOVES)
    await stage.move(30)
    caplog.clear()
    assert await as_it_is(stage, centre) == centre
    assert len(stage.said(new)) == 1 and len(stage.said(group)) == 1
    assert Speech("en")("Take part") in stage.last(group).labels and decision.question
    assert await stage.read(centre_moves.confirmed, stage.now) != []

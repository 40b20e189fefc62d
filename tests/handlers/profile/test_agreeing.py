"""What rests until it is agreed to anew, and what does not: the table in docs/consent.md."""

from __future__ import annotations

import pytest
from kit.full_centre import FullCentre, changes, fill_centre, kinds
from kit.stage import DAY, HOUR, Stage

from assembly.centre_facts import Fact
from handlers.core.may import May
from handlers.core.registration import press_owners
from handlers.profile.presses import ReadLimits, ReadMore
from sandbox.people import Person
from storage import (
    attendances,
    ballots,
    centre_facts,
    checkins,
    consents,
    drafts,
    members,
    rounds,
)
from storage.centres import Centre
from storage.consents import VERSIONS

pytestmark = pytest.mark.usefixtures("no_errors")

QUESTION = "What you agreed to has changed. Do you still want to take part"


async def agreed_before(stage: Stage, centre: Centre, person: Person, *, checkin: bool) -> int:
    """To the words before the ones of now."""
    member_id = await stage.member_id(centre, person)
    await stage.write(consents.grant, member_id, "part", VERSIONS["part"] - 1, stage.now)
    if checkin:
        await stage.write(consents.grant, member_id, "checkin", VERSIONS["checkin"] - 1, stage.now)
        await stage.write(checkins.enrol, member_id, centre.zone, stage.now)
    return member_id


async def test_at_start_everybody_is_asked_once_and_a_yes_wakes_all(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await agreed_before(stage, centre, anna, checkin=True)
    for _ in range(2):
        await stage.restart()
        await stage.move(60)
    told = [each for each in stage.said(anna) if "so I ask you again" in each.words]
    assert len(told) == 1

    await stage.press(anna, told[0], "Look at it")
    question = stage.last(anna)
    assert QUESTION in question.words and "not nothing" in question.words
    await stage.press(anna, question, "Tell me more")
    assert "locked with a key of your own" in stage.last(anna).words
    assert (await stage.press_each(anna, "Back")).words == question.words
    await stage.press_each(anna, "Tell me more", "Go on")
    asked = stage.last(anna)
    assert "You can leave at any time" in asked.words and "Who sees what" not in asked.words
    assert asked.labels[:2] == ["I understand, I want to take part", "Who is responsible"]
    await stage.press_each(anna, "Who is responsible", "Back", "Go on")
    await stage.press_each(anna, "Back", "Go on", "I understand, I want to take part")
    assert "The check-ins need a new yes." in stage.last(anna).words
    await stage.press_each(anna, "Yes")
    async with stage.voci.database.reading() as tx:
        presser = await members.presser(tx, anna.id, centre.id, stage.now)
        assert presser is not None and not presser.rests
        assert not await consents.rests(tx, member_id, "checkin")
        assert await checkins.recipient(tx, member_id, stage.now) is not None
    page = await stage.say(anna, "/me")
    await stage.press(anna, page, "My consents")
    assert f"taking part (text {VERSIONS['part']})" in stage.last(anna).words


async def test_a_no_to_check_ins_ends_them(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await agreed_before(stage, centre, anna, checkin=True)
    await stage.restart()
    await stage.move(60)
    await stage.press_each(
        anna, "Look at it", "Go on", "I understand, I want to take part", "No, thank you"
    )
    assert await stage.read(consents.standing, member_id, "checkin") is None
    await stage.say(anna, "/start")
    assert "What would you like to do?" in stage.last(anna).words


@pytest.mark.parametrize("kind", [ReadMore, ReadLimits])
async def test_what_was_answered_is_not_asked_again(
    stage: Stage, kind: type[ReadMore | ReadLimits]
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.say(anna, "/me")
    await stage.forge(anna, stage.last(anna), kind(centre.id).encode())
    assert "What would you like to do?" in stage.last(anna).words


async def test_another_body_asks_and_the_button_of_before_does_not_count(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    for person in (fiona, anna):
        member_id = await stage.member_id(centre, person)
        await stage.write(consents.grant, member_id, "part", VERSIONS["part"], stage.now)

    async def name(words: str, *buttons: str) -> None:
        await stage.say(fiona, "/facilitate")
        await stage.press_each(fiona, "The centre", "Who is responsible", "Responsible", *buttons)
        await stage.say(fiona, words)

    await name("Coop Aurora")  # named for the first time: nobody is asked
    await name("Coop Aurora onlus", "The same, better written")
    assert QUESTION not in (await stage.say(anna, "/start")).words
    await name("Comune", "Another body")
    asked = (await stage.say(anna, "/start")).words
    assert "Responsible for your data is now: Comune. Do you still want to take part?" in asked
    question = await stage.press_each(anna, "Go on")
    assert "Responsible for your data: Comune." in question.words
    await stage.press_each(fiona, "Look at it", "Go on", "I understand, I want to take part")
    await name("Regione", "Another body")
    await stage.press(anna, question, "I understand, I want to take part")
    assert "Responsible for your data: Regione." in stage.last(anna).words, "asked about this one"
    await stage.press_each(anna, "I understand, I want to take part")
    assert "What would you like to do?" in stage.last(anna).words
    history = await stage.read(consents.history, await stage.member_id(centre, anna))
    assert [each.body for each in history] == [None, "Regione"]


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    """Anna is a member, Fiona facilitates: what both agreed to rests."""
    here = await fill_centre(stage)
    for person in (here.anna, here.fiona):
        await agreed_before(stage, here.centre, person, checkin=False)
    async with stage.voci.database.transaction() as tx:
        await consents.rest_all(tx, here.centre.id)
    return here


OWN = (May.THEMSELVES, May.MEMBERS_ALWAYS)


async def test_no_press_of_a_member_or_facilitator_does_anything(here: FullCentre) -> None:
    """Of those that are not for everybody; ballots are on the roll."""
    data = [
        press.encode()
        for kind in kinds()
        if press_owners[kind][1] in set(May) - {*OWN, May.ANYBODY, May.ANYBODY_IN_PRIVATE}
        for press in here.plausible(kind)
    ]
    assert len(data) > 150
    for person in (here.anna, here.fiona):
        for message in (here.private(person), here.carrier(here.group)):
            before = here.dump()
            assert await here.press_all(person, message, data) == []
            assert changes(before, here.dump()) == {}
        assert QUESTION in here.stage.last(person).words


@pytest.mark.parametrize(
    "words", ["/agenda", "/propose A garden", "/decide", "/checkin", "/assembly", "/start"]
)
async def test_a_command_leads_to_the_question(here: FullCentre, words: str) -> None:
    before = here.dump()
    assert QUESTION in (await here.stage.say(here.anna, words)).words
    assert set(changes(before, here.dump())) <= {"outbox_chats"}


@pytest.mark.parametrize("words", ["/facilitate", "/invite"])
async def test_so_does_one_of_a_facilitator(here: FullCentre, words: str) -> None:
    assert QUESTION in (await here.stage.say(here.fiona, words)).words


@pytest.mark.parametrize("link", ["agenda", "p", "decide", "propose", "decisions", "points"])
async def test_a_link_leads_to_the_question(here: FullCentre, link: str) -> None:
    named = {"p": "proposal_id", "decide": "decision_id"}.get(link, "centre_id")
    assert QUESTION in (await here.stage.start(here.anna, f"{link}_{here.ids[named]}")).words


async def test_a_half_written_text_waits_and_is_gone_on_with(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await agreed_before(stage, centre, anna, checkin=False)
    await stage.say(anna, "/propose")
    before = await stage.read(drafts.find, anna.id)
    async with stage.voci.database.transaction() as tx:
        await consents.rest_older(tx)
    assert QUESTION in (await stage.say(anna, "A quiet room")).words
    assert await stage.read(drafts.find, anna.id) == before
    await stage.press_each(anna, "Go on", "I understand, I want to take part")
    assert "What should the assembly talk about?" in stage.last(anna).words
    assert "Why does it matter" in (await stage.say(anna, "A quiet room")).words


async def test_a_ballot_in_the_group_waits_for_the_answer(stage: Stage) -> None:
    centre, group = await stage.centre()
    people = [await stage.member(centre, group, f"M{number}") for number in range(5)]
    anna = people[0]
    await agreed_before(stage, centre, anna, checkin=False)
    decision = await stage.put(centre)
    async with stage.voci.database.transaction() as tx:
        await consents.rest_older(tx)
    question = stage.last(group)
    press = await stage.press(anna, question, "Yes")
    assert "Nothing was pressed" in ((await press.answered()).text or "")
    assert QUESTION in stage.last(anna).words
    assert await stage.ballot(decision, anna) is None
    await stage.press_each(anna, "Go on", "I understand, I want to take part")
    await stage.press(anna, question, "Yes")
    mine = await stage.ballot(decision, anna)
    assert mine is not None and mine.choice == "yes"


async def test_nobody_enters_a_ballot_for_whom_it_rests(here: FullCentre) -> None:
    decision_id = int(here.ids["decision_id"])
    member_id = await here.stage.member_id(here.centre, here.anna)
    async with here.stage.voci.database.transaction() as tx:
        assert not await ballots.cast_for(
            tx,
            here.stage.voci.keys,
            decision_id=decision_id,
            member_id=member_id,
            choice="yes",
            now=here.stage.now,
        )


async def test_help_and_ones_rights_do_not_wait(here: FullCentre) -> None:
    stage = here.stage
    assert "nobody reads this right now" in (await stage.say(here.anna, "/help")).words
    assert "Who sees what" in (await stage.say(here.anna, "/privacy")).words
    page = await stage.say(here.anna, "/me")
    await stage.press(here.anna, page, "My consents")
    assert "I ask you again." in stage.last(here.anna).words
    page = await stage.say(here.anna, "/me")
    await stage.press(here.anna, page, "Leave the assembly")
    assert "Leave" in " ".join(stage.last(here.anna).labels)


async def test_neither_reminders_nor_check_ins_go_out(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await agreed_before(stage, centre, anna, checkin=True)
    assembly = await stage.convene(centre, anna, 2 * DAY)
    await stage.put(centre, 3 * HOUR)
    await stage.write(attendances.wish, member_id, True)

    async def reached() -> list[bool]:
        async with stage.voci.database.transaction() as tx:
            return [
                await checkins.recipient(tx, member_id, stage.now) is not None,
                bool(await attendances.reminded(tx, centre.id, assembly.id)),
                bool(await tx.rows("reached_before_closing", decision_id=1)),
            ]

    assert await reached() == [True, True, True]
    async with stage.voci.database.transaction() as tx:
        await consents.rest_older(tx)
    assert await reached() == [False, False, False]
    before = len(stage.said(anna))
    await stage.move(8 * DAY)
    assert len(stage.said(anna)) == before
    assert await stage.read(rounds.last, member_id) is None


async def test_facts_are_what_the_question_names(here: FullCentre) -> None:
    stage = here.stage
    async with stage.voci.database.transaction() as tx:
        change = await centre_facts.propose(tx, here.centre.id, Fact.RESPONSIBLE, "Coop", 1, 1)
        await centre_facts.settle(tx, here.centre.id, change, 1, 1, holds=True)
    await stage.say(here.anna, "/start")
    named = await stage.press_each(here.anna, "Go on")
    assert "Responsible for your data: Coop." in named.words

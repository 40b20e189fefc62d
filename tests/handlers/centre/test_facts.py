from __future__ import annotations

import pytest
from kit.stage import Stage

from assembly.centre_facts import Fact
from sandbox.people import Person
from storage import centre_facts
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

DESK = ("The centre", "Who is responsible")


async def known(stage: Stage, centre: Centre) -> centre_facts.Facts:
    return await stage.read(centre_facts.known, centre.id)


async def propose(stage: Stage, person: Person, title: str, words: str) -> str:
    await stage.say(person, "/facilitate")
    await stage.press_each(person, *DESK, title)
    return (await stage.say(person, words)).words


async def test_alone_it_holds_at_once_and_is_told_so(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    told = await propose(stage, fiona, "Responsible", "Coop <b>Aurora</b>")
    assert "It holds at once, because nobody else facilitates here." in told
    assert "Responsible: Coop <b>Aurora</b>" in told
    assert await known(stage, centre) == {Fact.RESPONSIBLE: "Coop <b>Aurora</b>"}
    await stage.press_each(fiona, "As everybody reads it", "What was changed")
    happened = stage.last(fiona).words
    assert "Responsible, changed by Fiona, who facilitated alone." in happened


async def test_a_second_one_of_another_role_confirms(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    told = await propose(stage, fiona, "Contact", "privacy@aurora.example")
    assert "Until then everything stays as it is." in told
    assert "That is right" not in stage.last(fiona).labels
    await propose(stage, fiona, "Address", "Via Roma 12")
    assert await known(stage, centre) == {}

    assert not any("is to change" in each.words for each in stage.said(gino)), "of the same role"
    [asked] = [each for each in stage.said(petra) if "is to change" in each.words]
    await stage.press(petra, asked, "Look at it")
    assert "By Fiona:\nContact: privacy@aurora.example" in stage.last(petra).words
    await stage.press_each(petra, "That is right")
    assert await known(stage, centre) == {
        Fact.CONTACT: "privacy@aurora.example",
        Fact.ADDRESS: "Via Roma 12",
    }
    assert "is confirmed, and holds" in stage.last(fiona).words
    await stage.press_each(petra, "As everybody reads it", "What was changed")
    assert "Contact, changed by Fiona, confirmed by Petra." in stage.last(petra).words


async def test_what_is_not_so_stays_as_it_was(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    await propose(stage, fiona, "Computer", "Mars")
    await stage.press_each(petra, "Look at it", "Not so")
    assert await known(stage, centre) == {}
    assert "was not confirmed" in stage.last(fiona).words


async def test_only_what_was_seen_is_confirmed_and_nobody_confirms_their_own(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    await propose(stage, fiona, "Address", "Via Roma 12")
    seen = await stage.press_each(petra, "Look at it")
    await propose(stage, fiona, "Address", "Via Milano 1")
    answer = await stage.press(petra, seen, "That is right")
    assert "older message" in ((await answer.answered()).text or "")
    assert await known(stage, centre) == {}
    for person in (fiona, petra):  # forged, with ids that nobody showed them
        await stage.forge(person, stage.last(person), f"cfS:{centre.id}:2:1")
    assert await known(stage, centre) == {Fact.ADDRESS: "Via Milano 1"}, "only by Petra's"


async def test_what_is_missing_is_asked_one_after_the_other_and_can_wait(stage: Stage) -> None:
    centre, group = await stage.centre(zone="Europe/Vienna")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.say(fiona, "/facilitate")
    await stage.forge(fiona, stage.last(fiona), f"factw:{centre.id}")
    assert "Who is responsible for the data of your centre?" in stage.last(fiona).words
    assert "at least a word" in (await stage.say(fiona, "x" * 121)).words
    await stage.restart()
    await stage.say(fiona, "Verein Aurora")
    await stage.press_each(fiona, "Not now")  # the address
    assert "Where can people ask" in stage.last(fiona).words
    await stage.say(fiona, "01 234")
    await stage.press_each(fiona, "Not now")  # the officer
    assert "Why may the body keep the data?" in (await stage.say(fiona, "because")).words
    await stage.press_each(fiona, "Members of a non-profit body", "Not now", "Not now")
    assert await known(stage, centre) == {
        Fact.RESPONSIBLE: "Verein Aurora",
        Fact.CONTACT: "01 234",
        Fact.BASIS: "members",
    }
    assert (
        "Not written yet: Address, Data protection officer, Computer, Age"
        in stage.last(fiona).words
    )
    assert "Nobody reads this here" in (await stage.say(fiona, "01 235")).words, "it is over"


async def test_of_another_body_everything_is_asked_and_confirmed_with_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    for title, words in (("Responsible", "Comune"), ("Address", "Via 1"), ("Contact", "040 1")):
        await propose(stage, fiona, title, words)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)

    await propose(stage, petra, "Contact", "040 2")  # of the next one, thought of too early
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, *DESK, "Responsible", "Another body")
    asked = await stage.say(fiona, "Coop Aurora")
    assert asked.words == "What is the body’s address?", "nothing of the one before stands above it"
    asked = await stage.say(fiona, "Via 2")
    assert "data protection officer?" in asked.words, "a contact waits already"
    await stage.press_each(fiona, "Not now", "Not now", "Not now", "Not now")
    assert (await known(stage, centre))[Fact.CONTACT] == "040 1"

    await stage.press_each(petra, "Look at it", "That is right")
    assert Fact.CONTACT not in await known(stage, centre)
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, *DESK, "That is right")
    assert await known(stage, centre) == {
        Fact.RESPONSIBLE: "Coop Aurora",
        Fact.ADDRESS: "Via 2",
        Fact.CONTACT: "040 2",
    }


async def test_an_officer_can_be_taken_away(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await propose(stage, fiona, "Data protection officer", "Dr. Rossi")
    await stage.press_each(fiona, "Data protection officer", "There is none any more")
    assert await known(stage, centre) == {}


async def test_members_and_others_change_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    page = await stage.say(anna, "/help")
    for data in ("facts", "factw", "cfR"):
        press = await stage.forge(anna, page, f"{data}:{centre.id}")
        assert "Facilitators can do this" in ((await press.answered()).text or "")
    await stage.forge(anna, page, f"cfB:{centre.id}:care:0")
    await stage.forge(anna, page, f"cfA:{centre.id}:host:0")
    await stage.forge(anna, page, f"cfS:{centre.id}:1:1")
    await stage.say(anna, "Mars")
    assert await known(stage, centre) == {}


async def test_a_duty_that_ended_meanwhile_changes_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, *DESK, "Address")
    async with stage.voci.database.transaction() as tx:
        await tx.statement("DELETE FROM facilitators")
    await stage.say(fiona, "Mars")
    assert await known(stage, centre) == {}


async def test_at_night_nobody_is_asked_about_what_is_settled_by_the_morning(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    petra = await stage.member(centre, group, "Petra", "professional", facilitator=True)
    await stage.move(9 * 3600)  # 22:00
    await propose(stage, fiona, "Address", "Via Roma 12")
    await stage.say(petra, "/facilitate")
    await stage.press_each(petra, *DESK, "That is right")
    await stage.move(12 * 3600)
    assert not any("is to change" in each.words for each in stage.said(petra))

from __future__ import annotations

import pytest
from kit.file_bytes import bytes_of
from kit.stage import Stage

from assembly.roles import Role
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import facilitators, invitations
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def facilitator(stage: Stage, name: str, centre: Centre, group: Group) -> Person:
    return await stage.member(centre, group, name, facilitator=True)


def link_in(message: Message) -> str:
    """The link that a message tells; the picture beside it holds the same one."""
    assert message.file is not None, "a picture goes with it"
    [line] = [line for line in message.words.splitlines() if "start=i_" in line]
    return line


async def make(stage: Stage, person: Person, whom: str, uses: str = "1") -> Message:
    """ShowSession through /invite; the message with the link."""
    await stage.say(person, "/invite")
    return await stage.press_each(person, whom, uses)


async def test_an_invitation_is_a_link_and_a_picture_and_stored_as_a_hash(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    shown = await make(stage, fiona, "Family members", "5")
    assert "for family members" in shown.words and "Invitation: for" in shown.words
    assert "For 5 people, until Wednesday 17 December." in shown.words
    token = link_in(shown).partition("start=i_")[2]
    assert len(token) == 22
    [stored] = await stage.read(invitations.still_open, centre.id, stage.now)
    assert (stored.role, stored.uses_left, stored.facilitator) == (Role.FAMILY, 5, False)
    assert stored.token_hash == invitations.hashed(token) and not stored.needs_confirmation
    for path in stage.folder.iterdir():
        assert token.encode() not in bytes_of([path]), path.name
    answer = await stage.open_link(stage.world.person("Anna"), link_in(shown))
    assert "You are invited as a family member." in answer.words


async def test_only_facilitators_invite(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    stranger = stage.world.person("Sven")
    assert "Facilitators can do this" in (await stage.say(anna, "/invite")).words
    assert "members of a centre" in (await stage.say(stranger, "/invite")).words
    home = await stage.start(anna)
    for data in (f"inv:{centre.id}", f"ivM:{centre.id}:p:20", f"ivL:{centre.id}"):
        press = await stage.forge(anna, home, data)
        assert "Facilitators can do this" in ((await press.answered()).text or "")
    assert await stage.read(invitations.still_open, centre.id, stage.now) == []


async def test_a_facilitator_of_another_centre_is_a_stranger_here(stage: Stage) -> None:
    centre, _ = await stage.centre()
    other, other_group = await stage.centre("Casa Blu")
    fiona = await facilitator(stage, "Fiona", other, other_group)
    shown = await make(stage, fiona, "Users of the service")
    for data in (f"ivM:{centre.id}:u:1", f"ivL:{centre.id}"):
        press = await stage.forge(fiona, shown, data)
        assert "members of the centre" in ((await press.answered()).text or "")


async def test_in_the_group_the_way_leads_to_the_private_chat(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    anna = await stage.member(centre, group, "Anna")
    answer = await stage.say(fiona, "/invite", group)
    [button] = answer.buttons
    assert button.url is not None
    assert "Whom would you like to invite?" in (await stage.open_link(fiona, button.url)).words
    assert "Facilitators can do this" in (await stage.open_link(anna, button.url)).words
    stranger = await stage.open_link(stage.world.person("Sven"), button.url)
    assert "This is for members of a centre" in stranger.words


@pytest.mark.parametrize("data", ["ivM:{}:u:1000000", "ivM:{}:u:0", "ivM:{}:d:20", "ivM:{}:x:1"])
async def test_made_up_numbers_make_no_invitation(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    home = await stage.start(fiona)
    await stage.forge(fiona, home, data.format(centre.id))
    assert await stage.read(invitations.still_open, centre.id, stage.now) == []


@pytest.mark.parametrize("whom", ["Professionals", "Somebody as facilitator"])
async def test_a_second_facilitator_confirms_what_brings_influence(stage: Stage, whom: str) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    heidi = await facilitator(stage, "Heidi", centre, group)
    shown = await make(stage, fiona, whom)
    assert "second facilitator" in shown.words
    link = link_in(shown)
    early = await stage.open_link(stage.world.person("Anna"), link)
    assert "not confirmed yet" in early.words
    assert "Fiona has made an invitation" in stage.last(gino).words
    assert stage.last(gino).labels == ["Confirm", "Decline"]
    ref = stage.last(gino).buttons[0].data
    assert ref is not None
    press = await stage.forge(fiona, shown, ref)
    assert "Another facilitator" in ((await press.answered()).text or ""), "never one's own"

    await stage.press_each(gino, "Confirm")
    await stage.move(10)
    for person in (fiona, gino, heidi):
        assert "is confirmed" in stage.last(person).words
        assert stage.last(person).labels == []
    assert "Welcome to" in (await stage.open_link(stage.world.person("Bruno"), link)).words


async def test_a_link_for_several_opens_once_a_second_facilitator_says_so(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    await stage.say(fiona, "/invite")
    asked = await stage.press_each(fiona, "Users of the service")
    assert "more than one person opens as soon as a second facilitator" in asked.words
    shown = await stage.press_each(fiona, "5")
    assert "second facilitator" in shown.words
    link = link_in(shown)
    early = await stage.open_link(stage.world.person("Anna"), link)
    assert "not confirmed yet" in early.words
    assert "5 people may use it" in stage.last(gino).words
    await stage.press_each(gino, "Confirm")
    assert "Welcome to" in (await stage.open_link(stage.world.person("Bruno"), link)).words


async def test_a_link_for_one_opens_at_once(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    link = link_in(await make(stage, fiona, "Family members"))
    assert "Welcome to" in (await stage.open_link(stage.world.person("Anna"), link)).words
    assert "has made an invitation" not in stage.last(gino).words


async def test_alone_a_facilitator_reads_nothing_of_a_second_one(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    await stage.say(fiona, "/invite")
    for whom in ("Users of the service", "Professionals", "Somebody as facilitator"):
        asked = await stage.press_each(fiona, whom)
        assert "second facilitator" not in asked.words
        await stage.press_each(fiona, "Back")


async def test_a_declined_invitation_opens_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    heidi = await facilitator(stage, "Heidi", centre, group)
    link = link_in(await make(stage, fiona, "Professionals"))
    question = stage.last(heidi)
    yes, _ = question.buttons
    await stage.press_each(gino, "Decline")
    assert yes.data is not None
    await stage.forge(heidi, question, yes.data)
    assert "was not confirmed" in stage.last(heidi).words, "the first answer counts"
    assert "was not confirmed" in stage.last(fiona).words
    assert "taken back" in (await stage.open_link(stage.world.person("Anna"), link)).words


async def test_alone_a_facilitator_needs_no_second_one(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    link = link_in(await make(stage, fiona, "Somebody as facilitator"))
    anna = await stage.member(centre, group, "Anna")
    await stage.open_link(anna, link)
    await stage.press_each(anna, "I take it on")
    holders = await stage.read(facilitators.contacts, centre.id, stage.now)
    assert {each.name for each in holders} == {"Fiona", "Anna"}


async def test_open_invitations_are_listed_without_links_and_taken_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    link = link_in(await make(stage, fiona, "Users of the service", "20"))
    await stage.say(fiona, "/invite")
    listed = await stage.press_each(fiona, "Open invitations")
    assert "for users of the service · 20 uses left · until 17 December" in listed.words
    assert "start=" not in listed.words
    press = await stage.press(fiona, listed, "Take back 1")
    assert "Taken back" in ((await press.answered()).text or "")
    assert "There are none." in stage.last(fiona).words
    assert "taken back" in (await stage.open_link(stage.world.person("Anna"), link)).words


async def test_nobody_is_woken_for_a_confirmation(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    await stage.move(10 * 3600)  # 23:00 in Rome
    await make(stage, fiona, "Professionals")
    assert "has made an invitation" not in stage.last(gino).words
    await stage.move(10 * 3600 + 60)  # 09:01
    assert "has made an invitation" in stage.last(gino).words


async def test_the_inviter_hears_of_an_answer_given_at_night_in_the_morning(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await facilitator(stage, "Fiona", centre, group)
    gino = await facilitator(stage, "Gino", centre, group)
    await make(stage, fiona, "Professionals")
    await stage.move(10 * 3600)  # 23:00 in Rome
    await stage.press_each(gino, "Confirm")
    assert "is confirmed" in stage.last(gino).words
    assert "is confirmed" not in stage.last(fiona).words
    await stage.move(10 * 3600 + 60)  # 09:01
    assert "is confirmed" in stage.last(fiona).words

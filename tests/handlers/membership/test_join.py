from __future__ import annotations

import pytest
from kit.phrases import ANOTHER_NAME, ASK_TO_JOIN, GO_ON, OLD_ENOUGH, UNDERSTOOD
from kit.stage import Stage
from telegram import Update

from assembly.roles import Role
from sandbox.people import Person
from storage import (
    consents,
    drafts,
    facilitators,
    invitations,
    joinings,
    members,
    people,
)
from storage.centres import Centre
from storage.members import Member

pytestmark = pytest.mark.usefixtures("no_errors")

DAY = 24 * 3600


async def invite(
    stage: Stage,
    centre: Centre,
    role: Role | None = Role.FAMILY,
    *,
    uses: int = 1,
    facilitator: bool = False,
    needs_confirmation: bool = False,
) -> str:
    """The link of a new invitation."""
    token = await stage.write(
        invitations.add,
        centre_id=centre.id,
        role=role,
        now=stage.now,
        uses=uses,
        facilitator=facilitator,
        needs_confirmation=needs_confirmation,
    )
    return stage.voci.services.link(f"i_{token}")


async def member_of(stage: Stage, centre: Centre, person: Person) -> Member | None:
    return await stage.read(members.find, centre.id, person.id)


async def test_three_screens_two_consents_a_name(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = stage.world.person("Anna", language_code="en-GB")
    welcome = await stage.open_link(anna, await invite(stage, centre))
    assert "Welcome to the assembly of Centro Aurora." in welcome.words
    assert "You are invited as a family member." in welcome.words
    assert welcome.labels == [OLD_ENOUGH, "I am younger", "Italiano", "Deutsch"]
    assert "Who sees what" in (await stage.press_each(anna, OLD_ENOUGH)).words
    assert "key" in (await stage.press_each(anna, "Tell me more")).words
    limits = await stage.press_each(anna, GO_ON)
    assert "No emergency service" in limits.words and "end-to-end" in limits.words
    stage.clock.move(60)
    assert "once a week" in (await stage.press_each(anna, UNDERSTOOD)).words
    assert await member_of(stage, centre, anna) is None
    stage.clock.move(60)
    name = await stage.press_each(anna, "Yes")
    assert name.labels == ["Anna", ANOTHER_NAME, "Just “a member”"]
    assert await member_of(stage, centre, anna) is None, "nobody's member before the last answer"
    done = await stage.press_each(anna, "Anna")
    assert "Welcome, Anna." in done.words and "Propose something" in done.labels

    member = await member_of(stage, centre, anna)
    assert member is not None
    assert (member.role, member.name, member.status) == (Role.FAMILY, "Anna", "active")
    async with stage.voci.database.reading() as tx:
        history = await consents.history(tx, member.id)
        current = await people.current_centre(tx, anna.id)
    part, checkin = history
    assert (part.purpose, part.version, checkin.purpose, checkin.version) == (
        "part",
        consents.VERSIONS["part"],
        "checkin",
        consents.VERSIONS["checkin"],
    )
    assert part.granted_at + 60 <= checkin.granted_at <= stage.now
    assert member.joined_at >= checkin.granted_at
    assert current == centre.id
    assert len(await stage.voci.keys.key(member.id)) == 32
    assert stage.said(group) == [], "the group hears nothing of who joins"
    assert len(stage.said(anna)) == 1, "one message, edited in place"


async def test_check_ins_are_optional_and_a_nickname_is_typed(stage: Stage) -> None:
    centre, _ = await stage.centre()
    bea = stage.world.person("Beatrice Maria", language_code="en")
    await stage.open_link(bea, await invite(stage, centre))
    await stage.press_each(bea, 0, 0, 0, "No, thank you", ANOTHER_NAME)
    for bad in ("🙂", "x" * 41, "\u202e\u200b", "x" * 4096):
        assert "letters or digits" in (await stage.say(bea, bad)).words
    bea.send_sticker(stage.bot)
    await stage.settle()
    assert "written words" in stage.last(bea).words
    await stage.restart()
    done = await stage.say(bea, "\u202eB.\x00 <i>di Roma</i>")
    assert "Welcome, B. <i>di Roma</i>." in done.words
    member = await member_of(stage, centre, bea)
    assert member is not None and member.name == "B. <i>di Roma</i>"
    async with stage.voci.database.reading() as tx:
        assert [each.purpose for each in await consents.history(tx, member.id)] == ["part"]
        assert await drafts.find(tx, bea.id) is None


async def test_a_member_without_a_name_is_a_member_in_the_centres_language(stage: Stage) -> None:
    centre, _ = await stage.centre(language="it")
    carl = stage.world.person("Carl", language_code="de")
    await stage.open_link(carl, await invite(stage, centre, Role.USER))
    await stage.press_each(carl, 0, 0, 0, 0, 2)
    member = await member_of(stage, centre, carl)
    assert member is not None and member.name == stage.speech("it")("a member")


async def test_the_language_is_changed_on_the_first_screen(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna", language_code="fr")
    await stage.open_link(anna, await invite(stage, centre))
    in_german = await stage.press_each(anna, "Deutsch")
    assert in_german.labels[2:] == ["English", "Italiano"]
    await stage.press_each(anna, 0, 0, 0, 0, 0)
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.language == "de"


async def test_not_now_leaves_nothing_written(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna")
    link = await invite(stage, centre)
    await stage.open_link(anna, link)
    assert "Nothing was kept" in (await stage.press_each(anna, 0, 0, "Not now")).words
    async with stage.voci.database.reading() as tx:
        assert await people.find(tx, anna.id) is None
        assert await joinings.find(tx, anna.id, centre.id) is None
        assert await members.find(tx, centre.id, anna.id) is None
    assert "Welcome" in (await stage.open_link(anna, link)).words, "the link is still good"


async def test_a_restart_half_way_loses_nothing(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna")
    await stage.open_link(anna, await invite(stage, centre))
    await stage.press_each(anna, 0, 0, 0)
    await stage.restart()
    await stage.press_each(anna, "Yes")
    assert "Which name" in (await stage.start(anna)).words, "/start goes on where it was"
    assert "Welcome, Anna." in (await stage.press_each(anna, "Anna")).words


async def test_questions_cannot_be_jumped(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna")
    message = await stage.open_link(anna, await invite(stage, centre, None, facilitator=True))
    for data in (f"jN:{centre.id}:f", f"jQ:{centre.id}:1", f"jR:{centre.id}:user"):
        await stage.forge(anna, message, data)
        assert "What Voci is not" in stage.last(anna).words
    assert await member_of(stage, centre, anna) is None


@pytest.mark.parametrize(
    ("days", "sentence"), [(13, "Welcome to"), (14, "That invitation has expired")]
)
async def test_an_invitation_is_good_for_two_weeks(stage: Stage, days: int, sentence: str) -> None:
    centre, _ = await stage.centre()
    link = await invite(stage, centre)
    stage.clock.move(days * DAY)
    answer = await stage.open_link(stage.world.person("Anna"), link)
    assert sentence in answer.words
    assert (ASK_TO_JOIN in answer.labels) is (days == 14)


async def test_the_last_use_is_given_once(stage: Stage) -> None:
    centre, _ = await stage.centre()
    link = await invite(stage, centre)
    first, second = stage.world.person("Anna"), stage.world.person("Bruno")
    for person in (first, second):
        await stage.open_link(person, link)
        await stage.press_each(person, 0, 0, 0, "Yes")
    assert "Welcome, Anna." in (await stage.press_each(first, "Anna")).words
    assert "used already" in (await stage.press_each(second, "Bruno")).words
    assert await member_of(stage, centre, second) is None
    third = await stage.open_link(stage.world.person("Carla"), link)
    assert "used already" in third.words


async def test_an_invitation_that_expires_half_way_lets_nobody_in(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna")
    await stage.open_link(anna, await invite(stage, centre))
    await stage.press_each(anna, 0, 0, 0, "Yes")
    stage.clock.move(14 * DAY)
    assert "expired" in (await stage.press_each(anna, "Anna")).words
    assert await member_of(stage, centre, anna) is None


async def test_an_unconfirmed_invitation_waits(stage: Stage) -> None:
    centre, _ = await stage.centre()
    link = await invite(stage, centre, Role.PROFESSIONAL, needs_confirmation=True)
    answer = await stage.open_link(stage.world.person("Anna"), link)
    assert "not confirmed yet" in answer.words and answer.labels == []


@pytest.mark.parametrize("payload", ["i_", "i", "i_" + "A" * 22, "zz_1", "join_", "join_0", "__"])
async def test_links_that_lead_nowhere(stage: Stage, payload: str) -> None:
    answer = await stage.start(stage.world.person("Anna"), payload)
    assert "That link leads nowhere" in answer.words


async def test_a_member_is_told_so(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    link = await invite(stage, centre, Role.PROFESSIONAL)
    answer = await stage.open_link(anna, link)
    assert "already" in answer.words and "Propose something" in answer.labels
    member = await member_of(stage, centre, anna)
    assert member is not None and member.role is Role.USER


async def test_a_member_takes_the_duty_on(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    offer = await stage.open_link(anna, await invite(stage, centre, None, facilitator=True))
    assert offer.labels == ["I take it on", "Not now"]
    assert "invite the others" in (await stage.press_each(anna, "I take it on")).words
    holders = await stage.read(facilitators.contacts, centre.id, stage.now)
    assert [each.telegram_id for each in holders] == [anna.id]


async def test_the_duty_is_no_button_for_others(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    home = await stage.start(anna)
    link = await invite(stage, centre, Role.USER)
    plain = link.partition("start=i_")[2]
    for token in (plain, "0" * 22, "", "%"):
        await stage.forge(anna, home, f"jD:{centre.id}:{token}")
    assert await stage.read(facilitators.contacts, centre.id, stage.now) == []


async def test_whoever_knows_the_database_cannot_take_the_duty(stage: Stage) -> None:
    """Only the link has the token: not one word of any row, and no part of its hash."""
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    home = await stage.start(anna)
    token = (await invite(stage, centre, None, facilitator=True)).partition("start=i_")[2]
    tables = await stage.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    words = set()
    for table in tables:
        for row in await stage.rows(f"SELECT * FROM {table['name']}"):
            words |= {str(row[column]) for column in row.keys()}  # noqa: SIM118
    assert token not in words
    for word in sorted(words):
        for piece in {word[:length] for length in (16, 22, 32)}:
            if len(piece.encode()) <= 40 and ":" not in piece:
                await stage.forge(anna, home, f"jD:{centre.id}:{piece}")
    assert await stage.read(facilitators.contacts, centre.id, stage.now) == []
    other, _ = await stage.centre("Casa Blu")
    await stage.forge(anna, home, f"jD:{other.id}:{token}")
    await stage.forge(anna, home, f"jD:{centre.id}:{token}")
    holders = await stage.read(facilitators.contacts, centre.id, stage.now)
    assert [each.telegram_id for each in holders] == [anna.id]


async def test_whoever_left_comes_back_as_the_same_member(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    before = await member_of(stage, centre, anna)
    assert before is not None
    await stage.write(members.leave, before.id, 99)
    await stage.open_link(anna, await invite(stage, centre, Role.FAMILY))
    await stage.press_each(anna, 0, 0, 0, "Yes", "Anna")
    after = await member_of(stage, centre, anna)
    assert after is not None
    assert (after.id, after.status, after.role) == (before.id, "active", Role.FAMILY)


async def test_a_second_centre_and_back(stage: Stage) -> None:
    first, group = await stage.centre("Centro Aurora")
    second, _ = await stage.centre("Casa Blu")
    anna = await stage.member(first, group, "Anna")
    assert "Centro Aurora" in (await stage.start(anna)).words
    assert "Another centre" not in stage.last(anna).labels
    await stage.open_link(anna, await invite(stage, second))
    done = await stage.press_each(anna, 0, 0, 0, "Yes", "Anna")
    assert done.words.startswith("Casa Blu"), "the centre stands on top"
    choice = await stage.press_each(anna, "Another centre")
    assert choice.labels == ["Centro Aurora", "Casa Blu (here)"]
    home = await stage.press_each(anna, "Centro Aurora")
    assert home.words.startswith("Centro Aurora")
    assert (await stage.start(anna)).words.startswith("Centro Aurora")


async def test_buttons_of_joining_mean_nothing_to_others(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna, bruno = stage.world.person("Anna"), stage.world.person("Bruno")
    message = await stage.open_link(anna, await invite(stage, centre))
    public = await stage.say(await stage.member(centre, group, "Carla"), "/setup", group)
    for target in (message, public):
        press = await stage.forge(bruno, target, f"jC:{centre.id}")
        assert "older message" in ((await press.answered()).text or "")
    for data in ("jS:1:zz", "jC", "jC:x", "jL:1:fr", f"jX:{2**70}", "jR:1:boss"):
        await stage.forge(anna, message, data)
    assert "Welcome to" in stage.last(anna).words


async def test_an_edited_start_is_not_read(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna")
    token = (await invite(stage, centre)).rpartition("=")[2]
    typed = anna.start(stage.bot)
    await stage.settle()
    before = len(stage.said(anna))
    anna.edit(typed, f"/start {token}")
    await stage.settle()
    assert len(stage.said(anna)) == before


async def test_group_members_can_be_people_without_a_readable_name(stage: Stage) -> None:
    centre, _ = await stage.centre()
    ghost = stage.world.person("\u2800\u200b")
    await stage.open_link(ghost, await invite(stage, centre))
    name = await stage.press_each(ghost, 0, 0, 0, "Yes")
    assert name.labels == [ANOTHER_NAME, "Just “a member”"]
    assert "Welcome.\n" in (await stage.press_each(ghost, "Just “a member”")).words


async def test_a_language_chosen_before_is_kept(stage: Stage) -> None:
    first, group = await stage.centre("Centro Aurora")
    second, _ = await stage.centre("Casa Blu")
    anna = await stage.member(first, group, "Anna", language="de")
    anna.language_code = "en"
    await stage.open_link(anna, await invite(stage, second))
    await stage.press_each(anna, 0, 0, 0, 0, 0)
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.language == "de"


async def test_many_at_once_share_the_uses_exactly(stage: Stage) -> None:
    centre, _ = await stage.centre()
    link = await invite(stage, centre, uses=2)
    crowd = [stage.world.person(f"P{number}") for number in range(4)]
    for person in crowd:
        await stage.open_link(person, link)
        await stage.press_each(person, 0, 0, 0, "Yes")
    for person in crowd:
        person.press(stage.last(person), 0)
    await stage.settle()
    assert len(await stage.read(members.active, centre.id)) == 2
    assert sum("used already" in stage.last(person).words for person in crowd) == 2


async def test_every_update_may_arrive_three_times(stage: Stage) -> None:
    accept = stage.voci.intake._accept

    async def thrice(update: Update) -> None:
        for _ in range(3):
            await accept(update)

    stage.voci.intake._accept = thrice
    centre, _ = await stage.centre()
    link = await invite(stage, centre, uses=5)
    anna = stage.world.person("Anna")
    await stage.open_link(anna, link)
    await stage.press_each(anna, OLD_ENOUGH, GO_ON, UNDERSTOOD, "Yes", "Anna")
    async with stage.voci.database.reading() as tx:
        [member] = await members.active(tx, centre.id)
        assert len(await consents.history(tx, member.id)) == 2
        invitation = await invitations.find(tx, link.partition("start=i_")[2])
    assert member.telegram_id == anna.id
    assert invitation is not None and invitation.uses_left == 4
    assert "Propose something" in stage.last(anna).labels


async def test_typing_on_the_way_in_shows_the_open_question_again(stage: Stage) -> None:
    centre, _ = await stage.centre()
    anna = stage.world.person("Anna", language_code="en")
    welcome = await stage.open_link(anna, await invite(stage, centre))
    again = await stage.say(anna, "hello?")
    assert (again.words, again.labels) == (welcome.words, welcome.labels)
    in_german = await stage.press_each(anna, "Deutsch")
    assert (await stage.say(anna, "hallo?")).words == in_german.words

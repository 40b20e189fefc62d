from __future__ import annotations

import pytest
from kit.checkin_steps import DAY, HOUR, WEDNESDAY, go_to, wants
from kit.file_bytes import bytes_of
from kit.phrases import (
    GIVE_A_COPY,
    GO_ON,
    MEMBERS_ONLY,
    OLD_ENOUGH,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
    UNDERSTOOD,
)
from kit.running_bot import NOON
from kit.stage import Stage
from telegram import Update

from assembly.roles import Role
from handlers.membership.screens.invitations import Guest, MakeInvitation
from handlers.profile.presses import Erase, Leave, MyCopy
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import (
    ballots,
    consents,
    decisions,
    facilitators,
    invitations,
    members,
    messages,
    people,
    proposals,
)
from storage.centres import Centre
from storage.engine.errors import StorageError
from storage.erasure import erasures
from storage.members import Member
from storage.secrets.keys import KeyDestroyed
from storage.secrets.ledger import Ledger

pytestmark = pytest.mark.usefixtures("no_errors")

KEEP = "Leave, and keep for a return"
GONE = "Everything about you in Centro Aurora is erased."


async def member_of(stage: Stage, centre: Centre, person: Person) -> Member | None:
    return await stage.read(members.find, centre.id, person.id)


async def leaves(stage: Stage, person: Person) -> Message:
    """/me, Leave, keep everything for a return."""
    message = await stage.say(person, "/me")
    await stage.press(person, message, "Leave the assembly")
    await stage.press(person, message, KEEP)
    return message


async def erases(stage: Stage, person: Person) -> Message:
    """/me, Erase everything, Erase everything."""
    message = await stage.say(person, "/me")
    await stage.press(person, message, "Erase everything")
    await stage.press(person, message, "Erase everything")
    return message


async def comes_back(stage: Stage, centre: Centre, person: Person) -> None:
    token = await stage.write(invitations.add, centre_id=centre.id, role=Role.USER, now=stage.now)
    await stage.open_link(person, stage.voci.services.link(f"i_{token}"))
    await stage.press_each(person, OLD_ENOUGH, GO_ON, UNDERSTOOD, "Yes")
    await stage.press(person, stage.last(person), person.first_name)


async def opened(stage: Stage, facilitator: Person, group: Group) -> Message:
    """A question that is open in the group."""
    hub = await stage.say(facilitator, "/facilitate")
    await stage.press(facilitator, hub, PUT_A_QUESTION)
    await stage.say(facilitator, "Shall we open on Saturdays?")
    await stage.press_each(facilitator, "10 minutes", PUT_TO_EVERYBODY)
    return stage.last(group)


async def unsent(stage: Stage) -> list[bytes]:
    rows = await stage.rows("SELECT payload FROM outbox WHERE payload IS NOT NULL")
    return [row["payload"].encode() for row in rows]


async def test_leaving_asks_once_and_says_what_stays(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Leave the assembly")
    assert message.words.splitlines() == [
        "Centro Aurora: leave the assembly in Voci?",
        "Your place at the centre is untouched. Voci writes to you no more.",
        "Keep for a return: with a new invitation you find your things again until 3 December "
        "2026; then they are erased. Your ballots in open questions count.",
        "Erase now: everything about you goes at once, those ballots too. This can’t be undone.",
    ]
    assert message.labels == [KEEP, "Leave, and erase now", "Stay"]
    await stage.press(anna, message, "Stay")
    assert message.words.startswith("About you in Centro Aurora")
    await stage.press(anna, message, "Leave the assembly")
    await stage.press(anna, message, KEEP)
    assert message.words.startswith("Centro Aurora: you have left the assembly in Voci.")
    member = await member_of(stage, centre, anna)
    assert member is not None and member.status == "left"
    await stage.move(40 * DAY)
    later = await stage.say(anna, "/me")
    assert "find your things again until 3 December 2026; then they are erased." in later.words


async def test_leaving_can_erase_at_once_without_another_question(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Leave the assembly")
    await stage.press(anna, message, "Leave, and erase now")
    assert message.words.startswith(GONE)
    assert await member_of(stage, centre, anna) is None


async def test_whoever_left_hears_nothing_more(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await leaves(stage, anna)
    said = len(stage.said(anna))
    for days in (1, 2, 7, 14):
        await go_to(stage, WEDNESDAY + days * DAY)
    assert len(stage.said(anna)) == said
    member_id = await stage.member_id(centre, anna)
    async with stage.voci.database.reading() as tx:
        history = await consents.history(tx, member_id)
        left = await tx.statement("SELECT kind FROM schedules WHERE kind <> 'release'")
    assert [each.withdrawn_at is None for each in history] == [False]
    assert left == []
    assert (await stage.say(anna, "/agenda")).words.startswith("This is for members of a centre.")


async def test_with_an_invitation_everything_is_found_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    bruno = await stage.member(centre, group, "Bruno")
    await stage.propose(centre, anna, "Open on Saturdays too")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    before = await stage.member_id(centre, anna)
    await leaves(stage, anna)
    listed = await stage.say(bruno, "/agenda")
    await stage.press(bruno, listed, "1")
    assert "Open on Saturdays too" in stage.last(bruno).words
    assert "Anna" not in stage.last(bruno).words
    await comes_back(stage, centre, anna)
    assert await stage.member_id(centre, anna) == before
    message = await stage.say(anna, "/me")
    assert "You put forward: 1 · voices given: 0 · weeks answered: 1." in message.words
    proposal = await stage.read(proposals.get, centre.id, 1)
    assert proposal is not None and proposal.author_name == "Anna"


async def test_after_leaving_one_still_gets_a_copy_and_can_erase(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await leaves(stage, anna)
    message = await stage.say(anna, "/me")
    assert message.words.startswith("Centro Aurora: you have left the assembly in Voci.")
    await stage.press(anna, message, GIVE_A_COPY)
    assert "document" in stage.last(anna).content
    await stage.press_each(anna, "Back")
    assert stage.last(anna).words.startswith("Centro Aurora: you have left the assembly in Voci.")
    await stage.press_each(
        anna, "Erase everything", "Keep it", "Erase everything", "Erase everything"
    )
    assert stage.last(anna).words.startswith(GONE)
    assert await member_of(stage, centre, anna) is None


@pytest.mark.parametrize("alone", [True, False])
async def test_the_last_facilitator_is_told_that_nobody_is_left(stage: Stage, alone: bool) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    if not alone:
        await stage.member(centre, group, "Bruno", facilitator=True)
    message = await stage.say(anna, "/me")
    for button in ("Erase everything", "Leave the assembly"):
        await stage.press(anna, message, button)
        assert ("Nobody would be left to facilitate." in message.words) is alone
        assert len(message.words.splitlines()) <= 5
        back = "Keep it" if button == "Erase everything" else "Stay"
        if button == "Leave the assembly":
            assert ("Invite a facilitator first" in message.labels) is alone
        await stage.press(anna, message, back)
    await leaves(stage, anna)
    on_duty = await stage.read(facilitators.contacts, centre.id, stage.now)
    assert [each.name for each in on_duty] == ([] if alone else ["Bruno"])


async def test_the_ballot_of_whoever_left_counts_and_of_whoever_erased_does_not(
    stage: Stage,
) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno")
    posted = await opened(stage, fran, group)
    for person in (fran, anna, bruno):
        await stage.press(person, posted, "Yes")
    await leaves(stage, anna)
    await erases(stage, bruno)
    pressed = await stage.press(anna, posted, "No")
    assert (await pressed.answered()).text == MEMBERS_ONLY
    async with stage.voci.database.reading() as tx:
        [decision] = await decisions.open_ones(tx, centre.id)
        assert decision.electorate == 3  # frozen
        collected = await ballots.collect(tx, stage.voci.keys, decision)
        assert [ballot.choice for ballot in collected.poll.ballots] == ["yes", "yes"]


async def test_erasing_asks_once_in_the_words_of_the_promise(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Erase everything")
    assert message.words.splitlines() == [
        "Erase everything about me",
        "Gone at once: your name, your answers, your proposals’ link to you, your choices.",
        "What stays, without you in it: published averages, closed decisions, the "
        "proposals’ texts.",
        "Your answers in old backups can’t be read any more after 7 days. This can’t be undone.",
    ]
    assert message.labels == ["Erase everything", "Keep it", "Give me a copy first"]
    await stage.press(anna, message, "Give me a copy first")
    assert "document" in stage.last(anna).content
    assert await member_of(stage, centre, anna) is not None


async def test_erased_is_erased(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    bruno = await stage.member(centre, group, "Bruno")
    title = "Open on Saturdays too"
    await stage.propose(centre, anna, title)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    member_id = await stage.member_id(centre, anna)
    message = await erases(stage, anna)
    assert message.words.startswith(GONE) and message.labels == []
    assert await member_of(stage, centre, anna) is None
    with pytest.raises(KeyDestroyed):
        await stage.voci.keys.key(member_id)
    async with stage.voci.database.reading() as tx:
        assert await people.find(tx, anna.id) is None
        assert await erasures.pending(tx) == []
        proposal = await proposals.get(tx, centre.id, 1)
    assert proposal is not None
    assert (proposal.title, proposal.author_id, proposal.named) == (title, None, False)
    assert len(await Ledger(stage.voci.keys.database).entries(erasures.KIND)) == 1
    listed = await stage.say(bruno, "/agenda")
    assert title in listed.words
    said = len(stage.said(anna))
    for days in (1, 2, 7):
        await go_to(stage, WEDNESDAY + days * DAY)
    assert len(stage.said(anna)) == said
    assert (await stage.say(anna, "/me")).words == "I hold nothing about you."


async def test_no_byte_of_the_person_is_left_on_disk(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    person = stage.world.person("Zephyrine", account_id=0x5A7B3C1D2E01)
    person.join(group)
    person.start(stage.bot)
    await stage.settle()
    member_id = await stage.enrol(centre, person, "user", facilitator=True, language="en")
    await stage.propose(centre, person, "Open on Saturdays too")
    await stage.member(centre, group, "Bruno")  # of fewer than three nothing is put in secret
    posted = await opened(stage, fran, group)
    await stage.press(person, posted, "Yes")
    # Late in the evening: the question waits for the morning, with the name in it.
    await stage.move(NOON + 10 * HOUR - stage.clock.now())
    hub = await stage.say(person, "/invite")
    await stage.forge(person, hub, MakeInvitation(centre.id, Guest.PROFESSIONAL, 1).encode())
    assert b"Zephyrine" in b"".join(await unsent(stage))
    await stage.say(person, "/propose")
    await stage.say(person, "A word that nobody has read yet")

    def traces(*needles: bytes) -> list[bytes]:
        data = bytes_of(stage.folder.iterdir())
        return [needle for needle in needles if needle in data]

    async with stage.voci.keys.database.reading() as tx:
        wrapped = await tx.value("data_key", member_id=member_id)
    needles = (b"Zephyrine", person.id.to_bytes(6, "big"), wrapped)
    assert traces(*needles) == list(needles)
    assert (await erases(stage, person)).words.startswith(GONE)
    assert traces(*needles) == []
    assert b"a member has made an invitation" in b"".join(await unsent(stage))
    assert traces(str(person.id).encode()) == []
    person.block(stage.bot)  # what Telegram tells of them afterwards is not noted either
    await stage.settle()
    person.unblock(stage.bot)
    person.say(stage.bot, "Still here?")
    await stage.settle()
    await stage.voci.database.truncate_wal()
    assert traces(*needles) == []


async def test_twice_is_once_and_an_older_question_asks_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Erase everything")
    old = Erase(centre.id, stage.now).encode()
    await stage.move(16 * 60)
    await stage.forge(anna, message, old)  # from a message that lay there for a while
    assert message.words.startswith("Erase everything about me")
    assert await member_of(stage, centre, anna) is not None
    fresh = Erase(centre.id, stage.now).encode()
    await stage.forge(anna, message, fresh)
    assert message.words.startswith(GONE)
    for data in (fresh, Leave(centre.id, 0).encode(), MyCopy(centre.id).encode()):
        await stage.forge(anna, message, data)
        assert stage.last(anna).words == "I hold nothing about you."
    # Back within minutes: the old button is about a membership that is no more.
    await comes_back(stage, centre, anna)
    await stage.move(1)
    await stage.forge(anna, message, fresh)
    assert message.words.startswith("Erase everything about me")
    assert await member_of(stage, centre, anna) is not None


@pytest.mark.parametrize("asked_at", [1, NOON + 10 * DAY, -5])
async def test_a_moment_that_was_made_up_only_asks(stage: Stage, asked_at: int) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    for press in (Erase(centre.id, asked_at), Leave(centre.id, asked_at)):
        await stage.forge(anna, message, press.encode())
    member = await member_of(stage, centre, anna)
    assert member is not None and member.status == "active"


async def test_the_other_centre_keeps_the_person(stage: Stage) -> None:
    first, group = await stage.centre()
    second, other_group = await stage.centre("Casa Alba")
    anna = await wants(stage, first, group)
    anna.join(other_group)
    await stage.enrol(second, anna, "family", facilitator=False, language="it")
    key = await stage.voci.keys.key(await stage.member_id(second, anna))
    gone = await stage.member_id(first, anna)
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, Erase(first.id, stage.now).encode())
    assert stage.last(anna).words.startswith(GONE)
    assert await member_of(stage, first, anna) is None
    assert await stage.voci.keys.key(await stage.member_id(second, anna)) == key
    with pytest.raises(KeyDestroyed):
        await stage.voci.keys.key(gone)
    assert (await stage.say(anna, "/me")).words.startswith("About you in Casa Alba")
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.current_centre_id == second.id


async def test_what_fails_after_the_commit_is_done_at_the_next_tick_or_start(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno")
    ids = [await stage.member_id(centre, person) for person in (anna, bruno)]

    async def failing(*_: object) -> bool:
        raise StorageError("the key store is away")

    for person, follows in ((anna, stage.tick), (bruno, stage.restart)):
        member_id = ids.pop(0)
        with monkeypatch.context() as patch:
            patch.setattr(stage.voci.keys, "destroy", failing)
            assert (await erases(stage, person)).words.startswith(GONE)
        assert await stage.voci.keys.key(member_id)
        await follows()
        with pytest.raises(KeyDestroyed):
            await stage.voci.keys.key(member_id)
        await stage.settle()
        async with stage.voci.database.reading() as tx:
            assert await erasures.pending(tx) == []


async def test_a_press_that_telegram_delivers_again_tells_the_truth(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    accept = stage.voci.processing.accept
    again: list[Update] = []

    async def listening(update: Update) -> None:
        again.append(update)
        await accept(update)

    monkeypatch.setattr(stage.voci.intake, "_accept", listening)
    message = await erases(stage, anna)
    assert message.words.startswith(GONE)
    assert again
    await accept(again[-1])
    await stage.settle()
    assert message.words == "I hold nothing about you."
    assert len(await Ledger(stage.voci.keys.database).entries(erasures.KIND)) == 1


async def test_messages_are_not_remembered_of_whoever_erased_themselves(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    assert len(await stage.rows("SELECT round_id FROM round_states")) == 1
    await stage.write(messages.remember, "uncertain:1", anna.id, 1)
    await erases(stage, anna)
    assert await stage.rows("SELECT round_id FROM round_states") == []
    assert await stage.read(messages.find, "uncertain:1") is None

from __future__ import annotations

import pytest
from kit.centre_rows import put_question
from kit.checkin_steps import WEDNESDAY, go_to, wants
from kit.own_copy import read_copy, unpacked
from kit.phrases import ANOTHER_NAME, GIVE_A_COPY, PRIVATE_ONLY, SAID_NO
from kit.stage import Stage

from assembly.roles import Role
from assembly.rule import Rule, Secrecy
from handlers.centre import typed_text
from handlers.checkins.screens.questionnaire import WORDINGS
from handlers.core.navigation import ShowMe
from handlers.core.registration import conversations, copies
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from handlers.decisions.in_person import headcount, tellers_desk
from handlers.membership import join
from handlers.profile.my_name import NAME
from handlers.profile.presses import (
    Erase,
    ForgetMe,
    Leave,
    MyClosingReminders,
    MyConsents,
    MyCopy,
    MyLanguage,
    MyName,
    MyReminders,
    NewName,
)
from sandbox.people import Person
from storage import (
    attendances,
    ballots,
    consents,
    decisions,
    join_requests,
    members,
    people,
)
from storage.centres import Centre
from storage.members import Member

pytestmark = pytest.mark.usefixtures("no_errors")

FIRST_SCREEN = [
    "My name",
    "My language",
    "Questions and reminders",
    "My data and my rights",
    "Home",
]


async def member_of(stage: Stage, centre: Centre, person: Person) -> Member:
    found = await stage.read(members.find, centre.id, person.id)
    assert found is not None
    return found


async def test_the_first_screen_says_what_is_held(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    member_id = await stage.member_id(centre, anna)
    await stage.write(consents.grant, member_id, "part", consents.VERSIONS["part"], stage.now)
    await stage.propose(centre, anna, "A quiet room", named=False)
    await stage.propose(centre, anna, "A trip in spring", anna, named=False)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    message = await stage.say(anna, "/me")
    assert message.words.splitlines() == [
        "About you in Centro Aurora",
        "Anna, as a user of the service, since 3 December 2025.",
        "You agreed to: check-ins, taking part.",
        "The next check-in comes on Wednesday 10 December, 17:00.",
        "You put forward: 2 · voices given: 1 · weeks answered: 1.",
    ]
    assert message.labels == FIRST_SCREEN
    assert max(map(len, message.labels)) <= 28, "a phone of 360 px shows each in one line"
    await stage.press(anna, message, FIRST_SCREEN[2])
    assert message.words.splitlines() == [
        "Questions and reminders",
        "The next check-in comes on Wednesday 10 December, 17:00.",
    ]
    assert message.labels[0] == "When I am asked" and message.labels[-1] == "Back"
    for inner in ("When I am asked", "Chairing and notes"):
        await stage.press(anna, message, inner)
        await stage.press(anna, message, "Back")
        assert message.words.startswith("Questions and reminders"), inner
    await stage.press(anna, message, "Back")
    await stage.press(anna, message, FIRST_SCREEN[3])
    assert "You agreed to: check-ins" in message.words
    assert message.labels == [
        "My consents",
        "My rights",
        "Give me a copy",
        "Leave the assembly",
        "Erase everything",
        "Back",
    ]


async def test_a_facilitator_reads_the_duty_in_the_same_line(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", "professional", facilitator=True)
    words = (await stage.say(anna, "/me")).words
    assert "Anna, as a professional and facilitator, since 3 December 2025." in words
    assert "Voci does not ask you how you are." in words


async def test_every_button_leads_somewhere_and_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/me")
    for button, words, before in (
        ("My name", "The assembly knows you as Anna.", "About you in Centro Aurora"),
        ("My language", "Which language should I speak with you?", "About you in Centro Aurora"),
        ("My consents", "What you agreed to", FIRST_SCREEN[3]),
        ("My rights", "Your rights", FIRST_SCREEN[3]),
    ):
        await stage.press(anna, message, button)
        assert message.words.startswith(words)
        await stage.press(anna, message, "Back")
        assert message.words.startswith(before)
    await stage.press(anna, message, "Back")
    assert message.words.startswith("About you in Centro Aurora")
    await stage.press(anna, message, "When I am asked")
    assert message.words.startswith("Voci asks you once a week: Wednesday, 17:00.")
    await stage.forge(anna, message, ShowMe(centre.id).encode())
    await stage.press(anna, message, "My weeks")
    assert message.words.startswith("Your weeks will be here once you have answered.")
    await stage.forge(anna, message, ShowMe(centre.id).encode())
    await stage.press(anna, message, "Home")
    assert "About me" in message.labels


@pytest.mark.parametrize(
    ("language", "title"), [("it", "Centro Aurora: su di te"), ("de", "Centro Aurora: über dich")]
)
async def test_the_language_changes_at_once(stage: Stage, language: str, title: str) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, MyLanguage(centre.id, language).encode())
    assert message.words.startswith(title)
    person = await stage.read(people.find, anna.id)
    assert person is not None and person.language == language


async def test_an_unknown_language_asks_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, MyLanguage(centre.id, "xx").encode())
    assert message.labels == ["English", "Italiano", "Deutsch", "Back"]


async def test_another_name_typed_tapped_or_none(stage: Stage) -> None:
    centre, group = await stage.centre(language="it")
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My name")
    await stage.press(anna, message, ANOTHER_NAME)
    assert (await stage.say(anna, "…")).words.startswith("A name has letters or digits")
    assert (await stage.say(anna, "x" * 41)).words.startswith("A name has letters or digits")
    message = await stage.say(anna, "<b>Nina</b> & Co")
    assert message.words.splitlines()[1].startswith("<b>Nina</b> & Co, as a user")
    assert (await member_of(stage, centre, anna)).name == "<b>Nina</b> & Co"
    assert (await stage.say(anna, "more")).words.startswith("Nobody reads this here")
    await stage.press(anna, message, "My name")
    await stage.press(anna, message, "Just “a member”")
    assert (await member_of(stage, centre, anna)).name == "un membro"  # as others read it
    await stage.press(anna, message, "My name")
    await stage.press(anna, message, "Anna")
    assert (await member_of(stage, centre, anna)).name == "Anna"


async def test_a_name_that_was_asked_for_is_not_expected_after_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My name")
    await stage.press(anna, message, ANOTHER_NAME)
    await stage.press(anna, message, "Back")
    assert (await stage.say(anna, "Nina")).words.startswith("Nobody reads this here")
    assert (await member_of(stage, centre, anna)).name == "Anna"


async def test_whoever_left_meanwhile_is_not_renamed(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, MyName(centre.id, NewName.NICKNAME).encode())
    async with stage.voci.database.transaction() as tx:
        await members.leave(tx, await stage.member_id(centre, anna), 99)
    assert (await stage.say(anna, "Nina")).words.startswith("This is for members of a centre.")
    assert (await member_of(stage, centre, anna)).name == "Anna"
    assert (await stage.say(anna, "Nina")).words.startswith("Nobody reads this here")


async def test_a_first_name_that_is_none_changes_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "🌻")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My name")
    assert message.labels == [ANOTHER_NAME, "Just “a member”", "Back"]
    await stage.forge(anna, message, MyName(centre.id, NewName.FIRST).encode())
    assert (await member_of(stage, centre, anna)).name == "🌻"


async def test_reminders_on_and_off(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await stage.member_id(centre, anna)
    message = await stage.say(anna, "/me")
    for label, wished in (
        ("Remind me of assemblies here", True),
        ("No assembly reminders here", False),
    ):
        await stage.press(anna, message, label)
        assert await stage.read(attendances.wishes, member_id) is wished


async def test_consents_are_told_with_their_dates_and_can_be_taken_back(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My consents")
    assert "3 December 2025: check-ins (text 2)" in message.words
    assert message.labels == ["Stop the check-ins", "Take part no longer", "Back"]
    await stage.press(anna, message, "Take part no longer")
    assert message.words.startswith("Centro Aurora: leave the assembly in Voci?")
    await stage.press(anna, message, "Stay")
    await stage.press(anna, message, "My consents")
    await stage.press(anna, message, "Stop the check-ins")
    await stage.press(anna, message, "Stop")
    await stage.forge(anna, message, MyConsents(centre.id).encode())
    assert "check-ins (text 2), taken back on 3 December 2025" in message.words
    assert message.labels == ["Take part no longer", "Back"]


async def test_a_copy_of_everything_as_a_file_that_is_stored_nowhere(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group, language="it")
    await stage.say(anna, "/propose")
    await stage.say(anna, "Una stanza tranquilla per leggere")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Bene", "Salta")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Dammi una copia")
    sent = stage.last(anna)
    assert "Centro Aurora: ecco tutto ciò che Voci conserva su di te." in sent.words
    copy = read_copy(stage, sent)
    told = "Centro Aurora, 3 dicembre 2025: questo è tutto ciò che Voci conserva su di te."
    assert copy["read_me"].startswith(told)
    assert copy["membership"][0]["name"] == "Anna"
    assert copy["membership"][0]["joined_at"] == "2025-12-03T13:00:00+01:00"
    assert copy["half_written"][0]["content"]["title"] == "Una stanza tranquilla per leggere"
    [current] = copy["check_ins"]
    assert current["sent_at"] == "2025-12-03T17:00:00+01:00"
    answered, skipped = sorted(current["answers"], key=lambda each: each["skipped"])
    assert (answered["answer"], answered["value"], answered["skipped"]) == ("Bene", 3, False)
    assert (skipped["answer"], skipped["skipped"]) == (None, True)
    page = unpacked(stage, sent)[".html"]
    assert '<html lang="it">' in page
    assert "Una stanza tranquilla per leggere" in page
    assert "<dd>3 dicembre 2025, 17:00</dd>" in page
    week = Speech("it")(WORDINGS["week"].question)
    assert f"<dt>{week}</dt>\n<dd>Bene</dd>" in page
    stored = await stage.rows("SELECT payload FROM outbox WHERE payload IS NOT NULL")
    assert stored == []
    await stage.press(anna, sent, "Indietro")
    assert stage.last(anna).words.startswith("I miei dati e i miei diritti")
    await stage.press(anna, stage.last(anna), "Indietro")
    assert stage.last(anna).words.startswith("Centro Aurora: su di te")


async def test_a_copy_has_one_s_own_ballots(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    member_id = await stage.member_id(centre, anna)
    keys, now = stage.voci.keys, stage.now
    async with stage.voci.database.transaction() as tx:
        for number, secrecy in enumerate((Secrecy.OPEN, Secrecy.SECRET, Secrecy.SECRET)):
            decision_id = await put_question(
                tx,
                keys,
                Rule(secrecy=secrecy),
                centre_id=centre.id,
                question=f"Question {number}?",
                now=now,
            )
            if number < 2:
                await ballots.cast_for(
                    tx, keys, decision_id=decision_id, member_id=member_id, choice="no", now=now
                )
            if number == 0:
                decision = await decisions.still_open(tx, decision_id)
                assert decision is not None
                await closing.close(UnitOfWork(tx, now, stage.voci.services), centre, decision)
    await stage.settle()
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, GIVE_A_COPY)
    copy = read_copy(stage, stage.last(anna))
    told = [(each["question"], each["choice"], each["reason"]) for each in copy["open_decisions"]]
    assert told == [("Question 1?", "no", ""), ("Question 2?", None, None)]
    assert copy["open_decisions"][0]["in_words"] == SAID_NO
    [openly] = copy["said_openly"]
    assert (openly["question"], openly["choice"]) == ("Question 0?", "no")
    assert openly["in_words"] == SAID_NO


async def test_a_copy_without_a_key_says_the_rest(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    member_id = await stage.member_id(centre, anna)
    await stage.voci.keys.destroy(member_id)
    message = await stage.say(anna, "/me")
    assert "weeks answered: 0" in message.words
    await stage.press(anna, message, GIVE_A_COPY)
    assert (read_copy(stage, stage.last(anna)))["check_ins"][0]["answers"] == []
    await stage.voci.keys.create_key(member_id)  # another one: what was sealed stays sealed
    await stage.press_each(anna, "Back")
    await stage.forge(anna, stage.last(anna), MyCopy(centre.id).encode())
    assert (read_copy(stage, stage.last(anna)))["check_ins"][0]["answers"] == []


async def test_a_copy_tells_nothing_of_another_centre(stage: Stage) -> None:
    first, group = await stage.centre()
    second, other = await stage.centre("Casa Alba")
    anna = await stage.member(first, group, "Anna")
    anna.join(other)
    await stage.enrol(second, anna, "family", facilitator=False, language="en")
    message = await stage.say(anna, "/me")
    assert message.words.startswith("Casa Alba")
    await stage.forge(anna, message, MyCopy(first.id).encode())
    copy = read_copy(stage, stage.last(anna))
    assert [each["centre"] for each in copy["membership"]] == ["Centro Aurora"]


async def test_every_conversation_is_opened_for_the_copy_or_has_no_content(stage: Stage) -> None:
    """Those that are named second keep nothing but which question is open, and what was pressed."""
    assert stage.voci and typed_text  # so every feature is registered
    open_text = {NAME, join.NICKNAME, headcount.KIND, tellers_desk.KIND}
    open_text |= {"contacts", "asking_name", "centre-zone", "fact", "guardian"}
    open_text |= {"notes", "correction", "correction-answer", "minutes-search"}
    open_text |= {"opening", "task-longer"}
    assert set(conversations) <= set(copies) | open_text


@pytest.mark.parametrize(
    "press",
    [
        lambda centre: ShowMe(centre),
        lambda centre: MyName(centre, NewName.MEMBER),
        lambda centre: MyLanguage(centre, "de"),
        lambda centre: MyReminders(centre, on=True),
        lambda centre: MyClosingReminders(centre, on=False),
        lambda centre: MyConsents(centre),
        lambda centre: MyCopy(centre),
        lambda centre: Leave(centre, 1_764_763_200),
        lambda centre: Erase(centre, 1_764_763_200),
    ],
)
async def test_whoever_is_not_of_the_centre_reaches_nothing_of_it(stage: Stage, press) -> None:
    centre, group = await stage.centre()
    other, other_group = await stage.centre("Casa Alba")
    anna = await stage.member(centre, group, "Anna")
    mallory = await stage.member(other, other_group, "Mallory")
    before = await member_of(stage, centre, anna)
    mine = await stage.say(mallory, "/me")
    await stage.forge(mallory, mine, press(centre.id).encode())
    assert "Anna" not in stage.last(mallory).words
    assert "document" not in stage.last(mallory).content
    posted = await stage.say(anna, "/agenda", group)
    pressed = await stage.forge(anna, posted, press(centre.id).encode())
    assert (await pressed.answered()).text == PRIVATE_ONLY
    assert await member_of(stage, centre, anna) == before
    assert (await member_of(stage, other, mallory)).status == "active"


async def test_whoever_asked_to_join_can_have_it_forgotten(stage: Stage) -> None:
    centre, _ = await stage.centre()
    nina = stage.world.person("Nina")
    await stage.start(nina)
    async with stage.voci.database.transaction() as tx:
        await people.meet(tx, nina.id, "de", 1)
        await join_requests.ask(
            tx, centre_id=centre.id, telegram_id=nina.id, role=Role.USER, name="Nina", now=1
        )
    message = await stage.say(nina, "/me")
    assert message.words.startswith("Du nimmst noch an keinem Zentrum teil.")
    for _ in range(2):
        await stage.forge(nina, message, ForgetMe().encode())
        assert message.words == "I hold nothing about you."
    async with stage.voci.database.reading() as tx:
        assert not await join_requests.any_of(tx, nina.id)
        assert await people.find(tx, nina.id) is None
    assert (await stage.say(nina, "/me")).words == "I hold nothing about you."


async def test_a_member_who_forges_the_strangers_button_stays_one(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.forge(anna, await stage.say(anna, "/me"), ForgetMe().encode())
    assert (await member_of(stage, centre, anna)).status == "active"
    posted = await stage.say(anna, "/agenda", group)
    pressed = await stage.forge(anna, posted, ForgetMe().encode())
    assert (await pressed.answered()).text == PRIVATE_ONLY

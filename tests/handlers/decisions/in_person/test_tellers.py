"""Counting the hall: how many are there, what they say, and that it takes two to say it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kit.in_person import InPersonAssembly, open_assembly
from kit.phrases import BEGIN_TO_COUNT, CHANGE_IT, HOW_IS_COUNTED
from kit.stage import Stage

from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Electorate, Parity, Quorum, Rule, Secrecy
from handlers.core.navigation import SeeDecision
from handlers.decisions.in_person.presses import HandOver
from handlers.decisions.presses import Cast, CloseDecision, SeeHistory
from storage import audit, facilitators

pytestmark = pytest.mark.usefixtures("no_errors")

GARDEN = ("Garden", "Trip", "A choir for <all>")


@pytest.fixture
async def play(stage: Stage) -> InPersonAssembly:
    return await open_assembly(stage)


async def test_the_chair_is_asked_in_so_many_words(play: InPersonAssembly) -> None:
    await play.stage.say(play.paula, "/facilitate")
    desk = await play.press(play.paula, "Go on with the assembly")
    assert "How many people in the room are NOT voting by phone?" in desk.words
    asked = await play.press(play.paula, "How many without a phone")
    assert asked.labels == [*map(str, range(11)), "Back"]
    assert await play.people() == {}
    said = await play.press(play.paula, "7")
    assert "7 people in the room are not voting by phone." in said.words
    assert await play.people() == {None: 7}
    back = await play.press(play.paula, "Back")
    assert "7 people in the room are not voting by phone." in back.words
    assert "NOT" not in back.words
    await play.press(play.paula, "Change the number", "Change the number", "0")
    assert "Everybody in the room votes by phone." in play.stage.last(play.paula).words


async def test_a_larger_number_is_typed(play: InPersonAssembly) -> None:
    await play.room()
    for wrong in ("-3", "three", "501", "9" * 40, "1.5"):
        said = await play.stage.say(play.paula, wrong)
        assert "Write a whole number from 0 to 500, in digits." in said.words
    assert await play.people() == {}
    said = await play.stage.say(play.paula, "23")
    assert "23 people" in said.words and await play.people() == {None: 23}
    assert "number" not in (await play.stage.say(play.paula, "24")).words
    assert await play.people() == {None: 23}


async def test_by_role_where_an_open_question_counts_each(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put(Rule(parity=Parity.EACH_ROLE, secrecy=Secrecy.OPEN))
    asked = await play.desk(play.paula, decision_id)
    assert "Of the users:" in asked.words
    assert "Of the family members:" in (await play.press(play.paula, "2")).words
    said = await play.press(play.paula, "0", "1")
    assert "3 people in the room" in said.words
    assert await play.people() == {Role.USER: 2, Role.FAMILY: 0, Role.PROFESSIONAL: 1}
    assert BEGIN_TO_COUNT in said.labels
    await play.room()
    await play.press(play.paula, "Users", "4")
    assert (await play.people())[Role.USER] == 4


async def test_asked_because_of_a_question_it_leads_back_there(play: InPersonAssembly) -> None:
    decision_id = await play.put(Rule(parity=Parity.EACH_ROLE, secrecy=Secrecy.OPEN))
    await play.desk(play.paula, decision_id)
    asked = await play.press(play.paula, "2")
    assert "Of the family members:" in asked.words
    assert "Ballots from the room" in (await play.press(play.paula, "Back")).labels
    await play.press(play.paula, "Ballots from the room", "0")
    said = await play.stage.say(play.paula, "1")
    assert "3 people in the room" in said.words and BEGIN_TO_COUNT in said.labels
    await play.room()
    await play.press(play.paula, "Users")
    assert "Close the assembly" in (await play.press(play.paula, "Back")).labels


async def test_one_enters_another_confirms_and_it_counts(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put(Rule(quorum=Quorum(number=1)))
    before = await play.desk(play.paula, decision_id)
    assert "7 people in the room are not voting by phone." in before.words
    assert "few" not in before.words
    asked = await play.press(play.paula, BEGIN_TO_COUNT)
    assert "how many say Yes?" in asked.words and "At most 7." in asked.words
    asked = await play.press(play.paula, "4")
    assert "how many say No?" in asked.words and "At most 3." in asked.words
    overview = await play.press(play.paula, "1", "0", "1")
    assert "6 of 7 in the room.\nYes: 4\nNo: 1\nI abstain: 0\nInvalid: 1" in overview.words
    assert await play.counted(decision_id) == {}
    waiting = await play.press(play.paula, "Have it confirmed")
    assert "They have been asked." in waiting.words and "Yes: 4" not in waiting.words

    offer = play.stage.last(play.bruno)
    assert "Check the figures" in offer.labels and "4" not in offer.words
    seen = await play.press(play.bruno, "Check the figures")
    assert "Yes: 4\nNo: 1" in seen.words
    assert await play.counted(decision_id) == {}
    done = await play.press(play.bruno, "They are right")
    assert "confirmed" in done.words and "Yes: 4" not in done.words
    assert "it counts" in play.stage.last(play.paula).words
    assert await play.counted(decision_id) == {"yes": 4, "no": 1, "invalid": 1}
    outcome = await play.outcome(decision_id)
    assert outcome.votes == {"yes": 4, "no": 1, "abstain": 0, "invalid": 1}
    assert outcome.turnout.hall == 6 and outcome.turnout.entitled == 11
    assert await play.entry(decision_id) is None


async def test_a_count_without_any_ballot_is_not_sent(play: InPersonAssembly) -> None:
    await play.room(3)
    decision_id = await play.put()
    seen = await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "0", "0", "0", "0")
    assert "0 of 3 in the room." in seen.words and "No ballot is entered yet." in seen.words
    assert [label for label in seen.labels if label != "Back"] == [
        "Change “Yes”", "Change “No”", "Change “I abstain”", "Change “Invalid”",
    ]  # fmt: skip
    await play.forge(play.paula, HandOver(play.centre.id, decision_id))
    entry = await play.entry(decision_id)
    assert entry is not None and entry.state == "counting"
    assert "Check the figures" not in play.stage.last(play.bruno).labels
    seen = await play.press(play.paula, "Change “No”", "2")
    assert "Have it confirmed" in seen.labels


async def test_those_in_the_hall_count_among_who_can_take_part(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put(Rule(quorum=Quorum(number=4)))
    told = f"at least 4 of {4 + 7} take part"
    await play.forge(play.anna, SeeDecision(play.centre.id, decision_id))
    assert "at least 4 of 4 take part" in play.stage.last(play.anna).words
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "6", "1", "Have it confirmed")
    await play.press(play.bruno, "Check the figures", "They are right")
    await play.forge(play.anna, SeeDecision(play.centre.id, decision_id))
    assert told in play.stage.last(play.anna).words
    explained = await play.press(play.anna, HOW_IS_COUNTED)
    assert told in explained.words
    assert "All 4 members can take part.\nSo can 7 people in the room" in explained.words


async def test_the_way_leads_from_the_question_to_the_hall_and_back(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put()
    question = SeeDecision(play.centre.id, decision_id)
    await play.forge(play.paula, question)
    counted = await play.press(play.paula, "Ballots from the room")
    assert "7 people in the room" in counted.words
    assert "Ballots from the room" in (await play.press(play.paula, "Back")).labels
    await play.forge(play.anna, question)
    assert "Ballots from the room" not in play.stage.last(play.anna).labels
    await play.end()
    await play.forge(play.paula, question)
    assert "Ballots from the room" not in play.stage.last(play.paula).labels


async def test_the_figures_are_for_the_two_who_count(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "6", "1", "Have it confirmed")
    await play.press(play.bruno, "Check the figures", "They are right")
    for person in (play.paula, play.bruno, play.petra):
        seen = await play.desk(person, decision_id)
        assert "confirmed" in seen.words and "Yes: 6" not in seen.words
    for chat in (play.petra, play.anna, play.group):
        assert not [each for each in play.stage.said(chat) if "Yes: 6" in each.words]


async def test_only_one_of_another_role_is_asked(play: InPersonAssembly) -> None:
    await play.room(2)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    assert "The room is counted" in play.stage.last(play.bruno).words
    assert "The room is counted" not in play.stage.last(play.petra).words
    seen = await play.desk(play.petra, decision_id)
    assert "waits for a facilitator from another role" in seen.words
    assert "Yes: 2" not in seen.words and "They are right" not in seen.labels


async def test_few_people_are_told_before(play: InPersonAssembly) -> None:
    await play.room(4)
    for rule, said in ((Rule(), True), (Rule(secrecy=Secrecy.OPEN), False)):
        before = await play.desk(play.paula, await play.put(rule))
        assert ("They are so few" in before.words) is said


async def test_more_than_there_are_people_is_said_at_once(play: InPersonAssembly) -> None:
    await play.room()
    await play.stage.say(play.paula, "12")
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    too_many = await play.stage.say(play.paula, "13")
    assert "That is more than there are people: here at most 12." in too_many.words
    for wrong in ("-1", "two", "1" * 30):
        assert "Write a whole number" in (await play.stage.say(play.paula, wrong)).words
    asked = await play.stage.say(play.paula, "11")
    assert "how many say No?" in asked.words
    assert asked.labels == ["0", "1", "Back"]
    assert "here at most one" in (await play.stage.say(play.paula, "2")).words
    overview = await play.stage.say(play.paula, "1")
    assert "12 of 12 in the room." in overview.words
    entry = await play.entry(decision_id)
    assert entry is not None and sum(each.ballots for each in entry.ballots) == 12


async def test_not_fewer_people_than_ballots(play: InPersonAssembly) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "4", "0", "0", "0")
    await play.room()
    await play.press(play.paula, "Change the number")
    pressed = await play.stage.press(play.paula, play.stage.last(play.paula), "3")
    assert pressed.answer is not None and pressed.answer.show_alert
    assert await play.people() == {None: 5}
    await play.press(play.paula, "Change the number")
    typed = await play.stage.say(play.paula, "3")
    assert "Count these again first" in typed.words
    assert await play.people() == {None: 5}
    await play.press(play.paula, "Back", "Change the number", "4")
    assert await play.people() == {None: 4}


async def test_what_was_entered_can_be_changed_until_it_is_confirmed(
    play: InPersonAssembly,
) -> None:
    await play.room(5)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "3", "1", "0", "0")
    changed = await play.press(play.paula, "Change “Yes”", "4")
    assert "5 of 5 in the room.\nYes: 4" in changed.words
    await play.press(play.paula, "Have it confirmed", CHANGE_IT)
    await play.press(play.paula, "Change “No”", "0", "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    assert await play.counted(decision_id) == {"yes": 4}


async def test_counting_again_voids_what_was_confirmed(play: InPersonAssembly) -> None:
    await play.room(2)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    await play.desk(play.petra, decision_id, "Count again", "0", "2")
    assert await play.counted(decision_id) == {}
    await play.press(play.petra, "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    assert await play.counted(decision_id) == {"no": 2}


@pytest.mark.parametrize("settled", ["confirmed", "counted anew", "changed", "closed"])
async def test_who_was_asked_to_check_is_asked_until_it_is_settled(
    play: InPersonAssembly, settled: str
) -> None:
    await play.room(2)
    decision_id = await play.put()
    await play.desk(play.bruno, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    await play.stage.move(2)
    asked = play.stage.last(play.petra)
    assert "Check the figures" in asked.labels
    match settled:
        case "confirmed":
            await play.desk(play.paula, decision_id, "Check the figures", "They are right")
        case "counted anew":
            await play.desk(play.paula, decision_id, "Check the figures", "Count again")
        case "changed":
            await play.desk(play.bruno, decision_id, CHANGE_IT)
        case _:
            await play.forge(play.paula, CloseDecision(play.centre.id, decision_id, sure=True))
    await play.stage.move(30)
    assert asked.labels == []


async def test_where_they_differ_the_other_one_counts(play: InPersonAssembly) -> None:
    await play.room(2)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "Count again", "1", "1")
    assert "Bruno is counting the room." in (await play.desk(play.paula, decision_id)).words
    await play.press(play.bruno, "Have it confirmed")
    await play.desk(play.paula, decision_id, "Check the figures", "They are right")
    assert await play.counted(decision_id) == {"yes": 1, "no": 1}


async def test_by_role_the_hall_is_counted_role_by_role(play: InPersonAssembly) -> None:
    decision_id = await play.put(Rule(parity=Parity.EACH_ROLE, secrecy=Secrecy.OPEN))
    await play.desk(play.paula, decision_id, "2", "0", "1")
    asked = await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    assert "Of the users:" in asked.words and "At most 2." in asked.words
    asked = await play.press(play.paula, "2")
    assert "Of the professionals:" in asked.words and "At most 1." in asked.words
    overview = await play.press(play.paula, "0", "1")
    assert "3 of 3 in the room.\nOf the users:\nYes: 2" in overview.words
    await play.press(play.paula, "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    assert await play.counted(decision_id) == {"user yes": 2, "professional no": 1}
    assert (await play.outcome(decision_id)).turnout.cast == 3


@pytest.mark.parametrize(
    ("method", "taps", "listed", "choice"),
    [
        (DecisionMethod.APPROVAL, ("☐ Trip", "☐ Garden"), "Garden, Trip", "01"),
        (DecisionMethod.IRV, ("Trip", "Garden"), "1. Trip, 2. Garden", "10"),
        (DecisionMethod.SCORE, ("Garden", "5", "Trip", "0"), "Garden: 5, Trip: 0", "50-"),
        (DecisionMethod.DOTS, ("Trip", "1 · Trip"), "Trip: 2", "020"),
    ],
)
async def test_papers_are_copied_one_by_one(
    play: InPersonAssembly, method: DecisionMethod, taps: tuple[str, ...], listed: str, choice: str
) -> None:
    await play.room(3)
    decision_id = await play.put(Rule(method, GARDEN, dots=2))
    begun = await play.desk(play.paula, decision_id, BEGIN_TO_COUNT)
    assert "0 of 3 in the room." in begun.words
    for _ in range(2):
        await play.press(play.paula, "One more paper", *taps, "Add this paper")
    assert f"2 of 3 in the room.\n2 × {listed}" in play.stage.last(play.paula).words
    full = await play.press(play.paula, "One more paper", "It is invalid")
    assert "1 × invalid" in full.words and "One more paper" not in full.labels
    less = await play.press(play.paula, f"− {listed}")
    assert f"1 × {listed}" in less.words
    again = await play.press(play.paula, "One more paper", "Add an empty paper")
    assert "1 × empty" in again.words
    await play.press(play.paula, "Have it confirmed")
    seen = await play.desk(play.bruno, decision_id, "Check the figures")
    assert f"1 × {listed}" in seen.words
    await play.press(play.bruno, "They are right")
    counted = await play.counted(decision_id)
    assert counted[choice] == 1 and counted["invalid"] == 1 and sum(counted.values()) == 3
    assert (await play.outcome(decision_id)).turnout.hall == 3


async def test_where_nobody_else_could_confirm_it_is_said_what_can_be_done(
    play: InPersonAssembly,
) -> None:
    await play.room(2)
    decision_id = await play.put()
    bruno_id = await play.stage.member_id(play.centre, play.bruno)
    await play.stage.write(facilitators.end, bruno_id)
    said = await play.desk(play.paula, decision_id)
    assert "Nobody from another role facilitates now" in said.words
    assert said.labels == ["Invite", "Back"]


async def test_nobody_in_the_hall_and_nobody_who_takes_part(play: InPersonAssembly) -> None:
    await play.room(0)
    assert "votes by phone" in (await play.desk(play.paula, await play.put())).words
    named = await play.put(Rule(electorate=Electorate.NAMED, quorum=Quorum(number=0)))
    assert "Only the members who were named" in (await play.desk(play.paula, named)).words


async def test_before_closing_it_is_said_that_the_hall_does_not_count(
    play: InPersonAssembly,
) -> None:
    await play.room(2)
    decision_id = await play.put()
    close = CloseDecision(play.centre.id, decision_id, sure=False)
    await play.forge(play.paula, close)
    assert "The ballots from the room are not entered." in play.stage.last(play.paula).words
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    await play.forge(play.paula, close)
    assert "Nobody has confirmed the count of the room." in play.stage.last(play.paula).words
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    await play.forge(play.paula, close)
    assert "count" not in play.stage.last(play.paula).words


async def test_the_group_reads_how_many_were_given_in_the_hall(play: InPersonAssembly) -> None:
    await play.room(6)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "5", "1", "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    await play.forge(play.paula, CloseDecision(play.centre.id, decision_id, sure=True))
    await play.stage.move(30)
    outcome = play.stage.last(play.group)
    assert "Carried." in outcome.words and "5 yes, 1 no" in outcome.words
    assert "6" in outcome.words and "room" in outcome.words
    assert await play.entry(decision_id) is None


async def test_unconfirmed_it_does_not_count(play: InPersonAssembly) -> None:
    await play.room(2)
    decision_id = await play.put(Rule(quorum=Quorum(number=0)))
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    outcome = await play.outcome(decision_id)
    assert outcome.turnout.hall == 0 and outcome.turnout.cast == 0
    assert outcome.turnout.entitled == 4  # nor do people count on whom no two have agreed


async def test_one_alone_lets_nothing_fail_by_a_number_of_people(play: InPersonAssembly) -> None:
    await play.room()
    await play.stage.say(play.paula, "500")
    decision_id = await play.put(Rule(quorum=Quorum(Fraction(1, 3)), base=Base.ENTITLED))
    for person in (play.paula, play.petra, play.bruno):
        await play.forge(person, Cast(play.centre.id, decision_id, "yes"))
    outcome = await play.outcome(decision_id)
    assert outcome.result == "carried" and outcome.turnout.entitled == 4


async def test_the_number_of_people_is_agreed_on_with_the_count(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "4", "1", "0", "1")
    await play.press(play.paula, "Have it confirmed")
    await play.room()
    await play.press(play.paula, "Change the number", "9")
    seen = await play.desk(play.bruno, decision_id, "Check the figures")
    assert "6 of 7 in the room." in seen.words
    assert "7 people in the room are not voting by phone." in seen.words
    await play.press(play.bruno, "They are right")
    assert (await play.outcome(decision_id)).turnout.entitled == 11
    history = await play.stage.read(audit.of_decision, play.centre.id, decision_id, 10)
    assert [each.detail for each in history.entries] == [{"people": 7}, {"people": 7}]


async def test_counting_again_is_noted_and_the_two_who_agreed_are_told(
    play: InPersonAssembly,
) -> None:
    await play.room(2)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2", "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    await play.desk(play.petra, decision_id, "Count again")
    await play.stage.settle()
    for person in (play.paula, play.bruno):
        said = play.stage.last(person).words
        assert "Petra has thrown the confirmed count of the room away" in said
    await play.forge(play.anna, SeeHistory(play.centre.id, decision_id))
    told = play.stage.last(play.anna).words.splitlines()
    assert "without" not in told[-1] and "2 people in the room" in told[-2]
    assert told[-1].startswith("Confirmed ballots from the room thrown away, to count again, by P")


async def test_the_count_survives_a_restart(play: InPersonAssembly) -> None:
    await play.room(3)
    decision_id = await play.put()
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, "2")
    await play.stage.restart()
    assert "how many say No?" in (await play.desk(play.paula, decision_id)).words
    await play.press(play.paula, "1", "Have it confirmed")
    await play.stage.restart()
    await play.desk(play.bruno, decision_id, "Check the figures")
    await play.stage.restart()
    await play.press(play.bruno, "They are right")
    assert await play.counted(decision_id) == {"yes": 2, "no": 1}


async def test_who_entered_and_who_confirmed_is_noted_for_everybody(play: InPersonAssembly) -> None:
    await play.room(7)
    decision_id = await play.put(Rule(quorum=Quorum(number=1)))
    await play.desk(play.paula, decision_id)
    await play.press(play.paula, BEGIN_TO_COUNT, "4", "1", "0", "1", "Have it confirmed")
    await play.press(play.bruno, "Check the figures", "They are right")
    history = await play.stage.read(audit.of_decision, play.centre.id, decision_id, 10)
    assert [(each.action.value, each.name) for each in history.entries] == [
        ("hall_entered", "Paula"),
        ("hall_confirmed", "Bruno"),
    ]

"""Ballots of every method on a phone: filled in, given, changed, out of reach of others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from kit.phone_voters import OPTIONS, QUESTION, Voters, gather_voters
from kit.phrases import (
    ABSTAINED,
    ASK_TO_JOIN,
    HOW_IS_COUNTED,
    I_ABSTAIN,
    I_CONSENT,
    MEMBERS_ONLY,
    OLDER_MESSAGE,
    PRIVATE_ONLY,
    SAID_YES,
    SHOW_TRACKER,
    TAKE_PART,
)
from kit.stage import Stage

from assembly.counting.table import RANKED
from assembly.roles import Role
from assembly.rule import DecisionMethod, Electorate, Secrecy
from handlers.core.navigation import ShowMe
from handlers.decisions.ballots.presses import Fill, LeaveReason, OnRoll, ShowTracker
from handlers.decisions.presses import Cast
from sandbox.people import Person

pytestmark = pytest.mark.usefixtures("no_errors")

M = DecisionMethod
GIVE = "Give my ballot"


@pytest.fixture
async def room(stage: Stage) -> Voters:
    return await gather_voters(stage)


# -- every method -----------------------------------------------------------------------------


@pytest.mark.parametrize("method", sorted(RANKED))
async def test_a_ranking_is_filled_in_tap_by_tap(room: Voters, method: DecisionMethod) -> None:
    await room.put(method)
    paper = await room.open(room.anna)
    said = len(room.stage.said(room.anna))
    assert paper.words.startswith(QUESTION) and "10 minutes left" in paper.words
    assert "You have not said anything yet." in paper.words
    await room.tap(room.anna, "Choir", "Trip", "Room")
    assert "1. Choir\n2. Trip\n3. Room" in paper.words
    await room.tap(room.anna, "Undo")
    assert "3. Room" not in paper.words and "Room" in paper.labels
    assert "Not given yet: press [Give my ballot]." in paper.words
    assert await room.choice(room.anna) is None
    told = await room.tap(room.anna, GIVE)
    assert told == "Your order is recorded: “Choir” first. You can change it until 13:10."
    assert await room.choice(room.anna) == "20"
    assert "as it counts now\n1. Choir\n2. Trip" in paper.words and GIVE not in paper.labels
    assert len(room.stage.said(room.anna)) == said  # one message, changed in its place


async def test_a_ranking_is_cleared_and_given_anew_after_a_restart(room: Voters) -> None:
    await room.put(M.IRV)
    await room.open(room.anna)
    await room.tap(room.anna, "Choir", GIVE, "Trip")
    assert await room.choice(room.anna) == "2"
    await room.stage.restart()
    await room.tap(room.anna, "Room")
    assert "1. Choir\n2. Trip\n3. Room" in room.words(room.anna)
    await room.tap(room.anna, "Clear all")
    assert "Your order: 1. Choir." in room.words(room.anna)  # it counts until another is given
    await room.tap(room.anna, "Garden", GIVE)
    assert await room.choice(room.anna) == "3"
    await room.tap(room.anna, "Clear all")
    assert (await room.tap(room.anna, I_ABSTAIN)).startswith(ABSTAINED)
    assert await room.choice(room.anna) == ""


async def test_options_are_approved_on_and_off(room: Voters) -> None:
    await room.put(M.APPROVAL)
    await room.open(room.anna)
    await room.tap(room.anna, "☐ Garden", "☐ Trip", "☐ Choir", "☑ Garden")
    assert await room.tap(room.anna, GIVE) == (
        "Recorded: 2 options marked. You can change it until 13:10."
    )
    assert await room.choice(room.anna) == "02"
    await room.tap(room.anna, "Clear all", "None of them")
    assert await room.choice(room.anna) == ""
    assert "You agreed with none of them." in room.words(room.anna)


async def test_options_are_scored_and_one_score_is_taken_back(room: Voters) -> None:
    await room.put(M.SCORE)
    await room.open(room.anna)
    await room.tap(room.anna, "Room", "5", "Choir", "0", "Trip", "As it was", "Garden", "3")
    await room.tap(room.anna, "3 · Garden", "No score")
    assert await room.tap(room.anna, GIVE) == (
        "Recorded: 2 options scored. You can change it until 13:10."
    )
    assert await room.choice(room.anna) == "-50-"
    assert "Room: 5\nChoir: 0" in room.words(room.anna)


async def test_dots_are_placed_while_any_is_left(room: Voters) -> None:
    await room.put(M.DOTS)
    await room.open(room.anna)
    await room.tap(room.anna, "Trip", "1 · Trip", "Garden", "2 · Trip", "3 · Trip")
    assert "All your dots are placed." in room.words(room.anna)
    assert not any("Room" in label for label in room.stage.last(room.anna).labels)
    await room.tap(room.anna, "Take a dot away", "4 · Trip", "Place dots", "Room")
    assert await room.tap(room.anna, GIVE) == "Recorded: 5 dots. You can change it until 13:10."
    assert await room.choice(room.anna) == "3101"


@pytest.mark.parametrize(
    ("method", "button", "choice", "told"),
    [
        (M.MAJORITY, "Yes", "yes", SAID_YES),
        (M.CONSENT, I_CONSENT, "consent", "You consented."),
        (M.CONSENSUS, "I agree", "agree", "You agreed."),
        (M.CONSENSUS, I_ABSTAIN, "abstain", ABSTAINED),
    ],
)
async def test_one_word_is_one_press(
    room: Voters, method: DecisionMethod, button: str, choice: str, told: str
) -> None:
    await room.put(method)
    await room.open(room.anna)
    assert await room.tap(room.anna, button) == f"{told} You can change it until 13:10."
    assert await room.choice(room.anna) == choice
    assert told in room.words(room.anna)


# -- what is shown ----------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "label"), [(M.SCHULZE, "Trip"), (M.MAJORITY, "Yes")])
async def test_the_group_s_question_leads_into_the_private_chat(
    room: Voters, method: M, label: str
) -> None:
    await room.put(method)
    posted = room.stage.last(room.group)
    assert posted.words.startswith(QUESTION)
    [link] = [each.url for each in posted.buttons if each.label == TAKE_PART]
    assert link is not None and "start=decide_" in link and not link.endswith("_1")
    assert label in (await room.stage.open_link(room.anna, link)).labels

    await room.stage.move(600)
    [(label, link)] = [(b.label, b.url) for b in room.stage.last(room.group).buttons if b.url]
    assert label == "Open in private"
    assert "No result" in (await room.stage.open_link(room.anna, link)).words
    stranger = room.stage.world.person("Zoe")
    assert ASK_TO_JOIN in (await room.stage.open_link(stranger, link)).labels


async def test_decide_says_what_was_cast_and_how_long_it_is_open(room: Voters) -> None:
    await room.put(M.IRV)
    await room.open(room.anna)
    await room.tap(room.anna, "Choir", "Trip", GIVE)
    overview = await room.stage.say(room.anna, "/decide")
    assert QUESTION in overview.words and "minutes left." in overview.words
    assert "Your order is recorded: “Choir” first." in overview.words
    other = await room.stage.say(room.others[0], "/decide")
    assert "You have not said anything yet." in other.words and "“Choir”" not in other.words


async def test_the_tracker_is_shown_on_request_and_changes_with_the_ballot(room: Voters) -> None:
    await room.put(M.IRV)
    await room.open(room.anna)
    assert SHOW_TRACKER not in room.stage.last(room.anna).labels
    assert "no ballot of yours" in await room.forge(room.anna, ShowTracker(room.centre.id, 1))
    await room.tap(room.anna, "Choir", GIVE)
    first = await room.tap(room.anna, SHOW_TRACKER)
    assert first.startswith("Your checking code: ") and "in the list without names" in first
    signs = first.split()[3].rstrip(".")
    assert all(signs not in message.words for message in room.stage.said(room.anna))
    await room.tap(room.anna, "Undo", I_ABSTAIN)
    assert await room.tap(room.anna, SHOW_TRACKER) != first


@pytest.mark.parametrize("secrecy", [Secrecy.OPEN, Secrecy.SEALED])
async def test_without_a_published_list_there_is_no_tracker(room: Voters, secrecy: Secrecy) -> None:
    await room.put(M.MAJORITY, secrecy=secrecy)
    await room.open(room.anna)
    await room.tap(room.anna, "Yes")
    assert SHOW_TRACKER not in room.stage.last(room.anna).labels
    assert "no ballot of yours" in await room.forge(room.anna, ShowTracker(room.centre.id, 1))


@pytest.mark.parametrize("secrecy", Secrecy)
async def test_each_press_in_an_open_question_says_that_all_read_it(
    room: Voters, secrecy: Secrecy
) -> None:
    await room.put(M.MAJORITY, secrecy=secrecy)
    await room.open(room.anna)
    for answer in ("Yes", "No"):
        told = await room.tap(room.anna, answer)
        assert ("By name: all will read it." in told) is (secrecy is Secrecy.OPEN)


@pytest.mark.parametrize("secrecy", Secrecy)
async def test_what_one_said_by_name_is_found_afterwards_and_nothing_else(
    room: Voters, secrecy: Secrecy
) -> None:
    await room.put(M.MAJORITY, secrecy=secrecy)
    await room.open(room.anna)
    await room.tap(room.anna, "Yes")
    await room.stage.move(600)
    for person, knows in ((room.anna, secrecy is Secrecy.OPEN), (room.others[0], False)):
        await room.open(person)
        assert QUESTION in room.words(person)
        assert (SAID_YES in room.words(person)) is knows


async def test_whoever_took_part_finds_their_line_on_the_roll(room: Voters) -> None:
    await room.put(M.IRV)
    for person in room.others:
        await room.open(person)
        await room.tap(person, "Choir", GIVE)
    await room.stage.move(600)
    await room.open(room.others[0])
    await room.tap(room.others[0], "Was my ballot counted?")
    assert room.words(room.others[0]).startswith("Your ballot was counted.")
    await room.open(room.anna)
    assert "No ballot of yours was counted" in await room.tap(room.anna, "Was my ballot counted?")


async def test_there_is_no_roll_while_it_is_open_or_of_few(room: Voters) -> None:
    await room.put(M.IRV)
    await room.open(room.anna)
    await room.tap(room.anna, "Choir", GIVE)
    assert "no list of who took part" in await room.forge(room.anna, OnRoll(room.centre.id, 1))
    await room.stage.move(600)
    await room.open(room.anna)
    assert "Was my ballot counted?" not in room.stage.last(room.anna).labels
    assert "no list of who took part" in await room.forge(room.anna, OnRoll(room.centre.id, 1))
    assert "no list of who took part" in await room.forge(room.anna, OnRoll(room.centre.id, 99))


# -- who may not ------------------------------------------------------------------------------


async def outsider(room: Voters) -> Person:
    person = room.stage.world.person("Otto", language_code="en")
    person.join(room.group)
    return person


async def of_another_centre(room: Voters) -> Person:
    centre, group = await room.stage.centre("Casa Blu")
    return await room.stage.member(centre, group, "Paola", facilitator=True)


async def newcomer(room: Voters) -> Person:
    return await room.stage.member(room.centre, room.group, "Nina")


async def of_another_role(room: Voters) -> Person:
    return room.others[-1]


NOT_A_MEMBER = "Users, families and professionals decide here together"
WHO = [
    (outsider, {}, NOT_A_MEMBER),
    (of_another_centre, {}, NOT_A_MEMBER),
    (newcomer, {}, "It was put before you joined."),
    (newcomer, {"electorate": Electorate.NAMED}, "some members, who were named"),
    (newcomer, {"electorate": Electorate.PRESENT}, "those who were there when it was put"),
    (of_another_role, {"electorate": Electorate.USER}, "This one is for the users."),
    (newcomer, {"electorate": Electorate.USER}, "It was put before you joined."),
]


@pytest.mark.parametrize(("who", "rule", "told"), WHO)
async def test_who_may_not_reads_why_and_writes_nothing(
    room: Voters, who: Callable[[Voters], Awaitable[Person]], rule: dict[str, Any], told: str
) -> None:
    await room.put(M.IRV, **rule)
    person = await who(room)
    seen = await room.stage.start(person, "decide_1")
    assert told in seen.words
    assert not {*OPTIONS, GIVE} & {*seen.labels}
    ids = room.centre.id, 1
    for press in (Fill(*ids, "2"), Cast(*ids, "2"), ShowTracker(*ids), LeaveReason(*ids)):
        answer = await room.forge(person, press)
        assert told in answer or answer == MEMBERS_ONLY
    assert (await room.stage.rows("SELECT COUNT(*) AS n FROM ballots"))[0]["n"] == 0


async def test_after_closing_nothing_can_be_filled_in_or_given(room: Voters) -> None:
    await room.put(M.IRV)
    await room.open(room.anna)
    await room.tap(room.anna, "Choir")
    room.stage.clock.move(600)  # time is up, but nobody has counted yet
    assert "Time is up." in await room.tap(room.anna, "Trip")
    await room.stage.tick()
    ids = room.centre.id, 1
    for press in (Fill(*ids, "2"), Cast(*ids, "2"), ShowTracker(*ids), LeaveReason(*ids)):
        assert await room.forge(room.anna, press) == "This is over already."
    assert "Choir" not in room.stage.last(room.anna).labels


async def test_an_opened_ballot_loses_its_buttons_when_it_is_over(room: Voters) -> None:
    await room.put(M.IRV)
    for person in (room.anna, room.others[0]):
        await room.open(person)
    ballot = room.stage.last(room.anna)
    await room.tap(room.anna, "Choir")
    await room.forge(room.others[0], ShowMe(room.centre.id))
    places = await room.stage.rows("SELECT * FROM messages WHERE chat_id > 0")
    room.stage.clock.move(600)
    await room.stage.tick()
    assert not ballot.buttons and ballot.words
    assert room.stage.last(room.others[0]).buttons, "it is no ballot any more"
    assert await room.stage.rows("SELECT * FROM messages WHERE chat_id > 0") == places


@pytest.mark.parametrize(
    ("method", "marks"),
    [
        (M.IRV, "22"),
        (M.IRV, "4"),
        (M.IRV, "yes"),
        (M.APPROVAL, "20"),
        (M.SCORE, "6---"),
        (M.SCORE, "----9"),
        (M.DOTS, "6000"),
        (M.DOTS, "0000-"),
        (M.CONSENT, "object"),
    ],
)
async def test_made_up_marks_show_the_ballot_as_it_is(
    room: Voters, method: DecisionMethod, marks: str
) -> None:
    await room.put(method)
    await room.open(room.anna)
    assert await room.forge(room.anna, Fill(room.centre.id, 1, marks)) == OLDER_MESSAGE
    assert "You have not said anything yet." in room.words(room.anna)


@pytest.mark.parametrize(
    ("method", "choice"),
    [
        (M.IRV, "22"),
        (M.IRV, "yes"),
        (M.APPROVAL, "20"),
        (M.SCORE, "----2"),
        (M.DOTS, "6000"),
        (M.DOTS, "1000-"),
        (M.CONSENT, "yes"),
        (M.MAJORITY, ""),
        (M.MAJORITY, "0"),
    ],
)
async def test_made_up_choices_are_not_recorded(
    room: Voters, method: DecisionMethod, choice: str
) -> None:
    await room.put(method)
    await room.open(room.anna)
    assert await room.forge(room.anna, Cast(room.centre.id, 1, choice)) == OLDER_MESSAGE
    assert await room.mine(room.anna) is None


async def test_a_ballot_is_never_filled_in_before_everybody_s_eyes(room: Voters) -> None:
    await room.put(M.IRV)
    posted = room.stage.last(room.group)
    for press in (Fill(room.centre.id, 1, "2"), ShowTracker(room.centre.id, 1)):
        forged = await room.stage.forge(room.anna, posted, press.encode())
        assert forged.answer is not None
        assert forged.answer.text == PRIVATE_ONLY
    assert posted.edits == 0


async def test_an_objection_in_the_group_is_explained_in_private(room: Voters) -> None:
    """No button for it stands there; whoever makes one up is not exposed."""
    await room.put(M.CONSENT)
    posted = room.stage.last(room.group)
    await room.stage.forge(room.anna, posted, Cast(room.centre.id, 1, "object").encode())
    assert await room.choice(room.anna) == "object"
    assert "Why? Write it now" in room.words(room.anna)
    assert posted.edits == 0 and room.stage.last(room.group) is posted


@pytest.mark.parametrize("rest", ["", "x", "0", "99", "1" * 40, "-1", "1_1"])
async def test_a_link_that_leads_nowhere_says_so(room: Voters, rest: str) -> None:
    await room.put(M.IRV)
    seen = await room.stage.start(room.anna, f"decide_{rest}")
    assert "Choir" not in seen.labels and QUESTION not in seen.words


async def test_the_ballot_speaks_the_member_s_language(room: Voters) -> None:
    greta = await room.stage.member(room.centre, room.group, "Greta", language="de")
    await room.put(M.IRV)
    paper = await room.open(greta)
    assert "noch 10 Minuten" in paper.words
    told = await room.tap(greta, "Choir", "Stimmzettel abgeben")
    assert told == "Deine Reihenfolge ist notiert: zuerst „Choir“. Ändern kannst du es bis 13:10."


async def test_roles_are_those_of_the_electorate(room: Voters) -> None:
    await room.put(M.IRV, electorate=Electorate.FAMILY)
    await room.open(room.others[-1])
    await room.tap(room.others[-1], "Choir", GIVE)
    assert await room.choice(room.others[-1]) == "2"
    labels = (await room.open(room.anna)).labels
    assert labels == [HOW_IS_COUNTED, "Back"]
    assert Role.FAMILY.value == Electorate.FAMILY.value

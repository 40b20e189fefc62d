from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from kit.phrases import (
    CHAIRS_ONLY,
    FACILITATORS_ONLY,
    GIVE_A_COPY,
    OLDER_MESSAGE,
    PUT_A_QUESTION,
    PUT_TO_EVERYBODY,
)
from kit.stage import MINUTE, Stage

from assembly.choosing import Topic
from assembly.roles import Role
from assembly.rule import (
    Base,
    DecisionMethod,
    Electorate,
    Parity,
    Quorum,
    QuorumOf,
    Rule,
    Secrecy,
)
from handlers.core.navigation import PutQuestion
from handlers.decisions.presses import OpenDecision, PutAgain
from handlers.decisions.putting.presses import (
    Choose,
    PickName,
    ShowMore,
    ShowNames,
)
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import decisions, members, points, presences, sessions
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

QUESTION = "Shall we open on Saturdays from 9 to 13?"
COLOURS = "Which colour for the quiet room?\nBlue\nGreen\nYellow\nRed\nWhite"
ROLES = ("user", "user", "user", "user", "family", "family", "professional")


@dataclass
class Desk:
    """A centre of eight, where Anna and Gino facilitate."""

    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    gino: Person
    others: list[Person] = field(default_factory=list)
    presses: int = 0

    async def press(self, button: str, person: Person | None = None) -> Message:
        """Press a button of the last message in private; the message that is there then."""
        person = person or self.anna
        self.presses += 1
        return await self.stage.press_each(person, button)

    async def walk(self, *buttons: str) -> Message:
        for button in buttons:
            await self.press(button)
        return self.stage.last(self.anna)

    async def preview(self, text: str = QUESTION) -> Message:
        await self.stage.say(self.anna, "/facilitate")
        await self.press(PUT_A_QUESTION)
        return await self.stage.say(self.anna, text)

    async def put(self) -> Decision:
        """Put it; the decision that it has become."""
        await self.press(PUT_TO_EVERYBODY)
        return (await self.stage.read(decisions.open_ones, self.centre.id))[-1]

    async def second_yes(self) -> Message:
        """Gino, of another role, says yes to the list of names; the preview."""
        await self.press("Ask for a second yes")
        await self.press("Yes, these people", self.gino)
        return await self.press("See the preview")

    async def forge(self, person: Person, data: str) -> str:
        press = await self.stage.forge(person, self.stage.last(person), data)
        assert press.answer is not None
        return press.answer.text

    async def many(self, role: str, number: int) -> None:
        for n in range(number):
            await self.stage.member(self.centre, self.group, f"{role} {n}", role)


@pytest.fixture
async def desk(stage: Stage) -> Desk:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", "professional", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    names = ("Bruno", "Carla", "Dario", "Elena", "Fabio", "Hanna")
    others = [await stage.member(centre, group, name) for name in names]
    return Desk(stage, centre, group, anna, gino, others)


# -- the main line ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "method", "told"),
    [
        (
            QUESTION,
            DecisionMethod.MAJORITY,
            "Carried if more say yes than no. It counts if at least 3 of 8",
        ),
        (COLOURS, DecisionMethod.IRV, "the weakest drops out round by round"),
    ],
)
async def test_a_question_takes_at_most_four_presses(
    desk: Desk, text: str, method: DecisionMethod, told: str
) -> None:
    preview = await desk.preview(text)
    assert told in preview.words
    decision = await desk.put()
    assert desk.presses <= 4
    assert decision.rule.method is method
    assert decision.rule.quorum == Quorum(Fraction(1, 3))
    assert told in desk.stage.last(desk.group).words


async def test_options_stand_in_the_preview_and_in_the_group(desk: Desk) -> None:
    preview = await desk.preview(COLOURS)
    assert "Blue" in preview.words and "White" in preview.words
    decision = await desk.put()
    assert decision.question == "Which colour for the quiet room?"
    assert decision.rule.options == ("Blue", "Green", "Yellow", "Red", "White")
    assert "White" in desk.stage.last(desk.group).words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Why?", "at least 5 characters"),
        ("x" * 300, "up to 200 fit"),
        ("Which colour?\nBlue", "at least two"),
        ("Which colour?\nBlue\nGreen\nBLUE", "“BLUE” is there twice"),
        ("Which colour?\nBlue\n" + "x" * 61, "at most 60 characters"),
        ("Which colour?\n" + "\n".join(f"Nr {n}x" for n in range(21)), "21 options"),
    ],
)
async def test_what_does_not_fit_is_said_and_can_be_typed_again(
    desk: Desk, text: str, said: str
) -> None:
    assert said in (await desk.preview(text)).words
    preview = await desk.stage.say(desk.anna, QUESTION)
    assert "This is how the group will see it:" in preview.words


async def test_other_words_keep_the_options(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.press("Other words")
    preview = await desk.stage.say(desk.anna, "Which colour for the hall?")
    assert "Which colour for the hall?" in preview.words and "Yellow" in preview.words
    await desk.press("Other words")
    preview = await desk.stage.say(desk.anna, "Which two delegates?\nAnna\nBruno\nCarla")
    assert "2 are elected" in preview.words and "Yellow" not in preview.words


async def test_a_half_written_question_is_not_thrown_away_unasked(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.stage.say(desk.anna, "/facilitate")
    asked = await desk.press(PUT_A_QUESTION)
    assert "You have begun this, and it is not sent yet:" in asked.words
    assert "Which colour for the quiet room?" in asked.words
    preview = await desk.press("Go on with it")
    assert "This is how the group will see it:" in preview.words and "Yellow" in preview.words
    await desk.stage.say(desk.anna, "/facilitate")
    await desk.walk(PUT_A_QUESTION, "Let it go")
    assert "What should be decided?" in desk.stage.last(desk.anna).words
    preview = await desk.stage.say(desk.anna, QUESTION)
    assert QUESTION in preview.words and "Yellow" not in preview.words


async def test_where_nothing_is_written_nothing_is_asked_first(desk: Desk) -> None:
    for _ in range(2):
        await desk.stage.say(desk.anna, "/facilitate")
        assert "What should be decided?" in (await desk.press(PUT_A_QUESTION)).words


async def test_a_point_does_not_take_the_half_written_question_s_place_unasked(desk: Desk) -> None:
    assembly_id = await gather(desk, title="Longer opening hours")
    [point] = await desk.stage.read(points.items, assembly_id)
    await desk.preview()
    await desk.forge(desk.anna, PutQuestion(desk.centre.id, point.id).encode())
    assert QUESTION in desk.stage.last(desk.anna).words
    preview = await desk.press("Let it go")
    assert "Longer opening hours" in preview.words and QUESTION not in preview.words
    assert (await desk.put()).item_id == point.id


async def test_a_small_centre_is_told_that_little_can_be_told(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    for name in ("Bruno", "Carla"):
        await stage.member(centre, group, name)
    desk = Desk(stage, centre, group, anna, anna)
    preview = await desk.preview()
    assert "only the outcome will be told. In so small a group others may guess" in preview.words
    assert "Put it by name" not in preview.labels  # nobody gives reasons here
    assert (await desk.put()).rule.secrecy is Secrecy.SEALED
    assert "others may guess" in stage.last(group).words


async def test_among_two_only_open_says_truly_who_sees_what(stage: Stage) -> None:
    """The outcome would tell each what the other said; open is chosen, never settled by the way."""
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await stage.member(centre, group, "Bruno")
    desk = Desk(stage, centre, group, anna, anna)
    preview = await desk.preview()
    assert "With fewer than 3 people" in preview.words
    assert PUT_TO_EVERYBODY not in preview.labels
    assert await desk.forge(anna, OpenDecision(centre.id, "").encode())
    assert stage.said(group) == []
    preview = await desk.press("Do that instead")
    assert "By name: at the end" in preview.words
    assert (await desk.put()).rule.secrecy is Secrecy.OPEN


async def test_where_few_object_open_is_offered(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    for name in ("Bruno", "Carla"):
        await stage.member(centre, group, name)
    desk = Desk(stage, centre, group, anna, anna)
    await desk.preview()
    preview = await desk.walk("More", "How it is decided", "Consent", "See the preview")
    assert "nobody can read the reasons" in preview.words
    preview = await desk.press("Put it by name")
    assert "nobody can read the reasons" not in preview.words
    found = (await desk.put()).rule
    assert (found.method, found.secrecy) == (DecisionMethod.CONSENT, Secrecy.OPEN)


# -- more -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("buttons", "rule"),
    [
        (("How it is decided", "Consent"), Rule(DecisionMethod.CONSENT)),
        (("How much is enough", "Two thirds"), Rule(threshold=Fraction(2, 3))),
        (("How much is enough", "More than half of all who can"), Rule(base=Base.ENTITLED)),
        (("Out of whom", "Yes, no and abstentions"), Rule(base=Base.YES_NO_ABSTAIN)),
        (("Who can take part", "Users of the service"), Rule(electorate=Electorate.USER)),
        (("Secret or by name", "By name"), Rule(secrecy=Secrecy.OPEN)),
        (("How many must take part", "Half"), Rule(quorum=Quorum(Fraction(1, 2)))),
        (("How many must take part", "Nobody has to"), Rule(quorum=Quorum())),
        (
            ("Secret or by name", "By name", "How many must take part", "In each role, too"),
            Rule(quorum=Quorum(Fraction(1, 3), each_role=True), secrecy=Secrecy.OPEN),
        ),
    ],
)
async def test_what_is_chosen_is_what_is_put(
    desk: Desk, buttons: tuple[str, ...], rule: Rule
) -> None:
    await desk.preview()
    await desk.walk("More", *buttons, "See the preview")
    found = (await desk.put()).rule
    if rule.quorum == Quorum() and "Nobody has to" not in buttons:
        rule = Rule(
            rule.method,
            threshold=rule.threshold,
            base=rule.base,
            electorate=rule.electorate,
            secrecy=rule.secrecy,
            quorum=Quorum(Fraction(1, 3)),
        )
    assert found == rule


async def test_only_methods_that_fit_are_offered(desk: Desk) -> None:
    await desk.preview(COLOURS)
    menu = await desk.walk("More", "How it is decided")
    assert "✓ Instant runoff" in menu.labels and "Majority" not in menu.labels
    more = await desk.press("Scottish STV")
    assert "How many are chosen" in more.labels
    await desk.walk("How many are chosen", "3", "See the preview")
    decision = await desk.put()
    assert (decision.rule.method, decision.rule.seats) == (DecisionMethod.STV_SCOTTISH, 3)


async def test_dots_can_be_typed(desk: Desk) -> None:
    await desk.preview("How do we spend the money?\nTrips\nPaint\nBooks")
    await desk.walk("More", "How many dots each has")
    said = await desk.stage.say(desk.anna, "twelve")
    assert "That can’t be taken here." in said.words
    more = await desk.stage.say(desk.anna, "12")
    assert "12 dots" in more.words
    await desk.press("See the preview")
    assert (await desk.put()).rule.dots == 12


async def test_a_threshold_and_a_quorum_can_be_typed(desk: Desk) -> None:
    await desk.preview()
    await desk.walk("More", "How much is enough")
    more = await desk.stage.say(desk.anna, "3/5")
    assert "at least 3/5 of those who say yes or no say yes" in more.words
    await desk.press("How much is enough")
    refused = await desk.stage.say(desk.anna, "1/3")
    assert "between one half and all" in refused.words
    await desk.walk("Back", "Back", "How many must take part")
    more = await desk.stage.say(desk.anna, "5")
    assert "at least 5 of 8 take part" in more.words
    await desk.press("How many must take part")
    refused = await desk.stage.say(desk.anna, "9")
    assert "there are fewer" in refused.words and "8 of 8" in refused.words
    preview = await desk.press("Do that instead")
    assert "at least 8 of 8 take part" in preview.words
    rule = (await desk.put()).rule
    assert (rule.threshold, rule.quorum.number) == (Fraction(3, 5), 8)


async def test_options_can_be_written_anew_and_taken_away(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.walk("More", "The options")
    said = await desk.stage.say(desk.anna, "Blue\nblue")
    assert "is there twice" in said.words
    await desk.stage.say(desk.anna, "- Blue\n- Grey")
    preview = await desk.press("See the preview")
    assert "Grey" in preview.words and "White" not in preview.words
    await desk.walk("More", "The options", "Without options", "See the preview")
    assert (await desk.put()).rule.method is DecisionMethod.MAJORITY


async def test_a_role_rule_needs_five_in_each_role(desk: Desk) -> None:
    await desk.preview()
    refused = await desk.walk("More", "How the roles weigh", "Each role has to agree")
    assert "fewer than 5 people" in refused.words and "Possible is: Carried" in refused.words
    assert "each role" not in (await desk.press("Do that instead")).words
    await desk.many("family", 4)
    await desk.many("professional", 4)
    preview = await desk.walk(
        "More", "How the roles weigh", "Each role has to agree", "See the preview"
    )
    assert "• the same holds in each role\n" in preview.words
    assert (await desk.put()).rule.parity is Parity.EACH_ROLE


async def test_one_role_of_few_is_not_secret(desk: Desk) -> None:
    await desk.preview()
    refused = await desk.walk("More", "Who can take part", "Family members")
    assert "With fewer than 3 people" in refused.words
    await desk.many("family", 2)
    refused = await desk.walk("Back", "Family members")
    assert "With fewer than 5 people nothing can be secret" in refused.words
    preview = await desk.press("Do that instead")
    assert "only the outcome will be told" in preview.words
    preview = await desk.walk("More", "Who can take part", "All members", "See the preview")
    assert "Nobody here sees how you vote." in preview.words


async def test_names_are_chosen(desk: Desk) -> None:
    await desk.preview()
    names = await desk.walk("More", "Who can take part", "Chosen by name")
    assert names.labels == [
        "Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gino", "Hanna", "Back",
    ]  # fmt: skip
    names = await desk.walk("Anna", "Bruno")
    assert names.labels[:3] == ["✓ Anna", "✓ Bruno", "Carla"]
    preview = await desk.walk("Back", "See the preview")
    assert "With fewer than 3 people" in preview.words
    assert PUT_TO_EVERYBODY not in preview.labels
    await desk.walk("More", "Choose the names", "Carla", "Dario", "Elena", "✓ Anna", "Fabio")
    preview = await desk.walk("Back", "See the preview")
    assert "5 people can take part, chosen by name." in preview.words
    await desk.second_yes()
    decision = await desk.put()
    assert (decision.electorate, decision.rule.electorate) == (5, Electorate.NAMED)


async def test_all_else_can_be_chosen_before_the_names(desk: Desk) -> None:
    await desk.preview()
    more = await desk.walk(
        "More", "Who can take part", "Chosen by name", "Back", "How many must take part", "Half"
    )
    assert "Choose the names" in more.labels and "Press the names" not in more.words
    names = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio")
    await desk.walk("Choose the names", *names, "Back", "See the preview")
    await desk.second_yes()
    assert (await desk.put()).rule.quorum == Quorum(Fraction(1, 2))


async def test_a_quorum_in_each_role_needs_five_in_each_role(desk: Desk) -> None:
    """That it was missed would tell that the one professional took no part."""
    await desk.preview()
    refused = await desk.walk("More", "How many must take part", "In each role, too")
    assert "fewer than 5 people" in refused.words
    assert "of each role" not in (await desk.press("Do that instead")).words
    assert not (await desk.put()).rule.quorum.each_role


async def test_without_names_nothing_is_put(desk: Desk) -> None:
    await desk.preview()
    preview = await desk.walk(
        "More", "Who can take part", "Chosen by name", "Back", "See the preview"
    )
    assert "Nobody is chosen yet" in preview.words
    assert PUT_TO_EVERYBODY not in preview.labels
    said = await desk.forge(desk.anna, OpenDecision(desk.centre.id, "").encode())
    assert said == "Who can take part has changed. Look again."
    assert len(desk.stage.said(desk.group)) == 0


async def test_a_button_puts_what_stands_above_it(desk: Desk) -> None:
    """Not the question that took its place since, nor other terms."""
    older = await desk.preview("Shall we paint the room blue?")
    newer = await desk.preview("Shall we paint the room red?")
    press = await desk.stage.press(desk.anna, older, PUT_TO_EVERYBODY)
    assert press.answer is not None
    assert press.answer.text == OLDER_MESSAGE
    assert desk.stage.last(desk.anna).words == newer.words
    assert len(desk.stage.said(desk.group)) == 0
    assert (await desk.put()).question == "Shall we paint the room red?"


async def test_the_lot_is_fixed_from_the_beginning(desk: Desk) -> None:
    await desk.preview(COLOURS)
    more = await desk.press("More")
    commitment = more.words.split()[-1]
    assert len(commitment) == 64
    await desk.walk("The options", "Back", "See the preview")
    assert (await desk.put()).lot.commitment == commitment


async def test_my_copy_does_not_tell_the_seed(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.stage.say(desk.anna, "/me")
    copy = await desk.press(GIVE_A_COPY)
    file = desk.stage.file(copy)
    with ZipFile(BytesIO(file.data)) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".json")]
        [half] = json.loads(archive.read(name))["half_written"]
    assert half["content"]["text"] == "Which colour for the quiet room?"
    assert half["content"]["seed"] == ""


# -- those present ----------------------------------------------------------------------------


async def gather(desk: Desk, *names: str, title: str | None = None) -> int:
    """An assembly is open, about this title, and these say that they are there; its id."""
    stage, people = desk.stage, {each.first_name: each for each in (desk.anna, *desk.others)}
    proposed = []
    if title is not None:
        author = people["Bruno"]
        proposed = [(await stage.propose(desk.centre, author, title, named=False), title)]
    assembly = await stage.convene(
        desk.centre, desk.anna, MINUTE, place="Via Roma 12", points=proposed, begun=True
    )
    for name in names:
        await stage.write(
            presences.say,
            centre_id=desk.centre.id,
            assembly_id=assembly.id,
            member_id=await stage.member_id(desk.centre, people[name]),
            here=True,
        )
    return assembly.id


async def test_those_present_are_asked(desk: Desk) -> None:
    await gather(desk, "Anna", "Bruno", "Carla", "Dario", "Elena")
    await desk.preview()
    menu = await desk.walk("More", "Who can take part")
    assert "Those present" in menu.labels
    preview = await desk.walk("Those present", "See the preview")
    assert "The 5 who are here now can take part." in preview.words
    decision = await desk.put()
    assert decision.electorate == 5 and sum(decision.entitled.values()) == 5
    assert decision.present is not None and sum(decision.present.values()) == 5


async def test_a_quorum_of_those_present(desk: Desk) -> None:
    await gather(desk, "Anna", "Bruno", "Carla")
    await desk.preview()
    await desk.walk("More", "How many must take part", "Of those present")
    preview = await desk.press("See the preview")
    assert "at least a third of those present takes part" in preview.words
    assert (await desk.put()).rule.quorum.of is QuorumOf.PRESENT


async def test_present_is_who_is_there_and_can_take_part(desk: Desk) -> None:
    """Anna is there, and what only users of the service decide needs none of her."""
    await gather(desk, "Anna", "Bruno", "Carla", "Dario")
    await desk.preview()
    await desk.walk("More", "Who can take part", "Users of the service")
    await desk.walk("How many must take part", "Of those present", "See the preview")
    present = (await desk.put()).present
    assert present is not None and present[Role.USER] == sum(present.values()) == 3


async def test_nobody_who_can_take_part_is_present(desk: Desk) -> None:
    await gather(desk, "Anna")
    await desk.preview()
    await desk.walk("More", "Who can take part", "Users of the service")
    preview = await desk.walk("How many must take part", "Of those present", "See the preview")
    assert "Nobody can take part like this." in preview.words
    assert PUT_TO_EVERYBODY not in preview.labels


async def test_nobody_is_present_where_no_assembly_is_open(desk: Desk) -> None:
    await gather(desk)  # open, but nobody has said that they are there
    await desk.preview()
    menu = await desk.walk("More", "Who can take part")
    assert "Those present" not in menu.labels and "✓ All members" in menu.labels


async def test_an_assembly_that_closes_meanwhile_has_nobody_present(desk: Desk) -> None:
    assembly_id = await gather(desk, "Anna", "Bruno", "Carla", "Dario", "Elena")
    await desk.preview()
    preview = await desk.walk("More", "Out of whom", "All who are present", "See the preview")
    assert PUT_TO_EVERYBODY in preview.labels
    await desk.stage.write(sessions.close, desk.centre.id, assembly_id, desk.stage.now)
    preview = await desk.press(PUT_TO_EVERYBODY)
    assert "Nobody can take part like this." in preview.words
    assert PUT_TO_EVERYBODY not in preview.labels
    assert len(desk.stage.said(desk.group)) == 0


# -- restarts, others, made-up presses --------------------------------------------------------


async def test_a_restart_in_the_middle_loses_nothing(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.walk("More", "How it is decided", "Schulze", "How many must take part")
    await desk.stage.restart()
    more = await desk.stage.say(desk.anna, "4")
    assert "Schulze" in more.words and "4 of 8" in more.words
    await desk.stage.restart()
    await desk.press("See the preview")
    rule = (await desk.put()).rule
    assert (rule.method, rule.quorum.number) == (DecisionMethod.SCHULZE, 4)


async def test_two_facilitators_prepare_two_questions(desk: Desk) -> None:
    await desk.preview(COLOURS)
    await desk.stage.say(desk.gino, "/facilitate")
    await desk.press(PUT_A_QUESTION, desk.gino)
    await desk.stage.say(desk.gino, QUESTION)
    await desk.walk("More", "How it is decided", "Schulze", "See the preview")
    await desk.press(PUT_TO_EVERYBODY, desk.gino)
    await desk.put()
    found = await desk.stage.read(decisions.open_ones, desk.centre.id)
    assert {each.rule.method for each in found} == {DecisionMethod.MAJORITY, DecisionMethod.SCHULZE}


async def test_a_member_chooses_nothing(desk: Desk) -> None:
    await desk.preview()
    bruno = await desk.stage.member(desk.centre, desk.group, "Zita")
    await desk.stage.say(bruno, "/decide")
    centre_id = desk.centre.id
    for press in (
        ShowMore(centre_id),
        Choose(centre_id, Topic.METHOD, "consent", nearest=False),
        PickName(centre_id, 1, True, 0),
        ShowNames(centre_id, 0),
        PutAgain(centre_id, 1),
        PutQuestion(centre_id, 0),
    ):
        assert await desk.forge(bruno, press.encode()) in (FACILITATORS_ONLY, CHAIRS_ONLY)


@pytest.mark.parametrize("wish", ["borda", "irv", "", "1/0", "present", "n99999"])
async def test_made_up_wishes_change_nothing(desk: Desk, wish: str) -> None:
    await desk.preview()
    for topic in Topic:
        if wish == "present" and topic not in (Topic.BASE, Topic.ELECTORATE, Topic.QUORUM):
            continue
        data = Choose(desk.centre.id, topic, wish, nearest=False).encode()
        assert "older message" in await desk.forge(desk.anna, data)
    await desk.stage.say(desk.anna, QUESTION)
    assert (await desk.put()).rule == Rule(quorum=Quorum(Fraction(1, 3)))


async def test_a_stranger_can_not_be_named(desk: Desk) -> None:
    other, other_group = await desk.stage.centre("Casa Blu")
    hugo = await desk.stage.member(other, other_group, "Hugo")
    found = await desk.stage.read(members.find, other.id, hugo.id)
    assert found is not None
    await desk.preview()
    await desk.forge(desk.anna, PickName(desk.centre.id, found.id, True, 0).encode())
    assert "0 are chosen." in desk.stage.last(desk.anna).words


async def test_what_is_gone_is_gone(desk: Desk) -> None:
    await desk.preview()
    await desk.put()
    said = await desk.forge(desk.anna, ShowMore(desk.centre.id).encode())
    assert said == "This question was put or left already."


@pytest.mark.parametrize(
    ("title", "method"),
    [
        ("Longer opening hours", DecisionMethod.MAJORITY),
        ("Which colour: blue, green or red?", DecisionMethod.IRV),
        ("Are there objections to the new rules?", DecisionMethod.CONSENT),
    ],
)
async def test_a_point_s_title_becomes_the_question(
    desk: Desk, title: str, method: DecisionMethod
) -> None:
    assembly_id = await gather(desk, title=title)
    [point] = await desk.stage.read(points.items, assembly_id)
    await desk.stage.say(desk.anna, "/facilitate")
    await desk.forge(desk.anna, PutQuestion(desk.centre.id, point.id).encode())
    decision = await desk.put()
    assert (decision.rule.method, decision.item_id) == (method, point.id)

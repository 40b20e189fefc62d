"""A helper's ballot: who may enter whose, once; and everybody who may not."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import dataclass

import pytest
from kit.putting import HOUR, QUESTION, put, said
from kit.stage import Stage

from assembly.counting.table import REASONED
from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.core.navigation import SeeDecision
from handlers.decisions.ballots.helping_presses import (
    AcceptHelp,
    CastFor,
    FillFor,
    LetHelp,
    MakeHelpLink,
)
from handlers.decisions.presses import CancelDecision, Cast
from handlers.profile.presses import Erase, Leave
from sandbox.chats import Message
from sandbox.people import Person
from storage.centres import Centre
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

NAMES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fiona")
ENDED = "This link is not good any more."
OPTIONS = ("Bread", "Cake", "Soup")


@dataclass
class Hall:
    """A centre with six members and a question; Fiona facilitates. It is 13:00 in Rome."""

    stage: Stage
    centre: Centre
    decision: Decision
    people: list[Person]

    def __getattr__(self, name: str) -> Person:
        return self.people[NAMES.index(name.capitalize())]

    async def press(self, person: Person, button: str) -> Message:
        await self.stage.press(person, self.stage.last(person), button)
        return self.stage.last(person)

    async def forge(self, person: Person, data: str) -> Message:
        await self.stage.forge(person, await self.stage.start(person), data)
        return self.stage.last(person)

    async def link(self, person: Person, decision: Decision | None = None) -> str:
        """The link that somebody makes for a helper."""
        chosen = decision or self.decision
        await self.forge(person, MakeHelpLink(self.centre.id, chosen.id).encode())
        words = self.stage.last(person).words
        return next(word for word in words.split() if word.startswith("https://"))

    async def accept(self, helper: Person, link: str) -> Message:
        await self.stage.open_link(helper, link)
        return await self.press(helper, "I'll help")

    async def said(self, person: Person) -> str | None:
        mine = await said(self.stage, self.decision, person.id)
        return mine.choice if mine else None

    def buttons(self, person: Person) -> list[str]:
        """What the buttons of somebody's last message carry."""
        return [button.data for button in self.stage.last(person).buttons if button.data]


async def gather(stage: Stage, rule: Rule | None = None) -> Hall:
    centre, group = await stage.centre()
    people = [
        await stage.member(centre, group, name, facilitator=name == "Fiona") for name in NAMES
    ]
    return Hall(stage, centre, await put(stage, centre, rule=rule), people)


@pytest.fixture
async def hall(stage: Stage) -> Hall:
    return await gather(stage)


def token_of(link: str) -> str:
    return link.partition("help_")[2]


async def test_a_helper_enters_a_ballot_and_the_member_hears_of_it(hall: Hall) -> None:
    stage, anna, carla = hall.stage, hall.anna, hall.carla
    await hall.forge(anna, SeeDecision(hall.centre.id, hall.decision.id).encode())
    meaning = await hall.press(anna, "Let somebody help me")
    assert meaning.words == (
        f"{QUESTION}\n\nSomebody of your choice enters your ballot on their phone, once.\n"
        "They will know your ballot. Nobody else will.\n"
        "You hear when it is done, and can change it until 14:00.\n"
        "Nobody helps more than two people with one question."
    )
    made = await hall.press(anna, "Make a link")
    assert made.is_media
    link = next(word for word in made.words.split() if word.startswith("https://"))

    asked = await stage.open_link(carla, link)
    assert asked.words.startswith(f"Anna asks you to help with a ballot.\n{QUESTION}\n")
    assert "The ballot is secret from all but Anna and you. Keep it to yourself." in asked.words
    paper = await hall.press(carla, "I'll help")
    assert paper.words.startswith("You are helping Anna.\nThe ballot is secret from all but Anna")
    assert "You have not said anything yet." not in paper.words
    assert paper.labels == ["Yes", "No", "I abstain", "Back"]
    done = await hall.press(carla, "No")
    assert "The ballot of Anna is entered. Thank you." in done.words
    assert await hall.said(anna) == "no"
    assert await hall.said(carla) is None

    told = stage.last(anna)
    assert told.words == (
        f"{QUESTION}\nYour ballot was entered with the help of Carla.\n"
        "You can change it until 14:00."
    )
    own = await hall.press(anna, "See my ballot")
    assert "You said no." in own.words
    await hall.press(anna, "Yes")
    assert await hall.said(anna) == "yes"


async def test_nothing_of_it_names_anybody_in_the_database(hall: Hall) -> None:
    """No row of the outbox, no id and no moment: only the marks of updates say when."""

    def rows() -> dict[str, list[tuple[object, ...]]]:
        base = sqlite3.connect(f"file:{hall.stage.folder / 'voci.db'}?mode=ro", uri=True)
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {
            name: base.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in names
            if name not in ("updates", "sqlite_sequence")
        }
        base.close()
        return tables

    before = rows()
    link = await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    await hall.press(hall.carla, "Yes")
    after = rows()
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {"helpings", "ballots"}
    ids = {person.id for person in hall.people} | {*range(1, 7)}
    [(decision_id, *values)] = after["helpings"]
    assert decision_id == hall.decision.id
    assert not ids & {value for value in values[:-1] if isinstance(value, int)}
    assert token_of(link) not in str(after)


@pytest.mark.parametrize(
    ("method", "taps", "choice"),
    [
        (DecisionMethod.APPROVAL, ["☐ Cake", "Give this ballot"], "1"),
        (DecisionMethod.SCHULZE, ["Soup", "Bread", "Undo", "Cake", "Give this ballot"], "21"),
        (DecisionMethod.SCORE, ["Bread", "4", "Give this ballot"], "4--"),
        (DecisionMethod.DOTS, ["Bread", "1 · Bread", "Give this ballot"], "200"),
        (DecisionMethod.CONSENT, ["I object"], "object"),
        (DecisionMethod.CONSENSUS, ["I stand aside"], "aside"),
    ],
)
async def test_every_kind_of_ballot_can_be_entered(
    stage: Stage, method: DecisionMethod, taps: list[str], choice: str
) -> None:
    words = method in (DecisionMethod.CONSENT, DecisionMethod.CONSENSUS)
    rule = Rule(method=method, options=() if words else OPTIONS, dots=3)
    hall = await gather(stage, rule)
    await hall.accept(hall.carla, await hall.link(hall.anna))
    for tap in taps[:-1]:
        paper = await hall.press(hall.carla, tap)
        assert paper.words.startswith("You are helping Anna.")
    await hall.press(hall.carla, taps[-1])
    assert await hall.said(hall.anna) == choice
    assert await hall.said(hall.carla) is None
    told = "You can write why" in stage.last(hall.anna).words
    assert told is (choice in REASONED)
    await stage.say(hall.carla, "This is no reason for anything")
    mine = await said(stage, hall.decision, hall.anna.id)
    assert mine is not None and mine.reason == "" and not mine.awaits_reason


async def test_help_is_offered_once(hall: Hall) -> None:
    see = SeeDecision(hall.centre.id, hall.decision.id).encode()
    link = await hall.link(hall.anna)
    assert "Let somebody help me" in (await hall.forge(hall.anna, see)).labels
    await hall.accept(hall.carla, link)
    await hall.press(hall.carla, "Yes")
    assert "Let somebody help me" not in (await hall.forge(hall.anna, see)).labels
    await hall.stage.open_link(hall.dario, link)
    ended = hall.stage.last(hall.dario)
    assert ENDED in ended.words and ended.labels == ["Home"]


async def test_the_helper_does_not_see_what_was_given_before(hall: Hall) -> None:
    await hall.forge(hall.anna, Cast(hall.centre.id, hall.decision.id, "no").encode())
    paper = await hall.accept(hall.carla, await hall.link(hall.anna))
    assert "You said" not in paper.words


async def test_openly_decided_it_says_so(stage: Stage) -> None:
    hall = await gather(stage, Rule(secrecy=Secrecy.OPEN))
    meaning = await hall.forge(hall.anna, LetHelp(hall.centre.id, hall.decision.id).encode())
    assert "at closing it is told with your name." in meaning.words
    assert "Nobody else will." not in meaning.words
    paper = await hall.accept(hall.carla, await hall.link(hall.anna))
    assert "secret" not in paper.words.split("\n\n")[0]


async def test_the_link_works_once(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    for person in (hall.bruno, hall.dario):
        assert (await hall.stage.open_link(person, link)).words.startswith(ENDED)
        forged = AcceptHelp(hall.centre.id, token_of(link)).encode()
        assert (await hall.forge(person, forged)).words.startswith(ENDED)
    again = await hall.stage.open_link(hall.carla, link)
    assert again.words.startswith("You are helping Anna.")  # the helper finds the ballot again
    cast = next(data for data in hall.buttons(hall.carla) if data.startswith(CastFor.tag))
    await hall.press(hall.carla, "No")
    assert (await hall.stage.open_link(hall.carla, link)).words.startswith(ENDED)
    assert (await hall.forge(hall.carla, cast.replace("no", "yes"))).words.startswith(ENDED)
    assert await hall.said(hall.anna) == "no"


async def test_not_for_an_outsider_nor_for_another_centre(hall: Hall) -> None:
    stage = hall.stage
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    zoe = stage.world.person("Zoe")
    link = await hall.link(hall.anna)
    for person in (hugo, zoe):
        shown = await stage.open_link(person, link)
        assert "Anna" not in shown.words and QUESTION not in shown.words
        for centre in (hall.centre, other):
            forged = await hall.forge(person, AcceptHelp(centre.id, token_of(link)).encode())
            assert "Anna" not in forged.words and QUESTION not in forged.words
    await hall.accept(hall.carla, link)
    buttons = [data for data in hall.buttons(hall.carla) if data.startswith(CastFor.tag)]
    for data in buttons:
        for forged_data in (data, data.replace(f":{hall.centre.id}:", f":{other.id}:", 1)):
            await hall.forge(hugo, forged_data)
            await hall.forge(zoe, forged_data)
    assert await hall.said(hall.anna) is None


async def test_not_for_oneself(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    words = "This link is for whoever helps you: pass it on to them."
    assert words in (await hall.stage.open_link(hall.anna, link)).words
    forged = AcceptHelp(hall.centre.id, token_of(link)).encode()
    assert words in (await hall.forge(hall.anna, forged)).words
    await hall.accept(hall.carla, link)  # it is still good


async def test_a_third_member_is_too_many_for_one_helper(hall: Hall) -> None:
    for member in (hall.anna, hall.bruno):
        await hall.accept(hall.carla, await hall.link(member))
        await hall.press(hall.carla, "Yes")
    link = await hall.link(hall.dario)
    await hall.stage.open_link(hall.carla, link)
    shown = await hall.press(hall.carla, "I'll help")
    assert "You help two people with this question already." in shown.words
    assert hall.buttons(hall.carla) == [f"home:{hall.centre.id}"]
    await hall.accept(hall.elena, link)
    other = await put(hall.stage, hall.centre)
    await hall.accept(hall.carla, await hall.link(hall.dario, other))  # another question


@pytest.mark.parametrize("end", ["closed", "cancelled", "time"])
async def test_once_it_is_over_nothing_is_entered(hall: Hall, end: str) -> None:
    stage = hall.stage
    unused, link = await hall.link(hall.bruno), await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    buttons = hall.buttons(hall.carla)
    if end == "closed":
        await stage.move(HOUR)
    elif end == "time":
        stage.clock.move(HOUR)  # over, and not counted yet
    else:
        await hall.forge(hall.fiona, CancelDecision(hall.centre.id, hall.decision.id).encode())
        await stage.say(hall.fiona, "The offer has gone")
        await stage.press(hall.fiona, stage.last(hall.fiona), "Cancel it")
    for data in buttons:
        if data.startswith((CastFor.tag, FillFor.tag)):
            assert (await hall.forge(hall.carla, data)).words.startswith(ENDED)
    for each in (unused, link):
        assert (await stage.open_link(hall.dario, each)).words.startswith(ENDED)
    await stage.tick()
    async with stage.voci.database.reading() as tx:
        assert await tx.statement("SELECT * FROM helpings") == []


async def test_the_member_has_left_or_is_erased(hall: Hall) -> None:
    now = int(hall.stage.clock.now())
    for member, leave in ((hall.anna, Leave), (hall.bruno, Erase)):
        link = await hall.link(member)
        await hall.accept(hall.carla, link)
        data = hall.buttons(hall.carla)[0]
        await hall.forge(member, leave(hall.centre.id, now).encode())
        assert (await hall.forge(hall.carla, data)).words.startswith(ENDED)
        assert (await hall.stage.open_link(hall.dario, link)).words.startswith(ENDED)


@pytest.mark.parametrize("leave", [Leave, Erase])
async def test_the_helper_has_left_or_is_erased(
    hall: Hall, leave: type[Leave] | type[Erase]
) -> None:
    now = int(hall.stage.clock.now())
    link = await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    data = hall.buttons(hall.carla)[0]
    await hall.forge(hall.carla, leave(hall.centre.id, now).encode())
    await hall.forge(hall.carla, data)
    assert await hall.said(hall.anna) is None
    new = await hall.link(hall.anna)  # she asks somebody else
    await hall.accept(hall.dario, new)
    await hall.press(hall.dario, "Yes")
    assert await hall.said(hall.anna) == "yes"


async def test_whoever_gives_it_themselves_ends_the_link(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    data = next(each for each in hall.buttons(hall.carla) if each.endswith("no"))
    await hall.forge(hall.anna, Cast(hall.centre.id, hall.decision.id, "yes").encode())
    assert (await hall.forge(hall.carla, data)).words.startswith(ENDED)
    assert await hall.said(hall.anna) == "yes"


async def test_presses_that_were_tampered_with(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    await hall.accept(hall.carla, link)
    cast = next(each for each in hall.buttons(hall.carla) if each.startswith(CastFor.tag))
    _, centre_id, ref, _ = cast.split(":")
    token = token_of(link)
    for data in (
        *(f"hpc:{centre_id}:{ref}:{choice}" for choice in ("", "maybe", "0", "YES")),
        *(f"hpc:{centre_id}:{other}:yes" for other in ("", ref[:-1], "0" * 16, "%", token)),
        *(f"hpf:{centre_id}:{other}:" for other in ("", ref[:-1], "0" * 16)),
        *(f"hpf:{centre_id}:{ref}:{marks}" for marks in ("0", "zzz", "9-")),
        *(f"hpa:{centre_id}:{other}" for other in ("", token[:-1], "%", ref)),
        *(f"hpm:{centre_id}:{number}" for number in (0, -1, 999)),
        *(f"hpw:{centre_id}:{number}" for number in (0, -1, 999)),
    ):
        await hall.forge(hall.carla, data)
        await hall.forge(hall.dario, data)
    assert await hall.said(hall.anna) is None
    await hall.forge(hall.dario, cast)  # the right button in the wrong hands
    assert await hall.said(hall.anna) is None
    await hall.forge(hall.carla, cast)
    assert await hall.said(hall.anna) == "yes"


async def test_a_restart_in_between_changes_nothing(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    await hall.stage.restart()
    await hall.accept(hall.carla, link)
    await hall.stage.restart()
    await hall.press(hall.carla, "Yes")
    assert await hall.said(hall.anna) == "yes"


async def test_two_helpers_press_at_once(hall: Hall) -> None:
    link = await hall.link(hall.anna)
    helpers = (hall.bruno, hall.carla, hall.dario, hall.elena)
    for helper in helpers:
        await hall.stage.open_link(helper, link)
    pressed = [helper.press(hall.stage.last(helper), "I'll help") for helper in helpers]
    await asyncio.gather(*(each.answered() for each in pressed))
    await hall.stage.settle()
    words = [hall.stage.last(helper).words for helper in helpers]
    assert sum(each.startswith("You are helping Anna.") for each in words) == 1
    assert sum(each.startswith(ENDED) for each in words) == 3


async def test_entered_once_there_is_no_second_helper(hall: Hall) -> None:
    await hall.accept(hall.carla, await hall.link(hall.anna))
    await hall.press(hall.carla, "Yes")
    for press in (LetHelp, MakeHelpLink):
        shown = await hall.forge(hall.anna, press(hall.centre.id, hall.decision.id).encode())
        assert "Your ballot was entered with help already. That is possible once." in shown.words


async def test_whoever_joined_later_gets_no_link(hall: Hall) -> None:
    stage = hall.stage
    later = stage.world.person("Gina")
    later.start(stage.bot)
    await stage.settle()
    await stage.enrol(hall.centre, later, "user", facilitator=False, language="en")
    for press in (LetHelp, MakeHelpLink):
        shown = await hall.forge(later, press(hall.centre.id, hall.decision.id).encode())
        assert "https://" not in shown.words and "Make a link" not in shown.labels


async def test_one_s_own_copy_says_it_to_oneself_alone(hall: Hall) -> None:
    async def told(person: Person) -> tuple[str, int]:
        message = await hall.stage.say(person, "/me")
        await hall.stage.press(person, message, "Give me a copy")
        document = hall.stage.last(person).content["document"]
        [decision] = json.loads(hall.stage.world.files.get(document["file_id"]).data)[
            "open_decisions"
        ]
        return decision["help_with_my_ballot"], decision["ballots_i_help_with"]

    assert await told(hall.anna) == ("none", 0)
    link = await hall.link(hall.anna)
    assert await told(hall.anna) == ("link made", 0)
    asked = await hall.accept(hall.bruno, link)
    assert (await told(hall.anna), await told(hall.bruno)) == (("accepted", 0), ("none", 1))
    await hall.stage.press(hall.bruno, asked, "Yes")
    assert (await told(hall.anna), await told(hall.carla)) == (("entered", 0), ("none", 0))

"""A helper's ballot: who may enter whose, once; and everybody who may not."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass

import pytest
from kit.centre_rows import QUESTION
from kit.own_copy import read_copy
from kit.phrases import CANCEL_THE_QUESTION, GIVE_A_COPY, I_ABSTAIN, I_OBJECT, SAID_NO
from kit.stage import HOUR, Stage

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
UNNAMED = ("updates", "sqlite_sequence", "pair")
OPTIONS = ("Bread", "Cake", "Soup")


@dataclass
class Scene:
    """A centre with six members and a question; Fiona facilitates. It is 13:00 in Rome."""

    stage: Stage
    centre: Centre
    decision: Decision
    people: list[Person]

    def __getattr__(self, name: str) -> Person:
        return self.people[NAMES.index(name.capitalize())]

    async def press(self, person: Person, button: str) -> Message:
        return await self.stage.press_each(person, button)

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
        return await self.press(helper, "I’ll help")

    async def said(self, person: Person) -> str | None:
        mine = await self.stage.ballot(self.decision, person)
        return mine.choice if mine else None

    def buttons(self, person: Person) -> list[str]:
        """What the buttons of somebody's last message carry."""
        return [button.data for button in self.stage.last(person).buttons if button.data]


async def gather(stage: Stage, rule: Rule | None = None) -> Scene:
    centre, group = await stage.centre()
    people = [
        await stage.member(centre, group, name, facilitator=name == "Fiona") for name in NAMES
    ]
    return Scene(stage, centre, await stage.put(centre, rule=rule), people)


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    return await gather(stage)


def token_of(link: str) -> str:
    return link.partition("help_")[2]


async def test_a_helper_enters_a_ballot_and_the_member_hears_of_it(scene: Scene) -> None:
    stage, anna, carla = scene.stage, scene.anna, scene.carla
    await scene.forge(anna, SeeDecision(scene.centre.id, scene.decision.id).encode())
    meaning = await scene.press(anna, "Let somebody help me")
    assert meaning.words == (
        f"{QUESTION}\n\nSomebody of your choice enters your ballot on their phone, once.\n"
        "They will know your ballot. Nobody else will.\n"
        "You hear when it is done, and can change it until 14:00.\n"
        "Nobody helps more than two people with one question."
    )
    made = await scene.press(anna, "Make a link")
    assert made.is_media
    link = next(word for word in made.words.split() if word.startswith("https://"))

    asked = await stage.open_link(carla, link)
    assert asked.words.startswith(f"Anna asks you to help with a ballot.\n{QUESTION}\n")
    assert "The ballot is secret from all but Anna and you. Keep it to yourself." in asked.words
    paper = await scene.press(carla, "I’ll help")
    assert paper.words.startswith("You are helping Anna.\nThe ballot is secret from all but Anna")
    assert "You have not said anything yet." not in paper.words
    assert paper.labels == ["Yes", "No", I_ABSTAIN, "Back"]
    done = await scene.press(carla, "No")
    assert "The ballot of Anna is entered. Thank you." in done.words
    assert await scene.said(anna) == "no"
    assert await scene.said(carla) is None

    told = stage.last(anna)
    assert told.words == (
        f"{QUESTION}\nYour ballot was entered with the help of Carla.\n"
        "You can change it until 14:00."
    )
    own = await scene.press(anna, "See my ballot")
    assert SAID_NO in own.words
    await scene.press(anna, "Yes")
    assert await scene.said(anna) == "yes"


async def test_nothing_of_it_names_anybody_in_the_database(scene: Scene) -> None:
    """No row of the outbox, no id and no moment: only the marks of updates say when.

    `pair` counts the changes of the key store and has nothing else: whose, or which, is not there.
    """

    def rows() -> dict[str, list[tuple[object, ...]]]:
        base = sqlite3.connect(f"file:{scene.stage.folder / 'voci.db'}?mode=ro", uri=True)
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {
            name: base.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in names
            if name not in UNNAMED
        }
        base.close()
        return tables

    before = rows()
    link = await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    await scene.press(scene.carla, "Yes")
    after = rows()
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {"helpings", "ballots"}
    ids = {person.id for person in scene.people} | {*range(1, 7)}
    [(decision_id, *values)] = after["helpings"]
    assert decision_id == scene.decision.id
    assert not ids & {value for value in values[:-1] if isinstance(value, int)}
    assert token_of(link) not in str(after)


@pytest.mark.parametrize(
    ("method", "taps", "choice"),
    [
        (DecisionMethod.APPROVAL, ["☐ Cake", "Give this ballot"], "1"),
        (DecisionMethod.SCHULZE, ["Soup", "Bread", "Undo", "Cake", "Give this ballot"], "21"),
        (DecisionMethod.SCORE, ["Bread", "4", "Give this ballot"], "4--"),
        (DecisionMethod.DOTS, ["Bread", "1 · Bread", "Give this ballot"], "200"),
        (DecisionMethod.CONSENT, [I_OBJECT], "object"),
        (DecisionMethod.CONSENSUS, ["I stand aside"], "aside"),
    ],
)
async def test_every_kind_of_ballot_can_be_entered(
    stage: Stage, method: DecisionMethod, taps: list[str], choice: str
) -> None:
    words = method in (DecisionMethod.CONSENT, DecisionMethod.CONSENSUS)
    rule = Rule(method=method, options=() if words else OPTIONS, dots=3)
    scene = await gather(stage, rule)
    await scene.accept(scene.carla, await scene.link(scene.anna))
    for tap in taps[:-1]:
        paper = await scene.press(scene.carla, tap)
        assert paper.words.startswith("You are helping Anna.")
    await scene.press(scene.carla, taps[-1])
    assert await scene.said(scene.anna) == choice
    assert await scene.said(scene.carla) is None
    told = "You can write why" in stage.last(scene.anna).words
    assert told is (choice in REASONED)
    await stage.say(scene.carla, "This is no reason for anything")
    mine = await stage.ballot(scene.decision, scene.anna)
    assert mine is not None and mine.reason == "" and not mine.awaits_reason


async def test_help_is_offered_once(scene: Scene) -> None:
    see = SeeDecision(scene.centre.id, scene.decision.id).encode()
    link = await scene.link(scene.anna)
    assert "Let somebody help me" in (await scene.forge(scene.anna, see)).labels
    await scene.accept(scene.carla, link)
    await scene.press(scene.carla, "Yes")
    assert "Let somebody help me" not in (await scene.forge(scene.anna, see)).labels
    await scene.stage.open_link(scene.dario, link)
    ended = scene.stage.last(scene.dario)
    assert ENDED in ended.words and ended.labels == ["Home"]


async def test_the_helper_does_not_see_what_was_given_before(scene: Scene) -> None:
    await scene.forge(scene.anna, Cast(scene.centre.id, scene.decision.id, "no").encode())
    paper = await scene.accept(scene.carla, await scene.link(scene.anna))
    assert "You said" not in paper.words


async def test_openly_decided_it_says_so(stage: Stage) -> None:
    scene = await gather(stage, Rule(secrecy=Secrecy.OPEN))
    meaning = await scene.forge(scene.anna, LetHelp(scene.centre.id, scene.decision.id).encode())
    assert "at closing it is told with your name." in meaning.words
    assert "Nobody else will." not in meaning.words
    paper = await scene.accept(scene.carla, await scene.link(scene.anna))
    assert "secret" not in paper.words.split("\n\n")[0]


async def test_the_link_works_once(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    for person in (scene.bruno, scene.dario):
        assert (await scene.stage.open_link(person, link)).words.startswith(ENDED)
        forged = AcceptHelp(scene.centre.id, token_of(link)).encode()
        assert (await scene.forge(person, forged)).words.startswith(ENDED)
    again = await scene.stage.open_link(scene.carla, link)
    assert again.words.startswith("You are helping Anna.")  # the helper finds the ballot again
    cast = next(data for data in scene.buttons(scene.carla) if data.startswith(CastFor.tag))
    await scene.press(scene.carla, "No")
    assert (await scene.stage.open_link(scene.carla, link)).words.startswith(ENDED)
    assert (await scene.forge(scene.carla, cast.replace("no", "yes"))).words.startswith(ENDED)
    assert await scene.said(scene.anna) == "no"


async def test_not_for_an_outsider_nor_for_another_centre(scene: Scene) -> None:
    stage = scene.stage
    other, other_group = await stage.centre("Casa Blu")
    hugo = await stage.member(other, other_group, "Hugo")
    zoe = stage.world.person("Zoe")
    link = await scene.link(scene.anna)
    for person in (hugo, zoe):
        shown = await stage.open_link(person, link)
        assert "Anna" not in shown.words and QUESTION not in shown.words
        for centre in (scene.centre, other):
            forged = await scene.forge(person, AcceptHelp(centre.id, token_of(link)).encode())
            assert "Anna" not in forged.words and QUESTION not in forged.words
    await scene.accept(scene.carla, link)
    buttons = [data for data in scene.buttons(scene.carla) if data.startswith(CastFor.tag)]
    for data in buttons:
        for forged_data in (data, data.replace(f":{scene.centre.id}:", f":{other.id}:", 1)):
            await scene.forge(hugo, forged_data)
            await scene.forge(zoe, forged_data)
    assert await scene.said(scene.anna) is None


async def test_not_for_oneself(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    words = "This link is for whoever helps you: pass it on to them."
    assert words in (await scene.stage.open_link(scene.anna, link)).words
    forged = AcceptHelp(scene.centre.id, token_of(link)).encode()
    assert words in (await scene.forge(scene.anna, forged)).words
    await scene.accept(scene.carla, link)  # it is still good


async def test_a_third_member_is_too_many_for_one_helper(scene: Scene) -> None:
    for member in (scene.anna, scene.bruno):
        await scene.accept(scene.carla, await scene.link(member))
        await scene.press(scene.carla, "Yes")
    link = await scene.link(scene.dario)
    await scene.stage.open_link(scene.carla, link)
    shown = await scene.press(scene.carla, "I’ll help")
    assert "You help two people with this question already." in shown.words
    assert scene.buttons(scene.carla) == [f"home:{scene.centre.id}"]
    await scene.accept(scene.elena, link)
    other = await scene.stage.put(scene.centre)
    await scene.accept(scene.carla, await scene.link(scene.dario, other))  # another question


@pytest.mark.parametrize("end", ["closed", "cancelled", "time"])
async def test_once_it_is_over_nothing_is_entered(scene: Scene, end: str) -> None:
    stage = scene.stage
    unused, link = await scene.link(scene.bruno), await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    buttons = scene.buttons(scene.carla)
    if end == "closed":
        await stage.move(HOUR)
    elif end == "time":
        stage.clock.move(HOUR)  # over, and not counted yet
    else:
        await scene.forge(scene.fiona, CancelDecision(scene.centre.id, scene.decision.id).encode())
        await stage.say(scene.fiona, "The offer has gone")
        await stage.press_each(scene.fiona, CANCEL_THE_QUESTION)
    for data in buttons:
        if data.startswith((CastFor.tag, FillFor.tag)):
            assert (await scene.forge(scene.carla, data)).words.startswith(ENDED)
    for each in (unused, link):
        assert (await stage.open_link(scene.dario, each)).words.startswith(ENDED)
    await stage.tick()
    assert await stage.rows("SELECT * FROM helpings") == []


async def test_the_member_has_left_or_is_erased(scene: Scene) -> None:
    now = scene.stage.now
    for member, leave in ((scene.anna, Leave), (scene.bruno, Erase)):
        link = await scene.link(member)
        await scene.accept(scene.carla, link)
        data = scene.buttons(scene.carla)[0]
        await scene.forge(member, leave(scene.centre.id, now).encode())
        assert (await scene.forge(scene.carla, data)).words.startswith(ENDED)
        assert (await scene.stage.open_link(scene.dario, link)).words.startswith(ENDED)


@pytest.mark.parametrize("leave", [Leave, Erase])
async def test_the_helper_has_left_or_is_erased(
    scene: Scene, leave: type[Leave] | type[Erase]
) -> None:
    now = scene.stage.now
    link = await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    data = scene.buttons(scene.carla)[0]
    await scene.forge(scene.carla, leave(scene.centre.id, now).encode())
    await scene.forge(scene.carla, data)
    assert await scene.said(scene.anna) is None
    new = await scene.link(scene.anna)  # she asks somebody else
    await scene.accept(scene.dario, new)
    await scene.press(scene.dario, "Yes")
    assert await scene.said(scene.anna) == "yes"


async def test_whoever_gives_it_themselves_ends_the_link(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    data = next(each for each in scene.buttons(scene.carla) if each.endswith("no"))
    await scene.forge(scene.anna, Cast(scene.centre.id, scene.decision.id, "yes").encode())
    assert (await scene.forge(scene.carla, data)).words.startswith(ENDED)
    assert await scene.said(scene.anna) == "yes"


async def test_presses_that_were_tampered_with(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    await scene.accept(scene.carla, link)
    cast = next(each for each in scene.buttons(scene.carla) if each.startswith(CastFor.tag))
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
        await scene.forge(scene.carla, data)
        await scene.forge(scene.dario, data)
    assert await scene.said(scene.anna) is None
    await scene.forge(scene.dario, cast)  # the right button in the wrong hands
    assert await scene.said(scene.anna) is None
    await scene.forge(scene.carla, cast)
    assert await scene.said(scene.anna) == "yes"


async def test_a_restart_in_between_changes_nothing(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    await scene.stage.restart()
    await scene.accept(scene.carla, link)
    await scene.stage.restart()
    await scene.press(scene.carla, "Yes")
    assert await scene.said(scene.anna) == "yes"


async def test_two_helpers_press_at_once(scene: Scene) -> None:
    link = await scene.link(scene.anna)
    helpers = (scene.bruno, scene.carla, scene.dario, scene.elena)
    for helper in helpers:
        await scene.stage.open_link(helper, link)
    pressed = [helper.press(scene.stage.last(helper), "I’ll help") for helper in helpers]
    await asyncio.gather(*(each.answered() for each in pressed))
    await scene.stage.settle()
    words = [scene.stage.last(helper).words for helper in helpers]
    assert sum(each.startswith("You are helping Anna.") for each in words) == 1
    assert sum(each.startswith(ENDED) for each in words) == 3


async def test_entered_once_there_is_no_second_helper(scene: Scene) -> None:
    await scene.accept(scene.carla, await scene.link(scene.anna))
    await scene.press(scene.carla, "Yes")
    for press in (LetHelp, MakeHelpLink):
        shown = await scene.forge(scene.anna, press(scene.centre.id, scene.decision.id).encode())
        assert "Your ballot was entered with help already. That is possible once." in shown.words


async def test_whoever_joined_later_gets_no_link(scene: Scene) -> None:
    stage = scene.stage
    later = stage.world.person("Gina")
    later.start(stage.bot)
    await stage.settle()
    await stage.enrol(scene.centre, later, "user", facilitator=False, language="en")
    for press in (LetHelp, MakeHelpLink):
        shown = await scene.forge(later, press(scene.centre.id, scene.decision.id).encode())
        assert "https://" not in shown.words and "Make a link" not in shown.labels


async def test_one_s_own_copy_says_it_to_oneself_alone(scene: Scene) -> None:
    async def told(person: Person) -> tuple[str, int]:
        message = await scene.stage.say(person, "/me")
        await scene.stage.press(person, message, GIVE_A_COPY)
        [decision] = read_copy(scene.stage, scene.stage.last(person))["open_decisions"]
        return decision["help_with_my_ballot"], decision["ballots_i_help_with"]

    assert await told(scene.anna) == ("none", 0)
    link = await scene.link(scene.anna)
    assert await told(scene.anna) == ("link made", 0)
    asked = await scene.accept(scene.bruno, link)
    assert (await told(scene.anna), await told(scene.bruno)) == (("accepted", 0), ("none", 1))
    await scene.stage.press(scene.bruno, asked, "Yes")
    assert (await told(scene.anna), await told(scene.carla)) == (("entered", 0), ("none", 0))

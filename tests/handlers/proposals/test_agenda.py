from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import ASK_TO_JOIN
from kit.stage import DAY, Stage

from handlers.core.speech import Speech
from sandbox.chats import Group
from sandbox.people import Person
from storage import proposals
from storage.centres import Centre
from storage.proposals import Proposal

HOUSE = {  # name: role
    "Anna": "user",
    "Berta": "user",
    "Carlo": "user",
    "Dora": "family",
    "Ezio": "family",
    "Franca": "professional",
}


@dataclass
class Scene:
    """A centre of three users, two family members and one professional; Zoe is in another."""

    stage: Stage
    centre: Centre
    group: Group
    elsewhere: Centre
    people: dict[str, Person]
    zoe: Person

    async def put(self, title: str, *supporters: str, author: str = "Anna") -> int:
        """A proposal and its voices, without the talk."""
        voices = (self.people[name] for name in supporters)
        return await self.stage.propose(
            self.centre, self.people[author], title, *voices, reason="To rest"
        )

    async def read(self, proposal_id: int) -> Proposal:
        item = await self.stage.read(proposals.get, self.centre.id, proposal_id)
        assert item is not None
        return item

    async def convene(self, *fixed: tuple[int, str], frozen: bool = True) -> None:
        """An assembly in five days, its agenda frozen unless said otherwise."""
        points = fixed if frozen else None
        await self.stage.convene(self.centre, self.people["Anna"], 5 * DAY, points=points)


@pytest.fixture
async def scene(stage: Stage, no_errors: None) -> Scene:
    centre, group = await stage.centre()
    elsewhere, other_group = await stage.centre("Haus Mitte")
    people = {name: await stage.member(centre, group, name, role) for name, role in HOUSE.items()}
    zoe = await stage.member(elsewhere, other_group, "Zoe")
    return Scene(stage, centre, group, elsewhere, people, zoe)


async def test_the_list_is_ordered_by_parity_and_age(scene: Scene) -> None:
    anna = scene.people["Anna"]
    await scene.put("Nobody yet")
    await scene.put("Two of three users", "Anna", "Berta")
    await scene.put("The one professional", "Franca")
    shown = await scene.stage.say(anna, "/agenda")
    assert shown.words.split("\n") == [
        "What we talk about at the next assembly",
        "",
        "1. The one professional · one voice",
        "2. Two of three users · 2 voices",
        "3. Nobody yet · no voice yet",
    ]
    assert shown.labels == ["1", "2", "3", "Propose something", "Home"]


async def test_who_has_waited_is_said_but_not_of_the_first(scene: Scene) -> None:
    await scene.put("First", "Franca")
    await scene.put("Second")
    await scene.stage.move(31 * 86400)
    await scene.put("Third")
    shown = await scene.stage.say(scene.people["Anna"], "/agenda")
    assert shown.words.split("\n")[2:] == [
        "1. First · one voice",
        "2. Second · no voice yet · on the list since December",
        "3. Third · no voice yet",
    ]
    await scene.stage.move(400 * 86400)
    shown = await scene.stage.say(scene.people["Anna"], "/agenda")
    assert "2. Second · no voice yet · on the list for more than a year" in shown.words


async def test_pages_of_five(scene: Scene) -> None:
    anna = scene.people["Anna"]
    for number in range(1, 8):
        await scene.put(f"Proposal {number}")
    shown = await scene.stage.say(anna, "/agenda")
    assert shown.labels == ["1", "2", "3", "4", "5", "More", "Propose something", "Home"]
    await scene.stage.press(anna, shown, "More")
    assert shown.labels == ["6", "7", "Earlier ones", "Propose something", "Home"]
    assert "6. Proposal 6" in shown.words and "Proposal 5" not in shown.words
    for page in ("99", "-3"):
        await scene.stage.forge(anna, shown, f"agp:{scene.centre.id}:{page}")
    assert shown.labels[0] == "1", "a page that is not there is the nearest one"
    await scene.stage.press(anna, shown, "4")
    assert "Proposal 4" in shown.words
    await scene.stage.press(anna, shown, "Back to the list")
    assert shown.labels[0] == "1"


async def test_a_voice_is_added_and_taken_back(scene: Scene) -> None:
    anna, made = scene.people["Anna"], await scene.put("A quiet room", author="Dora")
    shown = await scene.stage.start(anna, f"p_{made}")
    assert shown.words.startswith("A quiet room\nTo rest\n\nPut forward by Dora.\nNo voice yet.")
    for button, toast, voices in (
        ("This matters to me too", "Your voice is with it.", 1),
        ("Take my voice back", "Taken back.", 0),
    ):
        data = next(each.data for each in shown.buttons if each.label == button)
        for _ in range(3):
            press = await scene.stage.forge(anna, shown, data or "")
            assert press.answer is not None and press.answer.text == toast
            assert (await scene.read(made)).voices == voices
    assert "Anna" not in shown.words


def test_a_voice_that_is_taken_back_is_no_proposal_in_italian() -> None:
    """Both were *ritirata*; a voice is *un sostegno*, and a comment *un commento*."""
    assert Speech("it")("Taken back.") == "Ritirato."
    assert Speech("it")("Your proposal is taken back.").endswith("ritirata.")


async def test_a_small_group_is_warned_before_it_adds_a_voice(scene: Scene) -> None:
    made = await scene.put("A quiet room")
    franca = scene.people["Franca"]
    shown = await scene.stage.start(franca, f"p_{made}")
    assert "few people here have your role" in shown.words
    await scene.stage.press(franca, shown, "This matters to me too")
    assert "few people here have your role" not in shown.words


async def test_the_groups_are_not_named_in_a_small_centre(scene: Scene) -> None:
    await scene.put("A quiet room", *HOUSE)
    shown = await scene.stage.say(scene.people["Anna"], "/agenda")
    assert "1. A quiet room · 6 voices" in shown.words and "groups" not in shown.words


async def test_the_group_sees_the_top_and_nothing_personal(scene: Scene) -> None:
    anna = scene.people["Anna"]
    ids = [await scene.put(f"Proposal {number}", "Anna") for number in range(1, 8)]
    shown = await scene.stage.say(anna, "/agenda", scene.group)
    assert "5. Proposal 5 · one voice" in shown.words and "And 2 more." in shown.words
    assert "Anna" not in shown.words
    assert shown.labels == ["1", "2", "3", "4", "5", "Open in private", ASK_TO_JOIN]
    assert all(button.data is None for button in shown.buttons), "links only"
    links = [button.url or "" for button in shown.buttons]
    opened = await scene.stage.open_link(anna, links[1])
    assert opened.words.startswith("Proposal 2")
    assert links[1] == scene.stage.voci.services.link(f"p_{ids[1]}")
    listed = await scene.stage.open_link(anna, links[5])
    assert listed.labels[-1] == "Home" and "1. Proposal 1" in listed.words


async def test_the_group_hears_its_own_language(stage: Stage, no_errors: None) -> None:
    centre, group = await stage.centre(language="de")
    anna = await stage.member(centre, group, "Anna", language="en")
    shown = await stage.say(anna, "/agenda", group)
    assert "Auf der Liste steht noch nichts." in shown.words
    shown = await stage.say(anna, "/agenda")
    assert "Nothing is on the list yet." in shown.words


async def test_the_assembly_is_named_and_what_is_fixed_comes_first(scene: Scene) -> None:
    later = await scene.put("Late but dear", "Franca", "Dora")
    fixed = [(await scene.put(title), title) for title in ("Fixed one", "Fixed two")]
    await scene.convene(*reversed(fixed))
    shown = await scene.stage.say(scene.people["Anna"], "/agenda")
    assert shown.words.split("\n") == [
        "What we talk about on Monday 8 December, 13:00",
        "",
        "1. Fixed two · no voice yet",
        "2. Fixed one · no voice yet",
        "3. Late but dear · 2 voices · came later",
    ]
    await scene.stage.press(scene.people["Anna"], shown, "3")
    assert shown.words.startswith("Late but dear") and (await scene.read(later)).is_open


@pytest.mark.parametrize(("frozen", "said"), [(False, "no voice yet"), (True, "came later")])
async def test_what_comes_after_an_empty_agenda(scene: Scene, frozen: bool, said: str) -> None:
    await scene.convene(frozen=frozen)
    await scene.put("A quiet room")
    shown = await scene.stage.say(scene.people["Anna"], "/agenda")
    assert said in shown.words and ("came later" in shown.words) is frozen


@pytest.mark.parametrize("status", ["withdrawn", "settled"])
async def test_what_is_over_takes_no_voices(scene: Scene, status: str) -> None:
    anna, made = scene.people["Anna"], await scene.put("A quiet room", "Berta", author="Dora")
    shown = await scene.stage.start(anna, f"p_{made}")
    await scene.stage.rows(f"UPDATE proposals SET status = '{status}' WHERE id = {made}")
    press = await scene.stage.press(anna, shown, "This matters to me too")
    assert press.answer is not None and "not on the list any more" in press.answer.text
    assert shown.labels == ["Back to the list"] and "not on the list any more" in shown.words
    assert (await scene.read(made)).voices == 1


async def test_another_centre_learns_nothing(scene: Scene) -> None:
    made = await scene.put("A quiet room")
    refusals = set()
    for payload in (f"p_{made}", "p_999999"):
        shown = await scene.stage.start(scene.zoe, payload)
        refusals.add(shown.words)
    assert refusals == {"That is not on the list any more. Nothing was changed."}
    shown = await scene.stage.start(scene.zoe)
    for data, refused in (
        (f"sup:{scene.centre.id}:{made}:1", "members of the centre"),
        (f"pse:{scene.centre.id}:{made}", "members of the centre"),
        (f"sup:{scene.elsewhere.id}:{made}:1", "not on the list"),
    ):
        press = await scene.stage.forge(scene.zoe, shown, data)
        assert press.answer is not None and refused in press.answer.text
    await scene.stage.forge(scene.zoe, shown, f"pse:{scene.elsewhere.id}:{made}")
    assert "A quiet room" not in scene.stage.last(scene.zoe).words
    assert (await scene.read(made)).voices == 0


async def test_outsiders_are_refused(scene: Scene) -> None:
    made, olga = await scene.put("A quiet room"), scene.stage.operator
    assert "This is for members of a centre." in (await scene.stage.say(olga, "/agenda")).words
    for payload in (f"p_{made}", "p_999", f"agenda_{scene.centre.id}"):
        shown = await scene.stage.start(olga, payload)
        assert "This is for members of a centre." in shown.words
        numbered = await scene.stage.say(olga, f"/start {payload}")
        assert "That link leads nowhere." in numbered.words


@pytest.mark.parametrize(
    "payload", ["p_", "p_x", "p_-1", "p_" + "9" * 40, "p_1_1", "p_²", "agenda_", "agenda_x"]
)
async def test_broken_links_are_harmless(scene: Scene, payload: str) -> None:
    shown = await scene.stage.say(scene.people["Anna"], f"/start {payload}")
    assert "not on the list" in shown.words or "leads nowhere" in shown.words


@pytest.mark.parametrize(
    "data",
    [
        "sup:1:1",
        "sup:1:1:2",
        "sup:1:x:1",
        "sup:1:99999999999999999999:1",
        "sup:1:1:1:1",
        "pse:",
        "agp:1",
    ],
)
async def test_tampered_presses_change_nothing(scene: Scene, data: str) -> None:
    made = await scene.put("A quiet room")
    shown = await scene.stage.start(scene.people["Anna"], f"p_{made}")
    before = shown.words
    press = await scene.stage.forge(scene.people["Anna"], shown, data)
    assert press.answer is not None and press.answer.show_alert
    assert shown.words == before and (await scene.read(made)).voices == 0


async def test_private_buttons_do_nothing_in_the_group(scene: Scene) -> None:
    made, anna = await scene.put("A quiet room"), scene.people["Anna"]
    shown = await scene.stage.say(anna, "/agenda", scene.group)
    before = shown.words
    for data in (f"pse:{scene.centre.id}:{made}", f"sup:{scene.centre.id}:{made}:1"):
        press = await scene.stage.forge(anna, shown, data)
        assert press.answer is not None and "private chat" in press.answer.text
    assert shown.words == before and (await scene.read(made)).voices == 0

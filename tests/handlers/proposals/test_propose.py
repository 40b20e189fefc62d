from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import CHANGE_IT, GO_ON, OLDER_MESSAGE
from kit.stage import DAY, Stage

from handlers.proposals.draft import OPEN_AT_ONCE
from handlers.proposals.own_proposal import JUST_NOW
from sandbox.people import Person
from storage import drafts, members, points, proposals
from storage.centres import Centre
from storage.proposals import Proposal

TITLE = "Longer opening hours on Saturdays"
REASON = "On Saturdays many of us have nowhere to go."


@dataclass
class Scene:
    """Anna and Bruno in one centre, Zoe in another."""

    stage: Stage
    centre: Centre
    elsewhere: Centre
    anna: Person
    bruno: Person
    zoe: Person

    async def open(self) -> list[Proposal]:
        return list((await self.stage.read(proposals.agenda, self.centre.id)).items)

    async def draft(self, person: Person) -> drafts.Draft | None:
        return await self.stage.read(drafts.find, person.id)

    async def put(self, person: Person, title: str, reason: str | None = None) -> int:
        return await self.stage.propose(self.centre, person, title, reason=reason)

    async def send(self, person: Person, *texts: str) -> list[str]:
        """Types texts one after the other; the words of what is shown last."""
        for text in texts:
            await self.stage.say(person, text)
        return self.stage.last(person).words.split("\n")

    async def press(self, person: Person, button: str | int) -> str:
        """Presses a button of the newest message; what its toast says."""
        press = await self.stage.press(person, self.stage.last(person), button)
        return press.answer.text if press.answer else ""

    def words(self, person: Person) -> str:
        return self.stage.last(person).words

    def labels(self, person: Person) -> list[str]:
        return self.stage.last(person).labels


@pytest.fixture
async def scene(stage: Stage, no_errors: None) -> Scene:
    centre, group = await stage.centre()
    elsewhere, other_group = await stage.centre("Haus Mitte")
    return Scene(
        stage,
        centre,
        elsewhere,
        await stage.member(centre, group, "Anna"),
        await stage.member(centre, group, "Bruno", "professional"),
        await stage.member(elsewhere, other_group, "Zoe"),
    )


async def test_from_the_first_question_to_the_list(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose")
    assert scene.words(scene.anna).startswith("What should the assembly talk about?")
    await scene.send(scene.anna, TITLE)
    assert "Why does it matter to you?" in scene.words(scene.anna)
    await scene.send(scene.anna, REASON)
    assert scene.words(scene.anna) == f"{TITLE}\n{REASON}\n\nShall it carry your name?"
    assert scene.labels(scene.anna) == [
        "With my name: Anna",
        "Without a name",
        "Change the text",
        "Leave it",
    ]
    await scene.press(scene.anna, "With my name: Anna")
    assert "It is on the list for the next assembly." in scene.words(scene.anna)
    assert scene.labels(scene.anna) == ["See the list", "Take it back"]
    [item] = await scene.open()
    assert (item.title, item.reason, item.author_name) == (TITLE, REASON, "Anna")
    assert await scene.draft(scene.anna) is None


async def test_words_behind_the_command_are_the_title(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose A garden in the yard")
    assert scene.words(scene.anna).startswith("A garden in the yard")
    assert "Why does it matter to you?" in scene.words(scene.anna)
    await scene.send(scene.anna, "/propose A bench")
    assert scene.words(scene.anna).startswith("One proposal at a time.")
    assert "You were writing: A garden in the yard" in scene.words(scene.anna)


@pytest.mark.parametrize(
    ("behind", "says"), [("x" * 300, "up to"), ("?", "A little more"), ("   ", "in one sentence")]
)
async def test_unfit_words_behind_the_command_are_answered_as_ever(
    scene: Scene, behind: str, says: str
) -> None:
    await scene.send(scene.anna, f"/propose {behind}")
    assert says in scene.words(scene.anna)


async def test_the_day_of_the_assembly_is_named(scene: Scene) -> None:
    coming = await scene.stage.convene(scene.centre, scene.bruno, 5 * DAY)
    await scene.send(scene.anna, "/propose", TITLE, REASON)
    await scene.press(scene.anna, "Without a name")
    assert "It is on the list for Monday 8 December." in scene.words(scene.anna)
    assert await scene.stage.write(points.freeze, coming.id, [], scene.stage.now)
    await scene.send(scene.anna, "/propose", "A quiet room", "To rest")
    await scene.press(scene.anna, "Without a name")
    assert "The assembly decides whether to talk about this too" in scene.words(scene.anna)


async def test_the_reason_can_be_skipped_and_the_name_kept_back(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE)
    await scene.press(scene.anna, "Skip")
    await scene.press(scene.anna, "Without a name")
    [item] = await scene.open()
    assert (item.reason, item.named, item.author_name) == (None, False, None)


async def test_pressing_send_twice_makes_one_proposal(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, REASON)
    shown = scene.stage.last(scene.anna)
    data = [button.data for button in shown.buttons]
    for choice in (data[0], data[0], data[1]):
        await scene.stage.forge(scene.anna, shown, choice or "")
        assert "It is on the list" in scene.words(scene.anna)
    assert len(await scene.open()) == 1
    await scene.stage.move(JUST_NOW + 1)
    await scene.stage.forge(scene.anna, shown, data[0] or "")
    assert OLDER_MESSAGE in scene.words(scene.anna)
    assert len(await scene.open()) == 1


async def test_a_restart_goes_on_where_it_was(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE)
    draft = await scene.draft(scene.anna)
    assert draft is not None and draft.content is not None
    assert TITLE.encode() not in draft.content
    await scene.stage.restart()
    await scene.send(scene.anna, "/propose")
    assert scene.words(scene.anna).startswith(f"You were writing: {TITLE}")
    await scene.press(scene.anna, GO_ON)
    assert "Why does it matter to you?" in scene.words(scene.anna)
    await scene.send(scene.anna, REASON)
    await scene.press(scene.anna, "With my name: Anna")
    assert [item.reason for item in await scene.open()] == [REASON]


async def test_start_again_and_leave_forget_what_was_written(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, "/propose")
    await scene.press(scene.anna, "Start again")
    assert scene.words(scene.anna).startswith("What should the assembly talk about?")
    await scene.send(scene.anna, "A quiet room", "To rest")
    await scene.press(scene.anna, "Leave it")
    assert scene.words(scene.anna).startswith("All right. Nothing was sent")
    assert "A quiet room" in scene.words(scene.anna), "the words are shown once more"
    assert await scene.draft(scene.anna) is None and await scene.open() == []


async def test_a_button_of_something_left_says_so(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, REASON)
    shown = scene.stage.last(scene.anna)
    data = [button.data or "" for button in shown.buttons]
    await scene.press(scene.anna, "Leave it")
    for stale in (*data[:3], f"psk:{scene.centre.id}", f"pkf:{scene.centre.id}"):
        await scene.stage.forge(scene.anna, shown, stale)
        assert "You are not writing a proposal just now." in scene.words(scene.anna)
    assert await scene.open() == []


async def test_one_like_it_is_joined_instead(scene: Scene) -> None:
    there = await scene.put(scene.bruno, "Longer opening hours on Saturday", "We need it")
    await scene.put(scene.bruno, "Trip in spring")
    await scene.send(scene.anna, "/propose", TITLE)
    assert "Is it one of these?" in scene.words(scene.anna)
    assert scene.labels(scene.anna) == [
        "Longer opening hours on Saturday · no voice yet",
        "No, mine is new",
    ]
    await scene.press(scene.anna, 0)
    assert "We need it" in scene.words(scene.anna) and await scene.open()
    await scene.press(scene.anna, "Back")
    await scene.press(scene.anna, 0)
    shown = scene.stage.last(scene.anna)
    assert await scene.press(scene.anna, "This is it: add my voice") == "Your voice is with it."
    await scene.stage.forge(scene.anna, shown, f"pja:{scene.centre.id}:{there}")
    assert {item.id: item.voices for item in await scene.open()}[there] == 1
    assert len(await scene.open()) == 2 and await scene.draft(scene.anna) is None


async def test_mine_is_new(scene: Scene) -> None:
    await scene.put(scene.bruno, "Longer opening hours on Saturday")
    await scene.send(scene.anna, "/propose", TITLE)
    await scene.send(scene.anna, "something typed")
    assert "Please choose with a button." in scene.words(scene.anna)
    await scene.press(scene.anna, "No, mine is new")
    assert "Why does it matter to you?" in scene.words(scene.anna)


async def test_one_like_it_that_was_taken_back_meanwhile(scene: Scene) -> None:
    there = await scene.put(scene.bruno, "Longer opening hours on Saturday")
    await scene.send(scene.anna, "/propose", TITLE)
    member_id = await scene.stage.member_id(scene.centre, scene.bruno)
    await scene.stage.write(proposals.withdraw, scene.centre.id, there, member_id)
    shown = scene.stage.last(scene.anna)
    toast = await scene.stage.forge(scene.anna, shown, f"pja:{scene.centre.id}:{there}")
    assert toast.answer is not None and "not on the list" in toast.answer.text
    assert "Why does it matter to you?" in scene.words(scene.anna)
    assert await scene.draft(scene.anna) is not None


@pytest.mark.parametrize("text", ["ab", "....!!!....", "\u202e\u200b\u2066", "\x00 a\x00"])
async def test_too_little_is_asked_again(scene: Scene, text: str) -> None:
    await scene.send(scene.anna, "/propose", text)
    assert "A little more, please" in scene.words(scene.anna)
    assert "What should the assembly talk about?" in scene.words(scene.anna)


async def test_html_bidi_and_nul_are_only_text(scene: Scene) -> None:
    await scene.send(
        scene.anna, "/propose", "<b>A</b> \u202equiet\x00 & room", "a < b & <i>c</i>\x00"
    )
    assert scene.words(scene.anna).startswith("<b>A</b> quiet & room\na < b & <i>c</i>")
    await scene.press(scene.anna, "Without a name")
    [item] = await scene.open()
    assert (item.title, item.reason) == ("<b>A</b> quiet & room", "a < b & <i>c</i>")


async def test_5000_characters_are_not_lost(scene: Scene) -> None:
    long = "This matters to many of us here. " * 152  # 5,016: the app cuts it into two messages
    await scene.send(scene.anna, "/propose", TITLE, long)
    assert "up to 1,000 fit. Your text is not lost:" in scene.words(scene.anna)
    assert scene.words(scene.anna).startswith("That is 5,01")
    await scene.press(scene.anna, "Shorten it")
    assert "This matters to many of us here." in scene.words(scene.anna)
    await scene.stage.restart()
    await scene.press(scene.anna, "Keep this much")
    await scene.press(scene.anna, "Without a name")
    [item] = await scene.open()
    assert item.reason is not None and 900 < len(item.reason) <= 1000
    assert item.reason.endswith("here.")


async def test_a_long_text_can_be_sent_again_shorter(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, "word " * 400)
    await scene.stage.move(60)
    await scene.send(scene.anna, REASON)
    assert scene.words(scene.anna) == f"{TITLE}\n{REASON}\n\nShall it carry your name?"


async def test_a_long_text_can_be_begun_anew(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, "word " * 400)
    await scene.press(scene.anna, "Start again")
    assert "Why does it matter to you?" in scene.words(scene.anna), "the title is kept"


async def test_a_long_title_is_cut_to_a_line(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", "quiet\n" * 40)
    assert "up to 120 fit" in scene.words(scene.anna)
    await scene.press(scene.anna, "Shorten it")
    await scene.press(scene.anna, "Keep this much")
    assert scene.words(scene.anna).startswith("quiet quiet") and "…" in scene.words(scene.anna)


async def test_a_long_title_that_begins_unreadably_is_asked_again(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", "!" * 200 + " room")
    await scene.press(scene.anna, "Shorten it")
    await scene.press(scene.anna, "Keep this much")
    assert "What should the assembly talk about?" in scene.words(scene.anna)


async def test_the_text_is_changed_in_the_preview(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE, REASON)
    await scene.press(scene.anna, "Change the text")
    await scene.press(scene.anna, "The sentence")
    await scene.press(scene.anna, "Keep it")
    await scene.press(scene.anna, "Change the text")
    await scene.press(scene.anna, "The sentence")
    await scene.send(scene.anna, "A quiet room")
    assert scene.words(scene.anna).startswith(f"A quiet room\n{REASON}")
    await scene.press(scene.anna, "Change the text")
    await scene.press(scene.anna, "The reason")
    await scene.press(scene.anna, "Without a reason")
    assert scene.words(scene.anna) == "A quiet room\n\nShall it carry your name?"


async def test_the_author_changes_what_is_on_the_list(scene: Scene) -> None:
    made = await scene.put(scene.anna, TITLE, REASON)
    await scene.stage.start(scene.anna, f"p_{made}")
    await scene.press(scene.anna, CHANGE_IT)
    await scene.press(scene.anna, "Change the text")
    await scene.press(scene.anna, "The reason")
    await scene.send(scene.anna, "Because of the buses")
    await scene.stage.move(3 * 86400)
    await scene.press(scene.anna, "Save without a name")
    assert "Put forward without a name. Edited on 6 December." in scene.words(scene.anna)
    [item] = await scene.open()
    assert (item.id, item.title, item.reason) == (made, TITLE, "Because of the buses")


async def test_saving_without_a_change_says_nothing_of_an_edit(scene: Scene) -> None:
    made = await scene.put(scene.anna, TITLE, REASON)
    await scene.stage.start(scene.anna, f"p_{made}")
    for last in ("Save with my name: Anna", "Leave it as it was"):
        await scene.press(scene.anna, CHANGE_IT)
        await scene.press(scene.anna, last)
        assert scene.words(scene.anna) == "It stays as it was."
        await scene.press(scene.anna, "See it")
    assert [item.edited_at for item in await scene.open()] == [None]


async def test_what_is_half_written_comes_before_a_change(scene: Scene) -> None:
    made = await scene.put(scene.anna, TITLE)
    await scene.send(scene.anna, "/propose", "A quiet room", f"/start p_{made}")
    assert "First finish" in await scene.press(scene.anna, CHANGE_IT)
    assert "You were writing: A quiet room" in scene.words(scene.anna)


async def test_taking_back_asks_once(scene: Scene) -> None:
    made = await scene.put(scene.anna, TITLE)
    await scene.stage.start(scene.anna, f"p_{made}")
    await scene.press(scene.anna, "Take it back")
    assert "It leaves the list. This can’t be undone." in scene.words(scene.anna)
    assert len(await scene.open()) == 1
    asked = scene.stage.last(scene.anna)
    sure = asked.buttons[0].data or ""
    await scene.press(scene.anna, "Keep it")
    told = []
    for _ in range(2):
        press = await scene.stage.forge(scene.anna, asked, sure)
        told.append(press.answer and press.answer.text)
        assert await scene.open() == []
    assert told[0] == "Your proposal is taken back."
    assert "This was taken back." in scene.words(scene.anna)


@pytest.mark.parametrize("data", ["ped:{centre}:{made}", "pwd:{centre}:{made}:1"])
async def test_nobody_else_changes_or_takes_back(scene: Scene, data: str) -> None:
    made = await scene.put(scene.anna, TITLE)
    await scene.stage.start(scene.bruno, f"p_{made}")
    assert CHANGE_IT not in scene.labels(scene.bruno)
    shown = scene.stage.last(scene.bruno)
    forged = data.format(centre=scene.centre.id, made=made)
    press = await scene.stage.forge(scene.bruno, shown, forged)
    assert press.answer is not None and press.answer.show_alert
    await scene.stage.start(scene.zoe)
    shown = scene.stage.last(scene.zoe)
    press = await scene.stage.forge(scene.zoe, shown, forged)
    assert press.answer is not None and "members of the centre" in press.answer.text
    other = data.format(centre=scene.elsewhere.id, made=made)
    await scene.stage.forge(scene.zoe, shown, other)
    assert "That is not on the list any more." in scene.words(scene.zoe)
    [item] = await scene.open()
    assert item.title == TITLE and await scene.draft(scene.zoe) is None


async def test_a_forged_edit_of_a_draft_saves_nothing(scene: Scene) -> None:
    """Taken back on another phone while it is being changed."""
    made = await scene.put(scene.anna, TITLE)
    await scene.stage.start(scene.anna, f"p_{made}")
    await scene.press(scene.anna, CHANGE_IT)
    await scene.press(scene.anna, "Change the text")
    await scene.press(scene.anna, "The sentence")
    await scene.send(scene.anna, "Something else entirely")
    shown = scene.stage.last(scene.anna)
    await scene.stage.forge(scene.anna, shown, f"pwd:{scene.centre.id}:{made}:1")
    await scene.stage.forge(scene.anna, shown, f"psn:{scene.centre.id}:1")
    assert "not on the list any more" in scene.words(scene.anna)
    assert await scene.open() == []


async def test_nobody_fills_the_list(scene: Scene) -> None:
    for number in range(OPEN_AT_ONCE - 1):
        await scene.put(scene.anna, f"Proposal number {number}")
    await scene.send(scene.anna, "/propose", "A quiet room", "To rest")
    await scene.put(scene.anna, "Sneaked in meanwhile")
    await scene.press(scene.anna, "Without a name")
    assert f"{OPEN_AT_ONCE} proposals of yours are on the list" in scene.words(scene.anna)
    assert len(await scene.open()) == OPEN_AT_ONCE
    await scene.send(scene.anna, "/propose")
    assert "You were writing: A quiet room" in scene.words(scene.anna), "it is not lost"
    await scene.press(scene.anna, "Start again")
    assert "as many as one person can have" in scene.words(scene.anna)


async def test_outsiders_and_those_who_left_are_refused(scene: Scene) -> None:
    olga = scene.stage.operator
    await scene.send(olga, "/propose")
    assert "This is for members of a centre." in scene.words(olga)
    await scene.send(scene.anna, "/propose", TITLE)
    member_id = await scene.stage.member_id(scene.centre, scene.anna)
    await scene.stage.write(members.leave, member_id, 99)
    await scene.send(scene.anna, REASON)
    assert "This is for members of a centre." in scene.words(scene.anna)
    assert await scene.draft(scene.anna) is None and await scene.open() == []


async def test_a_text_edited_afterwards_changes_nothing(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose")
    typed = scene.anna.say(scene.stage.bot, TITLE)
    await scene.stage.settle()
    shown = len(scene.stage.said(scene.anna))
    scene.anna.edit(typed, "Something else entirely")
    await scene.stage.settle()
    assert len(scene.stage.said(scene.anna)) == shown
    assert TITLE in scene.words(scene.anna)


async def test_without_the_key_a_draft_is_begun_anew(scene: Scene) -> None:
    await scene.send(scene.anna, "/propose", TITLE)
    member = await scene.stage.write(members.find, scene.centre.id, scene.anna.id)
    assert member is not None
    await scene.stage.voci.keys.destroy(member.id)
    await scene.stage.voci.keys.create_key(member.id)
    await scene.send(scene.anna, REASON)
    assert scene.words(scene.anna).startswith("What should the assembly talk about?")


async def test_the_link_in_the_group_begins_a_proposal(scene: Scene) -> None:
    await scene.stage.start(scene.anna, f"propose_{scene.centre.id}")
    assert scene.words(scene.anna).startswith("What should the assembly talk about?")
    await scene.stage.start(scene.zoe, f"propose_{scene.centre.id}")
    assert "This is for members of a centre." in scene.words(scene.zoe)

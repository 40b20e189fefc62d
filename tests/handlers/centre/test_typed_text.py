"""What nobody expected gets a friendly sentence, in the language that the person chose."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from kit.phrases import ANOTHER_NAME, OLDER_MESSAGE

from handlers.centre import typed_text
from handlers.centre.typed_text import BETWEEN
from handlers.core.navigation import ProposeWritten
from handlers.core.registration import SAME_TEXT
from storage import centres, drafts, members, people
from storage.drafts import Draft


@pytest.fixture
async def ugo(stage: Any) -> Any:
    """His Telegram speaks Italian; with Voci he chose German."""
    centre, group = await stage.centre()
    person = await stage.member(centre, group, "Ugo", language="de")
    person.language_code = "it"
    await stage.write(people.set_language, person.id, "de")
    return person


@pytest.mark.parametrize("what", ["sticker", "text", "command"])
async def test_the_answer_is_in_the_chosen_language(stage: Any, ugo: Any, what: str) -> None:
    if what == "sticker":
        ugo.send_sticker(stage.bot)
    else:
        ugo.say(stage.bot, "Hallo" if what == "text" else "/gibtsnicht")
    await stage.settle()
    said = stage.last(ugo).words
    catalogue_says = stage.speech("de")
    expected = {
        "sticker": "Voci understands written words and buttons only. It has kept nothing.",
        "text": "Voci is a program. It has kept nothing of what you wrote.",
        "command": "I do not know that command. All you can do here: /help",
    }[what]
    assert str(catalogue_says(expected)) in said


async def test_an_old_button_is_explained_in_the_chosen_language(stage: Any, ugo: Any) -> None:
    message = await stage.say(ugo, "/start")
    press = ugo.forge_press(message, "no-such-button:1")
    answer = await press.answered()
    assert answer.text == str(stage.speech("de")(OLDER_MESSAGE))


@pytest.mark.parametrize("cry", ["I can't go on", "ok", "Hello?"])
async def test_whoever_writes_unasked_learns_whom_to_call(stage: Any, cry: str) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.write(centres.set_contact, centre.id, "Night line 0461 1", stage.now)
    message = await stage.say(anna, cry)
    assert message.words.startswith("Nobody reads this here.")
    assert message.labels == ["Whom to call", "Make it a proposal", "Home"]
    numbers = await stage.press_each(anna, "Whom to call")
    assert numbers.words.startswith("In an emergency call 112.")
    assert "Night line 0461 1" in numbers.words


async def test_whoever_sends_a_voice_message_unasked_does_too(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    anna.send_sticker(stage.bot)
    await stage.settle()
    assert stage.last(anna).labels == ["Whom to call", "Home"]


async def test_somebody_in_no_centre_reads_a_number_too(stage: Any) -> None:
    sven = stage.world.person("Sven", language_code="en")
    sven.start(stage.bot)
    await stage.settle()
    words = (await stage.say(sven, "I can't go on")).words
    assert "Nobody reads this here." in words and "In an emergency call" in words


async def test_it_becomes_a_proposal_without_having_been_kept(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.say(anna, "A garden in the yard")
    assert await stage.read(drafts.find, anna.id) is None
    asked = await stage.press_each(anna, "Make it a proposal")
    assert asked.words.startswith("A garden in the yard") and "Why does it matter" in asked.words


async def test_where_it_is_gone_it_is_asked_for(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    home = await stage.say(anna, "/start")
    await stage.forge(anna, home, ProposeWritten(centre.id).encode())
    assert "Write it in one sentence" in stage.last(anna).words


async def test_the_rest_of_a_text_that_was_too_long_is_no_answer(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.say(anna, "/me")
    await stage.press_each(anna, "My name", ANOTHER_NAME)
    refused = await stage.say(anna, "x" * 8192 + " Bob")  # arrives in three pieces
    member = await stage.read(members.find, centre.id, anna.id)
    assert member is not None and member.name == "Anna"
    assert "at most 40 characters" in refused.words
    stage.clock.move(60)
    await stage.say(anna, "Bob")
    member = await stage.read(members.find, centre.id, anna.id)
    assert member is not None and member.name == "Bob"


AT = 1_764_763_200  # when the beginning came, as message 100


@pytest.mark.parametrize(
    ("kind", "message_id", "after", "rest"),
    [
        ("name", 101, 0, True),
        ("name", 100 + BETWEEN, SAME_TEXT, True),
        ("name", 101 + BETWEEN, 0, False),
        ("name", 101, SAME_TEXT + 1, False),
        ("name", 100, 0, False),
        ("name", 99, 0, False),
        ("joins", 101, 0, False),
    ],
)
def test_a_rest_comes_right_after_its_beginning(
    monkeypatch: pytest.MonkeyPatch, kind: str, message_id: int, after: int, rest: bool
) -> None:
    monkeypatch.setattr(typed_text, "joining_pieces", {"joins"})
    date = datetime.fromtimestamp(AT + after, UTC)
    context: Any = SimpleNamespace(message=SimpleNamespace(message_id=message_id, date=date))
    draft: Any = SimpleNamespace(kind=kind, message_id=100, updated_at=AT)
    assert typed_text._is_rest(draft, context) is rest


@pytest.mark.parametrize(
    "kind",
    [
        "agreement",
        "agenda-order",
        "cancel-assembly",
        "comment",
        "opening",
        "propose",
        "series",
        "task",
    ],
)
async def test_what_can_not_be_read_any_more_is_said_to_be_gone(stage: Any, kind: str) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    assembly = await stage.convene(centre, paula)
    draft = Draft(paula.id, centre.id, kind, str(assembly.id), b"garbage", None, stage.now)
    await stage.write(drafts.save, draft)
    before = len(stage.said(paula))
    answer = await stage.say(paula, "We paint it green.")
    assert len(stage.said(paula)) == before + 1, "nobody is left without an answer"
    if kind not in ("cancel-assembly", "propose", "series", "task"):  # these begin anew, or go on
        assert answer.words.startswith("What you had begun can’t be read any more")
        assert await stage.read(drafts.find, paula.id) is None
    assert await stage.rows("SELECT 1 FROM updates WHERE status = 'failed'") == []

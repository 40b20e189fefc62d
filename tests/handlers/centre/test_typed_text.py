"""What nobody expected gets a friendly sentence, in the language that the person chose."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from kit.phrases import ANOTHER_NAME, OLDER_MESSAGE

from handlers.centre import typed_text
from handlers.centre.typed_text import BETWEEN
from handlers.proposals.draft import SAME_TEXT
from storage import members, people


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
        "sticker": "I can read written words and buttons only. Nothing was kept.",
        "text": "I did not ask anything just now, so I keep nothing of that.",
        "command": "I do not know that command. All you can do here: /help",
    }[what]
    assert str(catalogue_says(expected)) in said


async def test_an_old_button_is_explained_in_the_chosen_language(stage: Any, ugo: Any) -> None:
    message = await stage.say(ugo, "/start")
    press = ugo.forge_press(message, "no-such-button:1")
    answer = await press.answered()
    assert answer.text == str(stage.speech("de")(OLDER_MESSAGE))


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

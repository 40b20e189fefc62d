from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.cast.hands import CastError, Hands
from sandbox.page.theatre import Theatre
from sandbox.people import Person
from sandbox.world import World


async def nothing() -> None:
    """The bot answers nothing."""


@pytest.fixture
def hands(world: World, bot: Bot) -> Hands:
    return Hands(Theatre(world, bot), nothing)


def keyboard(*buttons: dict[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


AGENDA = keyboard(
    {"text": "Eins", "callback_data": "pse:1:4"},
    {"text": "Zwei", "callback_data": "pse:1:5"},
    {"text": "Link", "url": "https://t.me/voci_bot?start=i_abc"},
)


async def test_a_button_is_found_by_what_it_means(hands: Hands, api: Any, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="List", reply_markup=AGENDA)
    assert hands.find(anna, "pse", "5")[1].label == "Zwei"
    assert [button.label for button in hands.choices(anna, "pse")] == ["Eins", "Zwei"]
    assert hands.has(anna, "pse", "4")
    assert not hands.has(anna, "pse", "6")
    assert hands.link(anna) == "https://t.me/voci_bot?start=i_abc"


FACES = keyboard(
    *({"text": face, "callback_data": f"ans:1:3:0:{value}"} for value, face in enumerate("abcde"))
)


@pytest.mark.parametrize(
    ("values", "label"),
    [(("0", "1"), "b"), (("0", "3"), "d"), (("1", "3", "0", "0"), "a"), (("*", "4"), "e")],
)
async def test_values_are_the_last_ones_in_their_order(
    hands: Hands, api: Any, anna: Person, values: tuple[str, ...], label: str
) -> None:
    await api("sendMessage", chat_id=anna.id, text="How?", reply_markup=FACES)
    assert hands.find(anna, "ans", *values)[1].label == label
    assert not hands.has(anna, "ans", "1", "0")
    assert not hands.has(anna, "ans", "7", "1", "3", "0", "0")


async def test_a_missing_button_names_what_there_is(hands: Hands, api: Any, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="List", reply_markup=AGENDA)
    with pytest.raises(CastError, match=r"Anna: no button sup \('4',\).*pse:1:4"):
        hands.press(anna, "sup", "4")


async def test_a_press_without_an_answer_stops_the_play(
    hands: Hands, api: Any, anna: Person
) -> None:
    await api("sendMessage", chat_id=anna.id, text="List", reply_markup=AGENDA)
    hands.press(anna, "pse", "4")
    with pytest.raises(CastError, match="Anna: no answer to pse:1:4"):
        await hands.settle()


def test_a_missing_link_stops_the_play(hands: Hands, anna: Person) -> None:
    with pytest.raises(CastError, match="no link"):
        hands.link(anna)


async def test_a_link_stands_in_the_words_as_well(hands: Hands, api: Any, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="Pass on https://t.me/voci_bot?start=i_x now")
    assert hands.link(anna) == "https://t.me/voci_bot?start=i_x"

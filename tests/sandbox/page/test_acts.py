from __future__ import annotations

import asyncio
from typing import Any

import pytest


async def test_typing_reaches_the_bot(page: Any) -> None:
    samir = page.samir
    await page.act(samir, "start")
    assert (await page.act(samir, "say", chat="private", text="Hello")).status_code == 200
    said = (await page.view(samir))["private"]["messages"]
    assert [(each["text"], each["mine"]) for each in said] == [("/start", True), ("Hello", True)]


async def test_an_answer_names_what_it_answers(page: Any, api: Any) -> None:
    anna, group = page.anna, page.group
    asked = await api("sendMessage", chat_id=group.id, text="Its name?")
    await page.act(anna, "say", chat="group", text="Aurora", reply_to=asked["message_id"])
    assert group.last is not None and group.last.reply_to is not None
    assert group.last.reply_to.text == "Its name?"


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"act": "say", "chat": "private", "text": "  "}, "unsendable"),
        ({"act": "say", "chat": "group", "text": "I am not in it"}, "unreadable"),
        ({"act": "say", "chat": "elsewhere", "text": "x"}, "unreadable"),
        ({"act": "say", "chat": "private", "text": 5}, "unreadable"),
        ({"act": "say", "chat": "private", "text": "x", "reply_to": 77}, "changed"),
        ({"act": "press", "chat": "private", "message": 77, "row": 0, "column": 0}, "changed"),
        ({"act": "follow", "link": "https://t.me/other_bot"}, "elsewhere"),
        ({"act": "newcomer", "name": " ", "language": "en"}, "name"),
        ({"act": "newcomer", "name": "x" * 65, "language": "en"}, "name"),
        ({"act": "newcomer", "name": "Eva", "language": "xx"}, "name"),
        ({"act": "move", "seconds": 500 * 86_400}, "clock"),
        ({"act": "move", "seconds": -1}, "unreadable"),
        ({"act": "dance"}, "unreadable"),
    ],
)
async def test_what_can_t_be_done_is_refused(
    page: Any, asked: dict[str, Any], refused: str
) -> None:
    what = asked.pop("act")
    answer = await page.act(page.samir, what, **asked)
    assert (answer.status_code, answer.json()) == (409, {"refused": refused})


async def test_a_press_brings_the_bot_s_answer(page: Any, api: Any) -> None:
    anna = page.anna
    anna.start(page.theatre.bot)
    page.theatre.bot.updates.drop_all()
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sent = await api("sendMessage", chat_id=anna.id, text="Well?", reply_markup=keyboard)
    place = {"chat": "private", "message": sent["message_id"], "row": 0, "column": 0}

    pressing = asyncio.create_task(page.act(anna, "press", label="Yes", **place))
    await page.theatre.world.until(lambda: len(page.theatre.bot.updates) == 1)
    (query,) = await api.updates("callback_query")
    assert query["data"] == "y"
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)
    assert (await pressing).json() == {"toast": "Noted", "alert": True}


async def test_a_poll_is_answered_changed_and_taken_back(page: Any, api: Any) -> None:
    anna = page.anna
    anna.start(page.theatre.bot)
    for several, seen in ((False, [[0], [1], []]), (True, [[0], [0, 1], [0]])):
        poll = {"question": "Tea?", "options": ["Yes", "No"], "allows_multiple_answers": several}
        sent = await api("sendPoll", chat_id=anna.id, **poll)
        place = {"chat": "private", "message": sent["message_id"]}
        for option, mine in zip((0, 1, 1), seen, strict=True):
            await page.act(anna, "answer", option=option, **place)
            shown = (await page.view(anna))["private"]["messages"][-1]["poll"]
            assert (shown["question"], shown["anonymous"], shown["closed"]) == ("Tea?", True, False)
            assert (shown["mine"], shown["several"]) == (mine, several)
    assert shown["options"] == [["Yes", 1], ["No", 0]]
    assert (await page.act(anna, "answer", option=7, **place)).json() == {"refused": "changed"}
    await api("stopPoll", chat_id=anna.id, message_id=sent["message_id"])
    assert (await page.act(anna, "answer", option=1, **place)).json() == {"refused": "changed"}
    words = await api("sendMessage", chat_id=anna.id, text="Well?")
    place = {"chat": "private", "message": words["message_id"]}
    assert (await page.act(anna, "answer", option=0, **place)).json() == {"refused": "unreadable"}


async def test_a_button_that_has_changed_is_not_pressed(page: Any, api: Any) -> None:
    anna = page.anna
    anna.start(page.theatre.bot)
    page.theatre.bot.updates.drop_all()
    link = {"text": "Site", "url": "https://example.org"}
    keyboard = {"inline_keyboard": [[{"text": "No", "callback_data": "n"}, link]]}
    sent = await api("sendMessage", chat_id=anna.id, text="Well?", reply_markup=keyboard)
    for label, row, column in (("Yes", 0, 0), ("No", 0, 1), ("No", 3, 0), ("Site", 0, 1)):
        place = {"chat": "private", "message": sent["message_id"], "row": row, "column": column}
        answer = await page.act(anna, "press", label=label, **place)
        assert answer.json() == {"refused": "changed"}
    assert len(page.theatre.bot.updates) == 0


async def test_a_link_starts_the_bot(page: Any) -> None:
    samir = page.samir
    await page.act(samir, "follow", link="https://t.me/voci_bot?start=i_abc")
    said = samir.private(page.theatre.bot).last
    assert said is not None and said.text == "/start i_abc"


async def test_stickers_and_stopping(page: Any) -> None:
    samir = page.samir
    await page.act(samir, "sticker", chat="private")
    assert (await page.view(samir))["private"]["messages"][-1]["event"]["kind"] == "sticker"
    await page.act(samir, "block")
    assert (await page.view(samir))["private"]["blocked"]
    assert (await page.act(samir, "sticker", chat="private")).json() == {"refused": "unsendable"}
    await page.act(samir, "start")
    assert not (await page.view(samir))["private"]["blocked"]


async def test_a_newcomer_is_in_the_group_and_has_no_invitation(page: Any) -> None:
    answer = await page.act(page.anna, "newcomer", name="  Eva   <b>", language="it")
    eva = page.theatre.people()[answer.json()["person"]]
    assert (eva.first_name, eva.language_code) == ("Eva <b>", "it")
    assert page.group.is_present(eva)
    assert (await page.view(eva))["people"][-1]["part"] == "newcomer"


async def test_the_clock_is_moved(page: Any) -> None:
    await page.act(page.anna, "move", to="next")
    await page.act(page.anna, "move", seconds=3600)
    assert page.hand.moves == ["next", 3600]

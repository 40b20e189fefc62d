from __future__ import annotations

from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.bots import Bot
from sandbox.page.routes import _changes, page_routes
from sandbox.page.theatre import Theatre
from sandbox.world import World

HOME = "http://127.0.0.1:8765"


async def test_people_their_chats_and_the_time_are_shown(page: Any) -> None:
    seen = await page.view(page.samir)
    assert [(each["name"], each["part"], each["language"]) for each in seen["people"]] == [
        ("Anna Kofler", "family", "de"),
        ("Samir", "user", "en"),
    ]
    assert seen["zone"] == "Europe/Rome"
    assert seen["next_due"] == 1_790_000_600
    assert seen["group"]["title"] == "Centro Aurora"
    assert not seen["group"]["present"]
    assert not seen["private"]["started"]


async def test_without_a_choice_the_first_person_is_shown(page: Any) -> None:
    for asked in ("", "x", "99", "-1"):
        seen = (await page.get(f"/page/view?person={asked}")).json()
        assert seen["person"] == page.anna.id


async def test_of_each_chat_it_is_told_which_language_the_bot_speaks_there(page: Any) -> None:
    async def language_in(chat_id: int) -> str | None:
        return {page.anna.id: "de", page.group.id: "it"}.get(chat_id)

    assert (await page.view(page.anna))["private"]["language"] is None
    page.theatre.language_in = language_in
    seen = await page.view(page.anna)
    assert (seen["private"]["language"], seen["group"]["language"]) == ("de", "it")
    assert (await page.view(page.samir))["private"]["language"] is None


async def test_an_empty_theatre_has_nobody_to_show(world: World, bot: Bot) -> None:
    app = create_app(world, page_routes(Theatre(world, bot)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOME) as client:
        assert (await client.get("/page/view")).status_code == 404


async def test_commands_come_by_chat_and_language(page: Any, api: Any) -> None:
    async def announce(scope: str, language: str, word: str) -> None:
        await api(
            "setMyCommands",
            commands=[{"command": "agenda", "description": word}],
            scope={"type": scope},
            language_code=language,
        )

    await announce("all_private_chats", "", "What we talk about")
    await announce("all_private_chats", "de", "Worüber wir reden")
    await announce("default", "", "Everywhere")
    anna = await page.view(page.anna)
    samir = await page.view(page.samir)
    assert anna["private"]["commands"][0]["description"] == "Worüber wir reden"
    assert samir["private"]["commands"][0]["description"] == "What we talk about"
    assert samir["group"]["commands"][0]["description"] == "Everywhere"


async def test_a_supergroup_takes_the_place_of_its_group(world: World, bot: Bot) -> None:
    theatre, anna = Theatre(world, bot), world.person("Anna")
    theatre.group = small = anna.create_group("Small")
    large = anna.upgrade(small)
    assert theatre.current_group() is large


def test_only_known_parts_are_played(world: World, bot: Bot) -> None:
    with pytest.raises(ValueError, match="no such part"):
        Theatre(world, bot).enter(world.person("X"), "spy")


async def test_changes_are_told(page: Any) -> None:
    events = _changes(page.theatre)
    assert await anext(events) == f"data: {page.theatre.world.revision}\n\n"
    page.samir.start(page.theatre.bot)
    assert await anext(events) == f"data: {page.theatre.world.revision}\n\n"

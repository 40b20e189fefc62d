from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sandbox.app import create_app
from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot{token}/getMe", 200, None),
        ("/bot{token}/GETME", 200, None),
        ("/bot{token}/inventPeace", 404, "Not Found"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot123:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi/getMe", 401, "Unauthorized"),
    ],
)
async def test_who_is_let_in(api: Any, path: str, code: int, description: str | None) -> None:
    for method in ("GET", "POST"):
        response = await api.client.request(method, path.format(token=api.token))
        assert response.status_code == code
        assert response.json().get("description") == description


async def test_a_get_request_carries_its_parameters_in_the_address(
    api: Any, bot: Bot, anna: Person
) -> None:
    await api.client.get(f"/bot{api.token}/sendMessage", params={"chat_id": anna.id, "text": "x"})
    last = anna.private(bot).last
    assert last is not None and last.text == "x"


async def test_what_can_not_be_read_is_refused(api: Any) -> None:
    for body in (b"{", b'{"chat_id": "\\ud800"}'):
        response = await api.client.post(
            f"/bot{api.token}/sendMessage",
            content=body,
            headers={"content-type": "application/json"},
        )
        assert response.status_code == 400


async def test_calls_are_limited_and_logged(
    api: Any, world: World, anna: Person, clock: Any
) -> None:
    world.limits.enforced = True
    await api("sendMessage", chat_id=anna.id, text="one")
    response = await api.raw("sendMessage", chat_id=anna.id, text="two")
    assert (response.status_code, response.json()["parameters"]) == (429, {"retry_after": 1})
    assert [call.code for call in world.calls("sendMessage")] == [200, 429]
    assert [call.at for call in world.calls(ok=True)] == [clock.now()]
    clock.move(1)
    await api("sendMessage", chat_id=anna.id, text="two")


async def test_a_server_error_applies_nothing(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    world.faults.add("500", method="sendMessage")
    refused = {"chat_id": anna.id, "text": "x"}
    assert await api.refusal("sendMessage", **refused) == (500, "Internal Server Error")
    assert anna.private(bot).from_bots() == []
    await api("sendMessage", **refused)


async def test_a_flood_on_request_closes_the_chat(
    api: Any, world: World, anna: Person, clock: Any
) -> None:
    world.limits.enforced = True
    world.faults.add("429", chat_id=anna.id, retry_after=7)
    sending = {"chat_id": anna.id, "text": "x"}
    too_many = (429, "Too Many Requests: retry after 7")
    assert await api.refusal("sendMessage", **sending) == too_many
    assert await api.refusal("sendMessage", **sending) == too_many
    clock.move(7)
    await api("sendMessage", **sending)
    world.faults.add("429", method="getMe", retry_after=3)
    assert await api.refusal("getMe") == (429, "Too Many Requests: retry after 3")


async def test_further_routes_live_beside_the_bot_api(world: World) -> None:
    async def page(_: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    transport = httpx.ASGITransport(app=create_app(world, [Route("/", page)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        assert (await client.get("/")).text == "hello"

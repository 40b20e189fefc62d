"""Asked from outside: alive, ready, in numbers; and what has arrived is answered before the end."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

import httpx
import pytest
from kit.bot_state import STATE
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.clock import MovableClock
from bot.readiness import State
from bot.vitals import Vitals
from bot.web import create_app, serve
from storage.engine.errors import Transient


class Asked:
    def __init__(self) -> None:
        self.state: State | Exception = replace(STATE, faults={})
        app = create_app(self.look, Vitals(MovableClock(0.0)))
        transport = httpx.ASGITransport(app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://voci.test")

    async def look(self) -> State:
        if isinstance(self.state, Exception):
            raise self.state
        return self.state

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)


@pytest.fixture
def asked() -> Asked:
    return Asked()


async def test_where_all_is_well(asked: Asked) -> None:
    ready = await asked.get("/ready")
    assert (ready.status_code, ready.json()["ready"], ready.json()["complaints"]) == (200, True, [])
    assert (await asked.get("/health")).json() == {"alive": True}
    metrics = await asked.get("/metrics")
    assert (metrics.status_code, "voci_outbox_due 4.0" in metrics.text) == (200, True)


async def test_where_something_is_not(asked: Asked) -> None:
    asked.state = STATE
    ready = await asked.get("/ready")
    assert ready.status_code == 503
    assert len(ready.json()["complaints"]) == 2
    assert (await asked.get("/metrics")).status_code == 200


async def test_a_database_that_is_away_is_a_sentence(asked: Asked) -> None:
    asked.state = Transient("secret words")
    for path in ("/ready", "/metrics"):
        answer = await asked.get(path)
        assert answer.status_code == 503
        assert "Transient" in answer.text and "secret" not in answer.text
    assert (await asked.get("/health")).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("POST", "/ready"), ("GET", "/"), ("GET", "/admin")])
async def test_nothing_else_is_answered(asked: Asked, method: str, path: str) -> None:
    assert (await asked.client.request(method, path)).status_code in (404, 405)


async def test_what_has_arrived_is_answered_before_the_end() -> None:
    arrived, gate = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> PlainTextResponse:
        arrived.set()
        await gate.wait()
        return PlainTextResponse("done")

    asked = Asked()
    app = create_app(asked.look, Vitals(MovableClock(0.0)), [Route("/slow", slow)])
    listening = socket.create_server(("127.0.0.1", 0))
    root = f"http://127.0.0.1:{listening.getsockname()[1]}"
    serving = asyncio.create_task(serve(app, listening))
    async with httpx.AsyncClient(trust_env=False) as client:
        request = asyncio.create_task(client.get(f"{root}/slow"))
        await arrived.wait()
        serving.cancel()
        await asyncio.sleep(0)
        assert not serving.done()
        gate.set()
        assert (await request).text == "done"
    with pytest.raises(asyncio.CancelledError):
        await serving

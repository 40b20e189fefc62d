from __future__ import annotations

from typing import Any

import pytest

from sandbox.page.guard import LARGEST_BODY

HOME = "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", ""]
)
async def test_other_names_of_this_computer_are_refused(page: Any, host: str) -> None:
    for path in ("/", "/page/view", "/page/changes"):
        assert (await page.get(path, headers={"Host": host})).status_code == 403


async def test_both_usual_names_are_answered(page: Any) -> None:
    for host in ("127.0.0.1:8765", "localhost:8765", "localhost"):
        assert (await page.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8765"},
        {"Origin": HOME, "Content-Type": "text/plain"},
        {"Origin": HOME, "Content-Length": str(LARGEST_BODY + 1)},
    ],
)
async def test_other_pages_can_not_act(page: Any, headers: dict[str, str]) -> None:
    samir = page.samir
    body = b'{"person": %d, "act": "start"}' % samir.id
    sent = {"Content-Type": "application/json", **headers}
    answer = await page.client.post("/page/act", content=body, headers=sent)
    assert answer.status_code == 403
    assert not samir.private(page.theatre.bot).messages


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"5", b'{"person": "x"}', b'{"person": 1}'])
async def test_nonsense_is_refused(page: Any, body: bytes) -> None:
    headers = {"Origin": HOME, "Content-Type": "application/json"}
    answer = await page.client.post("/page/act", content=body, headers=headers)
    assert answer.status_code in (400, 409)
    assert answer.json() == {"refused": "unreadable"}

"""What members write is shown as they wrote it, without a picture of the page it links to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.stage import Stage

from bot.bucket import Urgency
from bot.calls import Place
from handlers.core.screen import Posted


async def test_no_message_and_no_edit_asks_for_a_preview(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = stage.world.person("Anna")
    await stage.start(anna)
    bot = stage.voci.application.bot
    asked: list[dict[str, Any]] = []
    send = bot.request.do_request

    async def watched(*args: Any, **kwargs: Any) -> Any:
        asked.append(kwargs["request_data"].json_parameters)
        return await send(*args, **kwargs)

    monkeypatch.setattr(bot.request, "do_request", watched)
    sending = stage.voci.sender._sending
    words = Posted("https://example.org", [], None, None)
    message_id = await sending.post(Place(anna.id), words, Urgency.SCREEN)
    await sending.edit(
        anna.id, message_id, Posted("https://example.com", [], None, None), Urgency.SCREEN
    )
    previews = [json.loads(each["link_preview_options"]) for each in asked]
    assert previews == [{"is_disabled": True}] * 2

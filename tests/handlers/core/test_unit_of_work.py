"""What a unit of work writes into the outbox: to whom, under which key, and when it may go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from handlers.core import poll
from handlers.core.poll import Poll
from handlers.core.screen import Screen, load, posted
from storage.outbox import Outgoing

from .conftest import ANNA, GROUP, NOW, Scene

WORDS = Screen(Markup("Words."))
PUBLIC = replace(WORDS, public=True)
POLL = Poll("Tea or coffee?", ("Tea", "Coffée"), several=True, closes_at=NOW + 3600)


async def test_a_post_waits_with_all_that_was_said_of_it(scene: Scene) -> None:
    centre_id = scene.centre.id
    told: dict[str, Any] = {"centre_id": centre_id, "ref": "words", "expires_at": NOW + 99}
    assert await scene.unit.post("k:1", ANNA, WORDS, not_before=NOW + 5, **told) is True
    assert await scene.due(NOW + 4) == []
    [row] = await scene.due(NOW + 5)
    assert row == Outgoing(
        row.id, "k:1", ANNA, centre_id, "words", row.payload, NOW + 5, NOW + 99, False, row.attempts
    )
    assert load(row.payload) == posted(WORDS)


async def test_a_post_goes_at_once_and_once(scene: Scene) -> None:
    assert await scene.unit.post("k:1", ANNA, WORDS) is True
    assert await scene.unit.post("k:1", ANNA, PUBLIC) is False
    [row] = await scene.due()
    assert (row.not_before, row.expires_at, row.ref, row.centre_id) == (NOW, None, None, None)
    assert row.repeatable is False


async def test_only_public_screens_are_posted_to_a_group(scene: Scene) -> None:
    with pytest.raises(ValueError, match="public"):
        await scene.unit.post_to_group(scene.centre, "k", WORDS)
    with pytest.raises(ValueError, match="public"):
        await scene.unit.repost_to_group(scene.centre, "k", WORDS)
    for work in (scene.unit.post, scene.unit.repost):
        with pytest.raises(ValueError, match="own chat"):
            await work("k", GROUP, PUBLIC)
    assert await scene.due(NOW + 99) == []
    assert await scene.unit.post_to_group(scene.centre, "k", PUBLIC)
    assert [row.chat_id for row in await scene.due()] == [GROUP]


async def test_a_message_is_brought_up_to_date_at_its_pace(scene: Scene) -> None:
    later = replace(WORDS, text=Markup("Later."))
    await scene.unit.repost("words", ANNA, WORDS, centre_id=scene.centre.id)
    await scene.unit.repost("words", ANNA, later, centre_id=scene.centre.id)
    assert await scene.due(NOW + 5) == []
    [row] = await scene.due(NOW + 6)
    assert (row.key, row.ref, row.chat_id, row.centre_id) == (
        "edit:words",
        "words",
        ANNA,
        scene.centre.id,
    )
    assert row.repeatable is True
    assert load(row.payload) == replace(posted(later), edit=True)


async def test_a_message_can_be_brought_up_to_date_later(scene: Scene) -> None:
    await scene.unit.repost_to_group(scene.centre, "words", PUBLIC, not_before=NOW + 100)
    assert await scene.due(NOW + 105) == []
    assert len(await scene.due(NOW + 106)) == 1


async def test_a_poll_is_posted_while_there_is_time_to_answer(scene: Scene) -> None:
    post = scene.unit.post_poll_to_group
    assert await post(scene.centre, "poll:1", POLL) is True
    assert await post(scene.centre, "poll:1", POLL) is False
    [row] = await scene.due()
    assert (row.chat_id, row.centre_id, row.ref) == (GROUP, scene.centre.id, None)
    assert row.expires_at == NOW + 3600 - 60, "with a minute left nobody would answer it"
    assert poll.load(row.payload) == POLL


def test_a_poll_comes_out_as_it_went_in() -> None:
    payload = poll.dump(POLL)
    assert poll.load(payload) == POLL
    assert "Coffée" in payload and '"text": "Tea or coffee?"' in payload
    assert poll.load('{"text": "Words."}') is None


def test_a_link_opens_the_bot(scene: Scene) -> None:
    services = scene.unit.services
    for payload in ("summaries", "i_a-Zb_9", "help_0a1b"):
        assert services.link(payload) == f"https://t.me/voci_bot?start={payload}"
    for payload, ids in (("join_7", (7,)), ("points_7_12", (7, 12))):
        prefix, _, word = services.sealed(payload).partition("_")
        assert services.link(payload) == f"https://t.me/voci_bot?start={prefix}_{word}"
        assert services.links.open(prefix, word) == ids
        assert len(f"{prefix}_{word}") <= 64

"""`voci check --live`: groups, webhook and clock, as Telegram tells them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from kit.stage import Stage

from bot.checks import Findings, examine
from bot.settings import AwayError, SettingsError
from sandbox.chats import Group
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def looked(stage: Stage, off: float = 0, **changed: object) -> Findings:
    settings = stage.voci.settings.model_copy(update=changed)
    return await examine(settings, time.time() + off, live=True)


def told(found: Findings) -> list[str]:
    return [str(each) for each in found.problems]


def notes(found: Findings) -> list[str]:
    """But for those about periods (test_period_notes.py)."""
    return [each for each in found.notes if not each.startswith("Centre ")]


@pytest.fixture
async def here(stage: Stage) -> tuple[Centre, Group]:
    await stage.centre("Elsewhere")
    return await stage.centre()


async def test_all_is_well(stage: Stage, here: tuple[Centre, Group]) -> None:
    found = await looked(stage)
    assert (told(found), notes(found), found.code) == ([], [], 0)


async def test_a_group_where_it_is_not_any_more(stage: Stage, here: tuple[Centre, Group]) -> None:
    centre, group = here
    stage.operator.remove(group, stage.bot)
    found = await looked(stage)
    [said] = told(found)
    assert said.startswith(f"Centre {centre.id}: Voci ") and "group" in said
    assert "Aurora" not in said, "operators see ids"
    assert found.code == AwayError.code


async def test_a_group_where_it_may_not_write(stage: Stage, here: tuple[Centre, Group]) -> None:
    centre, group = here
    stage.operator.restrict(group, stage.bot)
    assert told(await looked(stage)) == [
        f"Centre {centre.id}: Voci may not write in its group. What it should read waits."
    ]


async def test_a_group_where_administrators_alone_may_write(
    stage: Stage, here: tuple[Centre, Group]
) -> None:
    centre, group = here
    stage.operator.let_write(group, members=False)
    assert told(await looked(stage)) == [
        f"Centre {centre.id}: in its group administrators alone may write, and Voci is none. "
        "What it should read waits."
    ]
    stage.operator.promote(group, stage.bot)
    assert told(await looked(stage)) == []


@pytest.mark.parametrize(("off", "wrong"), [(-3600, True), (-30, False), (30, False), (90, True)])
async def test_a_clock_that_is_off(stage: Stage, off: float, wrong: bool) -> None:
    found = await looked(stage, off)
    assert [said.startswith("The clock of this machine is off by ") for said in told(found)] == (
        [True] if wrong else []
    )
    assert found.code == (SettingsError.code if wrong else 0)


async def test_a_webhook_that_is_not_as_the_settings_say(stage: Stage) -> None:
    bot = stage.voci.application.bot
    elsewhere: dict[str, Any] = {
        "mode": "webhook",
        "webhook_url": "https://voci.example.org/telegram",
    }
    assert notes(await looked(stage, **elsewhere)) == [
        "The webhook is not set to VOCI_WEBHOOK_URL yet: voci run does so at its start."
    ]
    await stage.stop_bot()
    async with bot:
        await bot.set_webhook("http://127.0.0.1:1/telegram", secret_token="a-secret-of-this-test")
        found = await looked(stage)
        await bot.delete_webhook()
    assert notes(found)[0].startswith("A webhook is set with this token: voci run takes it away")
    assert found.problems == []


async def test_without_live_nobody_is_asked(stage: Stage, here: tuple[Centre, Group]) -> None:
    stage.operator.remove(here[1], stage.bot)
    assert (await examine(stage.voci.settings, stage.now)).problems == []

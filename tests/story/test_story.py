"""The story, end to end over HTTP: people press and type, and a centre holds its assembly."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from kit.running_bot import SQLITE
from kit.stage import open_stage
from story import arrivals, assemblies, deciding, farewells, proposals, secrecy, series, weeks
from story.hands import Story

from bot.noise import OpenDpNoise

DAY = 86_400


@pytest.fixture(autouse=True)
def no_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """What chance shifts is shown elsewhere; here the numbers are known."""
    monkeypatch.setattr(OpenDpNoise, "discrete_laplace", lambda self, scale: 0)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest) -> Callable[[], Awaitable[str]]:
    """Where the story is kept: it is told once on each engine."""
    if request.param == "postgresql":
        make: Callable[[], Awaitable[str]] = request.getfixturevalue("postgres_url")
        return make

    async def file() -> str:
        return SQLITE

    return file


@pytest.mark.timeout(600)
async def test_the_story(
    tmp_path: Path, fresh_url: Callable[[], Awaitable[str]], caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_the_log(caplog)
    url = await fresh_url()
    async with open_stage(tmp_path, url, http=url == SQLITE) as stage:
        story = Story(stage)
        await live(story)
        secrecy.group_hears_nothing(story)
        secrecy.others_learn_nothing(story)
        secrecy.what_is_over_has_no_buttons(story)
        secrecy.telegram_refused_nothing(story)
    secrecy.log_is_clean(story, caplog.records)


def listen_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """All that our own rooms log, and what is worth a warning elsewhere."""
    for room in ("bot", "handlers", "storage"):
        caplog.set_level(logging.INFO, logger=room)


async def live(story: Story) -> None:
    """From the first day to the second summary, three months later."""
    story.stage.clock.move(DAY)  # a Thursday: everybody is in before the first check-ins
    await arrivals.chapter(story)
    await proposals.chapter(story)
    await assemblies.convene(story)
    await assemblies.reminded_a_week_before(story)
    await weeks.first_week(story)
    await assemblies.looked_for_a_chair(story)
    await assemblies.frozen(story)
    await assemblies.opening(story)
    put = await assemblies.deciding(story)
    await assemblies.outcome(story, put)
    await assemblies.task(story)
    await assemblies.too_few(story)
    await assemblies.closing(story)
    await assemblies.done(story)
    await weeks.pulse(story)
    await weeks.later_weeks(story)
    await weeks.first_summary(story)
    await farewells.chapter(story)
    await weeks.second_summary(story)


@pytest.mark.timeout(600)
async def test_questions_of_every_kind(
    tmp_path: Path, fresh_url: Callable[[], Awaitable[str]], caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_the_log(caplog)
    async with open_stage(tmp_path, await fresh_url()) as stage:
        story = Story(stage)
        await deciding.chapter(story, tmp_path)
        secrecy.telegram_refused_nothing(story)
    secrecy.log_is_clean(story, caplog.records)


@pytest.mark.timeout(600)
async def test_three_weeks_of_a_series(
    tmp_path: Path, fresh_url: Callable[[], Awaitable[str]], caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_the_log(caplog)
    async with open_stage(tmp_path, await fresh_url()) as stage:
        story = Story(stage)
        await series.chapter(story)
        assert not secrecy.names_in("\n".join(story.heard), list(story.people))
        secrecy.what_is_over_has_no_buttons(story)
        secrecy.telegram_refused_nothing(story)
    secrecy.log_is_clean(story, caplog.records)


async def test_the_beginning_of_it_behind_a_webhook(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_the_log(caplog)
    async with open_stage(tmp_path, webhook=True) as stage:
        story = Story(stage)
        await arrivals.set_up(story)
        await arrivals.first_facilitator(story)
        await arrivals.second_facilitator(story)
        for name in ("Anna", "Bruno"):
            link = await arrivals.invite(story["Chiara"], "Users of the service", 1)
            hand = story.enter(name, "de")
            await hand.opens(link)
            await arrivals.come_in(hand, name)
        await proposals.half_written(story)
        assert stage.world.calls("setWebhook", ok=True)
        assert not stage.world.calls("getUpdates")
        secrecy.group_hears_nothing(story)
        secrecy.telegram_refused_nothing(story)
    secrecy.log_is_clean(story, caplog.records)

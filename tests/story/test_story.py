"""The story, end to end over HTTP: people press and type, and a centre holds its assembly."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import open_stage
from story import arrivals, assemblies, proposals, weeks
from story.hands import Story

from bot.noise import OpenDpNoise

DAY = 86_400


async def live(story: Story) -> None:
    story.stage.clock.move(DAY)  # a Thursday: everybody is in before the first check-ins
    await arrivals.chapter(story)
    await proposals.chapter(story)
    await assemblies.convene(story)
    await assemblies.reminded_a_week_before(story)
    await weeks.first_week(story)
    await assemblies.frozen(story)
    await assemblies.opening(story)
    put = await assemblies.deciding(story)
    await assemblies.outcome(story, put)
    await assemblies.too_few(story)
    await assemblies.closing(story)
    await weeks.later_weeks(story)
    await weeks.first_summary(story)
    await weeks.second_summary(story)


@pytest.fixture(autouse=True)
def no_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """What chance shifts is shown elsewhere; here the numbers are known."""
    monkeypatch.setattr(OpenDpNoise, "discrete_laplace", lambda self, scale: 0)


async def test_the_story(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await live(Story(stage))

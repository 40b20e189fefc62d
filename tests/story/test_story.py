"""The story, end to end over HTTP: people press and type, and a centre holds its assembly."""

from __future__ import annotations

from pathlib import Path

from stage import open_stage
from story import arrivals, proposals
from story.hands import Story

DAY = 86_400


async def live(story: Story) -> None:
    story.stage.clock.move(DAY)  # a Thursday: everybody is in before the first check-ins
    await arrivals.chapter(story)
    await proposals.chapter(story)


async def test_the_story(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await live(Story(stage))

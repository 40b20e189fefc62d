"""Whoever runs the bot reads that the machine's clock has leapt; nobody else does."""

from __future__ import annotations

import pytest
from kit.screen_checks import check
from kit.stage import Stage

from handlers.core.speech import LANGUAGES, Speech
from handlers.recovery.screens import leaps as screens
from storage import people


@pytest.mark.parametrize(("leap", "words"), [(-3600.0, "put back by 60"), (90.0, "ahead by 2")])
async def test_the_operators_are_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, leap: float, words: str
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.start(stage.bot)
    await stage.settle()
    await stage.write(people.meet, stage.operator.id, "en", stage.now)
    heard = len(stage.said(anna)), len(stage.said(group))
    found = iter((0.0, leap))
    monkeypatch.setattr(stage.clock, "leap", lambda: next(found, 0.0))
    for _ in range(3):
        await stage.voci.ticker.look_at_the_clock()
    await stage.settle()
    told = [
        each.words for each in stage.said(stage.operator) if "clock of the computer" in each.words
    ]
    assert len(told) == 1 and words in told[0]
    assert (len(stage.said(anna)), len(stage.said(group))) == heard


async def test_operators_whom_the_bot_never_met_are_left_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.clock, "leap", lambda: -3600.0)
    await stage.voci.ticker.look_at_the_clock()
    assert await stage.rows("SELECT key FROM outbox") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leap", [-7200.0, -60.0, 61.0, 4e6])
def test_it_fits(language: str, leap: float) -> None:
    check(screens.leapt(Speech(language), leap), public=False)

"""Who waits for whom: one that polls stands by, one with a webhook waits for one that polls."""

from __future__ import annotations

from typing import cast

import pytest
from kit.running_bot import LeapingClock

from bot import standby, supervisor
from bot.lease import EVERY, Lease
from bot.settings import AwayError
from bot.vitals import Vitals
from storage.lease import Held


class Waiting:
    """A lease that becomes this process's, or another's, after so many looks."""

    def __init__(self, looks: int, mode: str | None = "polling") -> None:
        self.looks = looks
        self.mode = mode

    @property
    def held(self) -> bool:
        self.looks -= 1
        return self.looks < 0

    @property
    def other(self) -> Held | None:
        over = self.held
        if self.mode is None:
            return Held("other", "polling", 2, 5) if over else None
        return None if over else Held("other", self.mode, 2, 5)


def lease(looks: int, mode: str | None = "polling") -> Lease:
    return cast(Lease, Waiting(looks, mode))


async def test_while_it_stands_by_it_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, told = LeapingClock(1_000), list[str]()
    vitals = Vitals(clock)
    monkeypatch.setattr(supervisor, "tell", told.append)
    await standby.stand_by(lease(20), vitals, clock)
    assert clock.now() == 1_000 + 20 * EVERY
    assert vitals.ticked_at == vitals.heard_at == clock.now() - EVERY
    assert told == ["WATCHDOG=1"] * 20


async def test_whoever_has_it_does_not_wait() -> None:
    clock = LeapingClock(1_000)
    await standby.stand_by(lease(0), Vitals(clock), clock)
    assert clock.now() == 1_000


async def test_one_that_was_taken_over_from_ends_with_a_sentence() -> None:
    clock = LeapingClock(1_000)
    with pytest.raises(AwayError, match="another one has taken over"):
        await standby.leave_when_taken_over(lease(3, None), clock)
    assert clock.now() == 1_000 + 3 * EVERY


async def test_a_webhook_is_set_once_nobody_polls(caplog: pytest.LogCaptureFixture) -> None:
    clock = LeapingClock(1_000)
    await standby.until_nobody_polls(lease(9, "webhook"), clock)
    assert clock.now() == 1_000
    assert caplog.messages == []
    await standby.until_nobody_polls(lease(9), clock)
    assert clock.now() > 1_000
    assert len(caplog.messages) == 1
    assert "it has to be stopped" in caplog.text

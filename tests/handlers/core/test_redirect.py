from __future__ import annotations

import pytest

from assembly.immutable import immutable
from bot.app import create_application
from bot.bucket import Bucket
from bot.clock import SystemClock
from bot.settings import Settings
from bot.vitals import Vitals
from handlers.core import navigation, redirect
from handlers.core.answering import PressHandler
from handlers.core.press import Press
from handlers.core.redirect import answered_by, follow


@immutable
class Lead(Press, tag="test-lead"):
    number: int


@immutable
class Lost(Press, tag="test-lost"):
    number: int


async def answer(press: Lead, told: list[int]) -> None:
    told.append(press.number)


async def test_the_feature_that_owns_the_press_answers() -> None:
    answered_by(Lead, answer)
    told: list[int] = []
    await follow(Lead(7), told)
    assert told == [7]


async def test_a_press_that_nobody_answers_is_an_error() -> None:
    with pytest.raises(LookupError):
        await follow(Lost(1), None)


def features() -> list[object]:
    """Every handler that the features register."""
    token = "123456789:AAE-abcdefghijklmnopqrstuvwx"
    settings = Settings(_env_file=None, bot_token=token)
    clock = SystemClock()
    application = create_application(settings, Bucket(clock), Vitals(clock), clock)
    return [handler for group in application.handlers.values() for handler in group]


def test_a_press_has_one_owner() -> None:
    owned = [handler._tag for handler in features() if isinstance(handler, PressHandler)]
    assert len(owned) > 100
    assert len(owned) == len(set(owned))


def test_each_press_that_leads_somewhere_is_answered() -> None:
    features()
    kinds = [
        value
        for value in vars(navigation).values()
        if isinstance(value, type) and issubclass(value, Press) and value is not Press
    ]
    assert len(kinds) > 15
    assert [kind.__name__ for kind in kinds if kind not in redirect._answers] == []

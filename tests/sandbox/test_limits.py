from __future__ import annotations

from typing import Any

import pytest

from sandbox.errors import ApiError
from sandbox.limits import Limits, is_limited

BOT, ANNA, GROUP = 7_000_000_001, 5_000_000_001, -4_000_000_001


def is_taken(limits: Limits, chat_id: int) -> bool:
    try:
        limits.take(BOT, chat_id)
    except ApiError:
        return False
    return True


@pytest.mark.parametrize(
    ("method", "limited"),
    [
        ("sendMessage", True),
        ("editMessageText", True),
        ("stopPoll", True),
        ("sendChatAction", False),
        ("answerCallbackQuery", False),
        ("getUpdates", False),
        ("deleteMessage", False),
    ],
)
def test_only_calls_that_make_or_change_messages_count(method: str, limited: bool) -> None:
    assert is_limited(method) is limited


def test_one_message_a_second_reaches_one_person(clock: Any) -> None:
    limits = Limits(clock)
    limits.take(BOT, ANNA)
    with pytest.raises(ApiError) as refusal:
        limits.take(BOT, ANNA)
    assert refusal.value.code == 429
    assert refusal.value.description == "Too Many Requests: retry after 1"
    assert refusal.value.parameters == {"retry_after": 1}
    clock.move(1)
    limits.take(BOT, ANNA)
    assert limits.refused == 1


def test_evenly_spaced_calls_may_arrive_a_little_closer_together(clock: Any) -> None:
    limits = Limits(clock)
    limits.take(BOT, ANNA)
    clock.move(0.91)
    assert is_taken(limits, ANNA)


def test_a_refused_chat_stays_closed_until_retry_after(clock: Any) -> None:
    limits = Limits(clock)
    for _ in range(20):
        limits.take(BOT, GROUP)
        clock.move(1)
    with pytest.raises(ApiError) as refusal:
        limits.take(BOT, GROUP)
    retry_after = refusal.value.parameters["retry_after"]
    assert retry_after == 40
    clock.move(retry_after - 1)
    assert not is_taken(limits, GROUP)
    clock.move(1)
    assert is_taken(limits, GROUP)


def test_thirty_a_second_go_out_overall(clock: Any) -> None:
    limits = Limits(clock)
    taken = [is_taken(limits, person) for person in range(1, 41)]
    assert taken == [True] * 30 + [False] * 10
    clock.move(1)
    assert is_taken(limits, 41)


def test_a_pace_within_the_limits_is_never_refused(clock: Any) -> None:
    limits = Limits(clock)
    for person in range(1, 2_001):
        limits.take(BOT, person)
        clock.move(1 / 30)
    assert limits.refused == 0


def test_bots_do_not_share_their_limits(clock: Any) -> None:
    limits = Limits(clock)
    limits.take(BOT, ANNA)
    limits.take(BOT + 1, ANNA)
    assert limits.refused == 0


def test_limits_can_be_switched_off(clock: Any) -> None:
    limits = Limits(clock)
    limits.enforced = False
    assert [is_taken(limits, ANNA) for _ in range(100)] == [True] * 100

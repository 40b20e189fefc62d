from __future__ import annotations

from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person


async def test_an_open_poll_tells_who_chose_what(api: Any, bot: Bot, anna: Person) -> None:
    sent = await api(
        "sendPoll",
        chat_id=anna.id,
        question="Which day?",
        options=[{"text": "Monday"}, {"text": "Friday"}],
        is_anonymous=False,
    )
    message = anna.private(bot).messages[sent["message_id"]]
    anna.answer_poll(message, [1])
    (answer,) = await api.updates("poll_answer")
    assert answer["option_ids"] == [1]
    assert answer["option_persistent_ids"] == [sent["poll"]["options"][1]["persistent_id"]]
    assert answer["user"]["id"] == anna.id
    (state,) = await api.updates("poll")
    assert [option["voter_count"] for option in state["options"]] == [0, 1]

    stopped = await api("stopPoll", chat_id=anna.id, message_id=message.id)
    assert stopped["is_closed"] is True
    with pytest.raises(ValueError, match="closed"):
        anna.answer_poll(message, [0])
    assert await api.refusal("stopPoll", chat_id=anna.id, message_id=message.id) == (
        400,
        "Bad Request: poll has already been closed",
    )


async def test_an_anonymous_poll_tells_counts_only(api: Any, bot: Bot, anna: Person) -> None:
    sent = await api("sendPoll", chat_id=anna.id, question="?", options=["a", "b"])
    message = anna.private(bot).messages[sent["message_id"]]
    anna.answer_poll(message, [0])
    anna.answer_poll(message, [])
    assert await api.updates("poll_answer") == []
    assert [state["total_voter_count"] for state in await api.updates("poll")] == [1, 0]


async def test_answers_have_to_fit_the_poll(api: Any, bot: Bot, anna: Person) -> None:
    sent = await api("sendPoll", chat_id=anna.id, question="?", options=["a", "b"])
    message = anna.private(bot).messages[sent["message_id"]]
    with pytest.raises(ValueError, match="takes one answer"):
        anna.answer_poll(message, [0, 1])
    with pytest.raises(ValueError, match="no such option"):
        anna.answer_poll(message, [2])
    with pytest.raises(ValueError, match="no poll"):
        anna.answer_poll(anna.say(bot, "x"), [0])


async def test_a_quiz_shows_the_right_answer_in_the_end(api: Any, anna: Person) -> None:
    quiz = {"question": "?", "options": ["a", "b"], "type": "quiz"}
    sent = await api("sendPoll", chat_id=anna.id, **quiz, correct_option_id=1)
    assert "correct_option_ids" not in sent["poll"]
    stopped = await api("stopPoll", chat_id=anna.id, message_id=sent["message_id"])
    assert stopped["correct_option_ids"] == [1]
    assert await api.refusal("sendPoll", chat_id=anna.id, **quiz) == (
        400,
        "Bad Request: wrong correct option ID specified",
    )


@pytest.mark.parametrize(
    ("question", "options", "reason"),
    [
        ("", ["a", "b"], "poll question must be non-empty"),
        ("x" * 301, ["a", "b"], "poll question length must not exceed 300"),
        ("?", ["a"], "poll must have at least 2 option"),
        ("?", ["a"] * 13, "poll can't have more than 12 options"),
        ("?", ["a", " "], "poll options must be non-empty"),
        ("?", ["a", "x" * 101], "poll options length must not exceed 100"),
        ("?", {"a": "b"}, "can't parse options JSON object"),
    ],
)
async def test_polls_have_limits(
    api: Any, anna: Person, question: str, options: Any, reason: str
) -> None:
    assert await api.refusal("sendPoll", chat_id=anna.id, question=question, options=options) == (
        400,
        f"Bad Request: {reason}",
    )


async def test_only_own_polls_are_stopped(api: Any, bot: Bot, anna: Person) -> None:
    theirs = anna.send_poll(bot, "Tea?", ["yes", "no"])
    assert await api.refusal("stopPoll", chat_id=anna.id, message_id=theirs.id) == (
        400,
        "Bad Request: poll can't be stopped",
    )
    assert await api.refusal("stopPoll", chat_id=anna.id, message_id=999) == (
        400,
        "Bad Request: message with poll to stop not found",
    )


async def test_a_poll_closes_by_itself_at_its_date(api: Any, bot: Bot, anna: Person) -> None:
    now = anna.world.now()
    poll = {"chat_id": anna.id, "question": "?", "options": ["a", "b"]}
    sent = await api("sendPoll", **poll, close_date=now + 60)
    assert sent["poll"]["close_date"] == now + 60
    message = anna.private(bot).messages[sent["message_id"]]
    anna.answer_poll(message, [0])
    assert message.poll is not None
    message.poll.pass_time(now + 59)
    assert not message.poll.is_closed
    message.poll.pass_time(now + 60)
    with pytest.raises(ValueError, match="closed"):
        anna.answer_poll(message, [1])
    assert await api.refusal("sendPoll", **poll, close_date=now + 4) == (
        400,
        "Bad Request: poll close date is out of range",
    )

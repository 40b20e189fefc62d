"""Proactive messages: each once, under the limits, honest about what nobody can know."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import telegram
from markupsafe import Markup
from telegram.error import NetworkError

from handlers.core.screen import Screen, dump
from storage import messages, outbox, people
from storage.engine.database import ATTEMPTS
from storage.engine.errors import Transient
from storage.engine.transaction import Transaction


async def post(stage: Any, key: str, chat_id: int, text: str = "Hello.", **more: Any) -> None:
    async def work(tx: Transaction) -> None:
        screen = Screen(Markup(text), public=True)  # noqa: S704 - the test's own words
        edit = more.pop("edit", False)
        now = stage.now
        payload = dump(screen, edit=edit)
        await outbox.add(tx, key=key, chat_id=chat_id, payload=payload, now=now, **more)

    await stage.voci.database.run(work)


async def status(stage: Any, key: str) -> str:
    [row] = [
        row
        for row in await stage.rows("SELECT key, status FROM outbox ORDER BY id")
        if row["key"] == key
    ]
    return str(row["status"])


@pytest.fixture
async def anna(stage: Any) -> Any:
    person = stage.world.person("Anna")
    await stage.start(person)
    await stage.voci.database.run(lambda tx: people.meet(tx, person.id, "en", 0))
    stage.world.log.clear()
    return person


def texts(stage: Any, where: Any) -> list[str]:
    return [message.words for message in stage.said(where)]


async def test_a_message_is_sent_once_and_its_text_wiped(stage: Any, anna: Any) -> None:
    await post(stage, "a", anna.id)
    await post(stage, "a", anna.id)
    await stage.settle()
    await stage.settle()
    assert texts(stage, anna).count("Hello.") == 1
    [row] = await stage.rows("SELECT status, payload FROM outbox")
    assert tuple(row) == ("sent", None)


async def test_the_place_of_a_named_message_is_remembered_for_its_edits(
    stage: Any, anna: Any
) -> None:
    await post(stage, "a", anna.id, "First.", ref="r")
    await stage.settle()
    await post(stage, "edit:r", anna.id, "Second.", ref="r", edit=True, repeatable=True)
    await stage.settle()
    assert stage.last(anna).words == "Second."
    assert stage.last(anna).edits == 1


async def test_an_edit_of_a_message_that_never_arrived_is_dropped(stage: Any, anna: Any) -> None:
    await post(stage, "edit:r", anna.id, "Second.", ref="r", edit=True, repeatable=True)
    await stage.settle()
    assert await status(stage, "edit:r") == "dropped"
    assert stage.world.calls("editMessageText") == []


@pytest.mark.parametrize("fault", ["500", "502", "no_answer_after_accept", "drop_after_accept"])
async def test_an_unknown_fate_is_not_repeated_and_the_facilitators_are_told(
    stage: Any, fault: str
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    impatient(stage)
    stage.world.faults.add(fault, method="sendMessage", chat_id=group.id)
    await post(stage, "reminder", group.id, centre_id=centre.id)
    await stage.settle()
    assert await status(stage, "reminder") == "uncertain"
    assert texts(stage, group).count("Hello.") <= 1
    assert "may not have arrived" in stage.last(anna).words


async def test_a_502_for_minutes_loses_no_post_and_no_question_about_it(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.world.faults.add("502", method="sendMessage", times=None)
    for number in range(3):
        await post(stage, f"k{number}", group.id, f"Number {number}.", centre_id=centre.id)
    for _ in range(5):
        await stage.move(60)
    assert [await status(stage, f"k{number}") for number in range(3)] == ["uncertain"] * 3
    stage.world.faults.clear()
    await stage.move(600)
    asked = [words for words in texts(stage, anna) if "may not have arrived" in words]
    assert sorted(words.splitlines()[2] for words in asked) == [f"Number {n}." for n in range(3)]
    [lost] = stage.last(anna).words.splitlines()[2:3]
    await stage.press(anna, stage.last(anna), "Post it again")
    await stage.move(60)
    assert texts(stage, group) == [lost]


async def test_after_a_new_token_what_waited_leaves_with_its_words(stage: Any, anna: Any) -> None:
    centre, group = await stage.centre()
    stage.world.revoke_token(stage.bot)
    await post(stage, "a", group.id, "For all.", centre_id=centre.id)
    await post(stage, "b", anna.id, "For Anna.")
    for _ in range(3):
        await stage.voci.sender.send_due()
        stage.clock.move(600)
    assert [await status(stage, key) for key in "ab"] == ["waiting", "waiting"]
    await stage.restart()
    await stage.move(60)
    assert [await status(stage, key) for key in "ab"] == ["sent", "sent"]
    assert texts(stage, group) == ["For all."]
    assert texts(stage, anna).count("For Anna.") == 1


async def test_a_database_that_stays_away_is_told_once_and_its_end(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries, there = iter([*[True] * 3 * ATTEMPTS, False]), asyncio.Event()

    async def away(*_: Any) -> Any:
        fails = next(tries, None)
        if fails:
            raise Transient("the database can't be reached: the connection is refused")
        if fails is None:  # the second that is answered: the first was looked through
            there.set()
        return []

    caplog.set_level("INFO")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "claim_due", away)
        sending = asyncio.create_task(stage.voci.sender.run())
        await there.wait()
        sending.cancel()
    told = [each.getMessage() for each in caplog.records if "outbox" in each.getMessage()]
    assert told[0].startswith("the outbox can't be read: the database can't be reached")
    assert [each.partition(",")[0] for each in told[1:]] == ["the outbox can be read again"]


def impatient(stage: Any) -> None:
    """A read timeout of a tenth of a second, so that a silent server is given up soon."""
    send = stage.voci.application.bot.request.do_request

    async def quick(*args: Any, **kwargs: Any) -> Any:
        kwargs["read_timeout"] = 0.1
        return await send(*args, **kwargs)

    stage.voci.application.bot.request.do_request = quick


async def test_a_message_that_never_left_is_sent_when_the_network_is_back(
    stage: Any, anna: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.trouble")
    await stage.stop_bot()
    await stage.start_bot()
    request = stage.voci.application.bot.request
    send, tries = request.do_request, 0

    async def unreachable(*args: Any, **kwargs: Any) -> Any:
        nonlocal tries
        tries += 1
        if tries <= 2:
            raise NetworkError("no route") from httpx.ConnectError("no route")
        return await send(*args, **kwargs)

    request.do_request = unreachable
    await post(stage, "a", anna.id)
    for _ in range(2):
        await stage.settle()
        assert await status(stage, "a") == "waiting"
        stage.clock.move(6)
    await stage.settle()
    assert await status(stage, "a") == "sent"
    assert texts(stage, anna).count("Hello.") == 1
    assert caplog.messages[0].startswith("no messages leave: ")
    assert (
        caplog.messages[1].startswith("messages leave again, after 1") and len(caplog.messages) == 2
    )


async def test_a_halt_of_one_chat_delays_no_other(stage: Any, anna: Any) -> None:
    bruno = stage.world.person("Bruno")
    await stage.start(bruno)
    stage.clock.move(60)
    began = stage.clock.now()
    stage.world.faults.add("429", method="sendMessage", chat_id=anna.id, retry_after=30)
    await post(stage, "a", anna.id)
    await post(stage, "b", bruno.id)
    await stage.settle()
    assert texts(stage, bruno).count("Hello.") == 1
    assert stage.clock.now() - began < 5
    assert await status(stage, "a") == "waiting"
    stage.clock.move(32)
    await stage.settle()
    assert texts(stage, anna).count("Hello.") == 1


@pytest.mark.parametrize(
    ("wait", "said"), [(59, []), (75, ["Telegram lets one chat wait for 75 s"])]
)
async def test_a_wait_of_a_minute_is_worth_a_line(
    stage: Any, anna: Any, caplog: pytest.LogCaptureFixture, wait: int, said: list[str]
) -> None:
    stage.clock.move(60)
    stage.world.faults.add("429", method="sendMessage", chat_id=anna.id, retry_after=wait)
    for key in ("a", "b"):
        await post(stage, key, anna.id)
    await stage.settle()
    stage.clock.move(wait + 2)
    await stage.settle()
    assert [text for text in caplog.messages if text.startswith("Telegram lets")] == said


async def test_who_blocks_the_bot_is_left_in_peace(stage: Any, anna: Any) -> None:
    chat = anna.private(stage.bot)
    chat.blocked = True  # without the update that usually tells us
    await post(stage, "a", anna.id)
    await post(stage, "b", anna.id)
    await stage.settle()
    assert [await status(stage, key) for key in "ab"] == ["paused", "paused"]
    assert len(stage.world.calls("sendMessage")) == 1
    async with stage.voci.database.reading() as tx:
        found = await people.find(tx, anna.id)
    assert found is not None and not found.writable
    stage.world.log.clear()
    await stage.move(3600)
    assert stage.world.calls("sendMessage") == []


async def test_what_telegram_refuses_is_failed_and_stops_nobody(stage: Any, anna: Any) -> None:
    await post(stage, "broken", anna.id, "<b>never closed")
    await post(stage, "good", anna.id)
    await stage.settle()
    assert await status(stage, "broken") == "failed"
    assert await status(stage, "good") == "sent"


@pytest.mark.parametrize("edit", [False, True])
async def test_what_telegram_has_taken_is_not_sent_again_whatever_fails_then(
    stage: Any, anna: Any, monkeypatch: pytest.MonkeyPatch, edit: bool
) -> None:
    await post(stage, "before", anna.id, "Before.", ref="r")
    await stage.settle()
    stage.world.log.clear()

    def unreadable(*_: object, **__: object) -> None:
        raise AttributeError

    with monkeypatch.context() as patch:
        patch.setattr(telegram.Message, "de_json", unreadable)
        await post(stage, "a", anna.id, ref="r", edit=edit, repeatable=edit)
        await stage.settle()
    assert await status(stage, "a") == "sent"
    await stage.move(3600)
    assert len(stage.world.calls("editMessageText" if edit else "sendMessage")) == 1


async def test_what_an_error_of_ours_keeps_leaves_after_a_restart(
    stage: Any, anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AttributeError

    with monkeypatch.context() as patch:
        patch.setattr("bot.calls._markup", broken)
        await post(stage, "a", anna.id)
        for _ in range(5):
            stage.clock.move(600)
            await stage.settle()
    assert await status(stage, "a") == "waiting"
    await stage.restart()
    await stage.settle()
    assert await status(stage, "a") == "sent"
    assert texts(stage, anna).count("Hello.") == 1


async def test_a_crash_between_sending_and_noting_is_uncertain_at_the_next_start(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await post(stage, "reminder", group.id, centre_id=centre.id)
    await post(stage, "live", group.id, centre_id=centre.id, repeatable=True)
    now = stage.now

    async def take_in_hand(tx: Any) -> None:
        for row in await outbox.claim_due(tx, now, 10):
            await outbox.leaves(tx, row)

    for _ in range(2):
        await stage.voci.database.run(take_in_hand)
    await stage.restart()
    await stage.settle()
    assert await status(stage, "reminder") == "sending"  # the first might still be at it
    await stage.move(outbox.LEASE)
    await stage.move(60)  # a new process has forgotten how recently it wrote
    assert await status(stage, "reminder") == "uncertain"
    assert await status(stage, "live") == "sent"
    assert "may not have arrived" in stage.last(anna).words
    assert caplog.text.count("is uncertain: its sender has ended") == 1


async def test_a_post_about_which_nobody_can_be_asked_keeps_no_other_under_way(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever sent them has ended; a chat with one under way waits."""
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna", facilitator=True)
    await post(stage, "odd", group.id, centre_id=centre.id)
    await post(stage, "next", group.id, centre_id=centre.id)
    now = stage.now

    async def take_in_hand(tx: Any) -> None:
        for row in await outbox.claim_due(tx, now, 10):
            await outbox.leaves(tx, row)

    async def broken(*_: object) -> None:
        raise RuntimeError("odd")

    await stage.voci.database.run(take_in_hand)
    monkeypatch.setattr("bot.settling.report_uncertain", broken)
    await stage.restart()
    await stage.move(outbox.LEASE + 1)
    await stage.move(60)
    assert [await status(stage, key) for key in ("odd", "next")] == ["uncertain", "sent"]
    assert "nobody is asked about outbox row 1: RuntimeError" in caplog.messages


async def test_of_what_somebody_alone_was_to_read_nobody_is_told(stage: Any) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    stage.world.faults.add("500", method="sendMessage", chat_id=anna.id)
    heard = texts(stage, paula)
    await post(stage, "reminder", anna.id, centre_id=centre.id)
    await stage.settle()
    await stage.move(60)
    assert await status(stage, "reminder") == "uncertain"
    assert texts(stage, paula) == heard
    state = await stage.voci.state()
    assert (state.perhaps_lost, state.posts_in_doubt) == (1, 0), "but who runs it can see it"


async def test_nobody_is_woken_to_hear_that_a_post_may_be_missing(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.clock.move(10 * 3600)  # 23:00 in Rome
    stage.world.faults.add("500", method="sendMessage", chat_id=group.id)
    await post(stage, "reminder", group.id, centre_id=centre.id)
    await stage.settle()
    assert await status(stage, "reminder") == "uncertain"
    assert not any("may not have arrived" in words for words in texts(stage, anna))
    await stage.move(10 * 3600 + 60)  # 09:01
    assert "may not have arrived" in stage.last(anna).words


async def test_two_processes_never_send_the_same_row(stage: Any, anna: Any) -> None:
    for number in range(10):
        await post(stage, f"k{number}", anna.id, f"Number {number}.")
    now = stage.now
    await stage.voci.database.run(lambda tx: outbox.claim_due(tx, now, 10))
    again = await stage.voci.database.run(lambda tx: outbox.claim_due(tx, now, 10))
    assert again == []
    assert await stage.voci.database.run(lambda tx: messages.find(tx, "r")) is None


CLOSED = "Bad Request: have no rights to send a message"


async def test_of_slow_mode_facilitators_hear_once_until_when(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno")
    stage.world.faults.add("429", method="sendMessage", chat_id=group.id, retry_after=3600)
    until = stage.now + 3600
    for key in ("a", "b"):
        await post(stage, key, group.id, key, centre_id=centre.id)
    await stage.settle()
    await stage.move(600)
    await post(stage, "c", bruno.id, "For Bruno alone.", centre_id=centre.id)
    await stage.settle()
    told = [each for each in texts(stage, anna) if "again on" in each]
    assert len(told) == 1
    assert stage.speech().moment(until) in told[0]
    assert "2 messages wait" in told[0]
    assert texts(stage, bruno)[-1] == "For Bruno alone."
    await stage.restart()
    await stage.move(2900)
    assert texts(stage, group) == []
    await stage.move(200)
    assert texts(stage, group) == ["a", "b"]


async def test_a_right_that_is_taken_and_given_back(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "handlers.core.notices")
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.restrict(group, stage.bot)
    await post(stage, "a", group.id, "First.", centre_id=centre.id)
    await stage.move(60)
    stage.operator.restrict(group, stage.bot, may_write=True)
    await stage.settle()
    assert texts(stage, group) == ["First."], "at once, not at the next try"
    assert [text for text in caplog.messages if text.startswith("centre ")] == [
        "centre 1: its group can't be written to: the right to write was taken",
        "centre 1: its group can be written to again, after 60 s",
    ]
    assert len([words for words in texts(stage, anna) if "may not write" in words]) == 1


async def test_of_a_deleted_group_its_facilitators_hear(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.delete_group(group)
    for key in ("a", "b"):
        await post(stage, key, group.id, centre_id=centre.id)
    await stage.move(3600)
    assert [await status(stage, key) for key in "ab"] == ["paused", "paused"]
    assert len([words for words in texts(stage, anna) if "may not write" in words]) == 1
    assert [text for text in caplog.messages if text.startswith("centre ")] == [
        "centre 1: its group can't be written to: Voci was put out of it, or it is gone"
    ]


async def test_what_may_not_be_written_for_now_waits_in_order_and_is_told_once(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    closed = stage.world.faults.add("refused", chat_id=group.id, times=None, refusal=CLOSED)
    await post(stage, "a", group.id, "First.", centre_id=centre.id)
    await stage.settle()
    await post(stage, "b", group.id, "Second.", centre_id=centre.id)
    await stage.move(1800)
    assert [await status(stage, key) for key in "ab"] == ["waiting", "waiting"]
    told = [words for words in texts(stage, anna) if "may not write" in words]
    assert len(told) == 1
    assert closed.met < 10, "not again and again"
    stage.world.faults.clear()
    await stage.move(360)
    await stage.settle()
    assert texts(stage, group)[-2:] == ["First.", "Second."]
    stage.world.faults.add("refused", chat_id=group.id, refusal=CLOSED)
    await post(stage, "c", group.id, "Third.", centre_id=centre.id)
    await stage.settle()
    await stage.move(360)
    assert texts(stage, group)[-1] == "Third."
    assert len([words for words in texts(stage, anna) if "may not write" in words]) == 2


async def test_a_private_chat_that_says_no_for_now_is_nobody_else_s_business(stage: Any) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    heard = texts(stage, paula)
    stage.world.faults.add("refused", chat_id=anna.id, refusal="Bad Request: USER_RESTRICTED")
    await post(stage, "a", anna.id, centre_id=centre.id)
    await stage.settle()
    assert await status(stage, "a") == "waiting"
    await stage.move(360)
    assert await status(stage, "a") == "sent"
    assert texts(stage, paula) == heard


def told_of_lost(stage: Any, facilitator: Any) -> list[list[str]]:
    said = [words for words in texts(stage, facilitator) if "did not get to the group" in words]
    return [words.split("\n\n") for words in said]


async def test_of_a_post_that_telegram_refuses_the_facilitators_hear(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await post(stage, "broken", group.id, "Never <b>closed.", centre_id=centre.id)
    await post(stage, "private", anna.id, "Never <b>closed.", centre_id=centre.id)
    await post(
        stage, "edit:broken", group.id, "<b>Change.", ref="r", edit=True, centre_id=centre.id
    )
    await stage.move(60)
    [said] = told_of_lost(stage, anna)
    assert said[:2] == ["This message did not get to the group of Centro Aurora:", "Never closed."]
    assert "Telegram said no." in said[2]
    assert "outbox row 1 will not be posted: refused" in caplog.messages


async def test_of_posts_that_wait_until_it_is_too_late_the_facilitators_hear_at_once(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.restrict(group, stage.bot)
    until = stage.now + 3600
    for number in range(1, 8):
        words = f"Number {number}."
        await post(stage, f"k{number}", group.id, words, centre_id=centre.id, expires_at=until)
    stage.world.faults.add("429", method="sendMessage", chat_id=anna.id, retry_after=7200)
    await post(stage, "private", anna.id, expires_at=until)
    await stage.move(3500)
    assert told_of_lost(stage, anna) == []
    await stage.move(7200)
    await stage.move(60)
    [said] = told_of_lost(stage, anna)
    assert said[0] == "7 messages did not get to the group of Centro Aurora:"
    assert said[1].splitlines() == ["Number 1.", "Number 2.", "Number 3.", "And 4 more messages."]
    assert await stage.rows("SELECT 1 FROM outbox WHERE status = 'dropped' AND payload <> ''") == []
    assert "outbox row 1 will not be posted: too late" in caplog.messages
    assert "1 private messages came too late, and are dropped" in caplog.messages


async def test_what_a_group_kept_out_for_two_weeks_is_not_dropped_unheard(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    stage.operator.delete_group(group)
    await post(stage, "a", group.id, "The outcome.", centre_id=centre.id)
    await stage.move(60)
    assert await status(stage, "a") == "paused"
    await stage.move(13 * 86_400)
    assert told_of_lost(stage, anna) == []
    await stage.move(2 * 86_400)
    [said] = told_of_lost(stage, anna)
    assert said[1] == "The outcome."


async def test_of_what_was_for_a_group_that_the_centre_has_left_nobody_hears(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    left = stage.operator.create_group("Before")
    await post(stage, "farewell", left.id, "We moved.", centre_id=centre.id, expires_at=stage.now)
    await stage.move(60)
    assert await status(stage, "farewell") == "dropped"
    assert told_of_lost(stage, anna) == []


async def test_a_post_of_no_known_form_that_comes_too_late_holds_up_nobody(stage: Any) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    await post(stage, "later", group.id, centre_id=centre.id, expires_at=stage.now)
    async with stage.voci.database.transaction() as tx:
        await tx.statement("UPDATE outbox SET payload = '{}'")
    await post(stage, "good", group.id, "Good.", centre_id=centre.id)
    await stage.move(60)
    assert texts(stage, group) == ["Good."]
    [said] = told_of_lost(stage, anna)
    assert said[1] == "…"

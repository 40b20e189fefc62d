"""What nobody but the author may learn, and what nobody can press on somebody else's behalf."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from kit.checkin_steps import DAY, WEDNESDAY, current, given, go_to, wants
from kit.file_bytes import bytes_of
from kit.phrases import MEMBERS_ONLY, OLDER_MESSAGE, PRIVATE_ONLY
from kit.stage import Stage

from handlers.checkins.presses import Answer, Ask, NotThisWeek, ShowWeeks, Snooze
from storage import own_answers, rounds
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyDestroyed


async def sealed(stage: Stage, round_id: int) -> bytes:
    async with stage.voci.database.reading() as tx:
        return bytes(await tx.value("round_state", round_id=round_id))


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize(
    "press",
    [
        lambda centre, number: Answer(centre, number, 0, 0),
        lambda centre, number: Ask(centre, number, 0),
        lambda centre, number: Snooze(centre, number),
        lambda centre, number: NotThisWeek(centre, number),
    ],
    ids=["answer", "ask", "snooze", "not this week"],
)
async def test_nobody_touches_somebody_elses_round(stage: Stage, press) -> None:
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    hers = await current(stage, centre, anna)
    before = await sealed(stage, hers.id)
    message = stage.last(bruno)
    shown = message.words
    pressed = await stage.forge(bruno, message, press(centre.id, hers.id).encode())
    assert (await pressed.answered()).text == OLDER_MESSAGE
    assert message.words == shown
    assert await sealed(stage, hers.id) == before
    assert await current(stage, centre, anna) == hers


@pytest.mark.usefixtures("no_errors")
async def test_another_centre_opens_nothing(stage: Stage) -> None:
    """A member of two centres answers each round in its own; an outsider answers none."""
    centre, group = await stage.centre()
    other, other_group = await stage.centre("Centro Vega")
    anna = await wants(stage, centre, group)
    await stage.enrol(other, anna, "user", facilitator=False, language="en")
    carlo = await wants(stage, other, other_group, "Carlo")
    await go_to(stage, WEDNESDAY)
    hers = await current(stage, centre, anna)
    before = await sealed(stage, hers.id)
    message = stage.last(anna)
    pressed = await stage.forge(anna, message, Answer(other.id, hers.id, 0, 4).encode())
    assert (await pressed.answered()).text == OLDER_MESSAGE
    for centre_id in (centre.id, other.id, 99):
        data = Answer(centre_id, hers.id, 0, 4).encode()
        pressed = await stage.forge(carlo, stage.last(carlo), data)
        answer = await pressed.answered()
        assert answer.text in (OLDER_MESSAGE, MEMBERS_ONLY)
    assert await sealed(stage, hers.id) == before


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize(
    "data",
    [
        "ans:{c}:{r}:0:5",
        "ans:{c}:{r}:0:-2",
        "ans:{c}:{r}:0:-1000",
        "ans:{c}:{r}:3:1",
        "ans:{c}:{r}:-1:1",
        "ans:{c}:{r}:0:1.5",
        "ans:{c}:{r}:0:",
        "ans:{c}:{r}:0",
        "ans:{c}:{r}:0:1:1",
        "ans:{c}:999999:0:1",
        "ans:{c}:{r}:0:01",
        "ask:{c}:{r}:4",
        "ask:{c}:{r}:-1",
    ],
)
async def test_tampered_data_changes_nothing(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    found = await current(stage, centre, anna)
    before = await sealed(stage, found.id)
    pressed = await stage.forge(anna, stage.last(anna), data.format(c=centre.id, r=found.id))
    assert (await pressed.answered()).text == OLDER_MESSAGE
    assert await sealed(stage, found.id) == before
    assert await current(stage, centre, anna) == found


@pytest.mark.usefixtures("no_errors")
async def test_nothing_of_a_check_in_can_be_brought_into_the_group(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😌 Good")
    found = await current(stage, centre, anna)
    said = stage.world.post(group, stage.bot, text="An older post")
    for press in (
        ShowWeeks(centre.id),
        Ask(centre.id, found.id, 0),
        Answer(centre.id, found.id, 1, 2),
    ):
        pressed = await stage.forge(anna, said, press.encode())
        assert (await pressed.answered()).text == PRIVATE_ONLY
    assert said.words == "An older post"
    assert stage.last(group) is said
    assert await given(stage, centre, anna) == {"week": 3}


def files(folder: Path) -> bytes:
    """Everything that lies in the data folder, the write-ahead log included."""
    return bytes_of(folder.iterdir())


async def outbox_rows(stage: Stage) -> Iterable[sqlite3.Row]:
    connection = sqlite3.connect(stage.folder / "voci.db")
    connection.row_factory = sqlite3.Row
    try:
        return list(connection.execute("SELECT key, payload FROM outbox"))
    finally:
        connection.close()


async def test_no_answer_lies_in_the_clear_anywhere(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    message = stage.last(anna)
    found = await current(stage, centre, anna)
    chosen = ("😊 Very good", "😕 A little", "😌 Quite a lot")
    for button in chosen:
        await stage.press(anna, message, button)
    await go_to(stage, WEDNESDAY + DAY)
    pressed = [Answer(centre.id, found.id, *pair).encode() for pair in ((0, 4), (1, 1), (2, 3))]
    assert [row["payload"] for row in await outbox_rows(stage)] == [None]
    lying = files(stage.folder)
    assert b"Anna" in lying  # the search finds what is there
    # the first question, with all its buttons, was in the outbox until it was sent
    for words in ("A little", "Quite a lot", "✓", *pressed[1:]):
        assert words.encode() not in lying
    log = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name.split(".")[0] in ("bot", "handlers", "storage")
    )
    for words in (*chosen, *pressed, "Anna"):
        assert words not in log


async def test_what_comes_again_waits_in_no_table(stage: Stage) -> None:
    """Neither that a round was put off nor that somebody is reminded is a row of its own."""
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "Ask me in 3 hours")
    before = [(row["key"], row["payload"]) for row in await outbox_rows(stage)]
    kinds = await stage.rows("SELECT kind FROM schedules WHERE kind LIKE 'checkin%' ORDER BY kind")
    assert [row["kind"] for row in kinds] == ["checkin"] * 2 + ["checkin-close"] * 2
    said = {person: len(stage.said(person)) for person in (anna, bruno)}
    await stage.move(3 * 3600 + 60)
    assert [len(stage.said(person)) - count for person, count in said.items()] == [1, 0]
    await go_to(stage, WEDNESDAY + DAY + 60)
    assert [len(stage.said(person)) - count for person, count in said.items()] == [1, 1]
    assert [(row["key"], row["payload"]) for row in await outbox_rows(stage)] == before


async def test_without_the_key_a_stolen_database_tells_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna, bruno = await wants(stage, centre, group), await wants(stage, centre, group, "Bruno")
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😊 Very good", "😕 A little", "Skip")
    found = await current(stage, centre, anna)
    bruno_key = await stage.voci.keys.key(await stage.member_id(centre, bruno))
    await stage.voci.keys.destroy(found.member_id)
    with pytest.raises(KeyDestroyed):
        await stage.voci.keys.key(found.member_id)
    async with stage.voci.database.reading() as tx:
        with pytest.raises(Unreadable):
            await own_answers.given(tx, bruno_key, found)
    message = await stage.say(anna, "/start")
    await stage.forge(anna, message, ShowWeeks(centre.id).encode())
    assert message.words.startswith("Your weeks will be here once you have answered.")
    assert await stage.read(rounds.last, found.member_id) == found

"""Updates that nobody asked for, hostile names on every screen, and a log that knows nobody."""

from __future__ import annotations

import logging
from itertools import chain

import pytest
from kit.full_centre import FullCentre, fill_centre, kinds
from kit.stage import Stage

from bot.logs import FULL_OF_UPDATES, DropUpdates, Redact
from sandbox.chats import Chat

HOSTILE = "\u202e<b>Mallory</b> & <i>\u2066'\"" + "x" * 80
SHOWN = "<b>Mallory</b> & <i>'\"" + "x" * 18  # 40 characters, as wording.name lets them be
LIMITS = {"text": 4096, "caption": 1024}


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    return await fill_centre(stage)


@pytest.mark.usefixtures("no_errors")
async def test_unknown_kinds_of_updates_write_nothing(here: FullCentre) -> None:
    stage, user = here.stage, here.zoe.as_json()
    chat = here.group.as_json()
    poll_answer = {"poll_id": "7", "user": user, "option_ids": [0], "option_persistent_ids": ["a"]}
    before = here.dump()
    for kind, content in (
        ("poll_answer", poll_answer),
        ("poll_answer", {**poll_answer, "user": None, "voter_chat": chat, "option_ids": []}),
        (
            "poll",
            {
                "id": "7",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": True,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            },
        ),
        ("inline_query", {"id": "1", "from": user, "query": "x", "offset": ""}),
        ("chat_join_request", {"chat": chat, "from": user, "user_chat_id": 1, "date": 1}),
        (
            "message_reaction",
            {
                "chat": chat,
                "message_id": 1,
                "date": 1,
                "user": user,
                "old_reaction": [],
                "new_reaction": [],
            },
        ),
        ("something_new", {"a": 1}),
        ("message", {"message_id": 5, "date": 1, "chat": chat}),
        ("message", {"message_id": 5, "date": 1, "chat": chat, "from": user, "text": ""}),
        ("message", {"message_id": 5, "date": 1, "chat": {"id": 5, "type": "private"}}),
        ("channel_post", {"message_id": 5, "date": 1, "chat": chat, "text": "/setup"}),
    ):
        stage.bot.updates.allow([])  # whatever Telegram would send
        stage.bot.inject(
            kind, {name: value for name, value in content.items() if value is not None}
        )
        await stage.settle()
    assert here.dump() == before


@pytest.mark.usefixtures("no_errors")
async def test_memberships_out_of_nowhere(here: FullCentre) -> None:
    """Of people never met, of groups that are no centre, of a bot that was promoted."""
    stage = here.stage
    before = here.dump()
    crowd = here.zoe.create_group("A choir", kind="supergroup")
    here.zoe.add(crowd, stage.bot)
    here.zoe.promote(crowd, stage.bot)
    here.zoe.demote(crowd, stage.bot)
    here.zoe.remove(crowd, stage.bot)
    here.zoe.block(stage.bot)
    here.zoe.unblock(stage.bot)
    await stage.settle()
    after = here.dump()
    for table in set(after) - {"outbox_chats", "people"}:
        assert after[table] == before[table], table
    assert not [row for row in after["people"] if row[0] == here.zoe.id]


@pytest.mark.thorough
@pytest.mark.usefixtures("no_errors")
async def test_hostile_names_break_no_screen(here: FullCentre) -> None:
    """As a member's, a centre's and a group's name, in every screen that every button shows."""
    stage = here.stage
    async with stage.voci.database.transaction() as tx:
        await tx.statement("UPDATE members SET name = '" + SHOWN.replace("'", "''") + "'")
        await tx.statement("UPDATE centres SET name = '" + SHOWN.replace("'", "''") + "'")
        await tx.statement("UPDATE proposals SET named = 1, title = '" + "<&>" * 40 + "'")
    for person in (here.anna, here.fiona, here.zoe):
        person.first_name = HOSTILE
        message = here.private(person)
        data = [
            press.encode()
            for press in chain.from_iterable(here.plausible(kind) for kind in kinds())
            if press.tag not in ("meE", "meX")
        ]
        assert await here.press_all(person, message, data) == []
    for name in ("start", "me", "agenda", "assembly", "decide", "help", "privacy", "invite"):
        here.fiona.say(stage.bot, f"/{name}")
        here.anna.say(here.group, f"/{name}")
        await stage.settle()
    refused = [call for call in stage.world.log if call.code == 400]
    assert [
        call
        for call in refused
        if "modified" not in (call.description or "")
        and "chat not found" not in (call.description or "")
    ] == []
    chats: list[Chat] = [here.group, *stage.world.private_chats.values()]
    for message in chain.from_iterable(chat.from_bots() for chat in chats):
        assert not set(message.words) & set("\u202e\u2066")
        for label in message.labels:
            assert not set(label) & set("\u202e\u2066") and "&lt;" not in label
        assert "x" * 41 not in message.words


@pytest.mark.usefixtures("no_errors")
async def test_no_call_to_telegram_inside_a_transaction(
    here: FullCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is pressed: the limiter refuses calls from inside, and never has to."""
    from bot import limits

    inside: list[str] = []
    original = limits.Limits.process_request

    async def watched(self: object, callback: object, *args: object, **kw: object) -> object:
        from handlers.core.unit_of_work import CURRENT

        if CURRENT.get(None) is not None:
            inside.append(str(args[2] if len(args) > 2 else "?"))
        return await original(self, callback, *args, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(limits.Limits, "process_request", watched)
    data = [here.plausible(kind)[0].encode() for kind in kinds() if kind.tag not in ("meE", "meX")]
    for person in (here.fiona, here.anna):
        await here.press_all(person, here.private(person), data)
    assert here.stage.world.calls("editMessageText"), "something was shown at all"
    assert inside == []


SECRETS = {
    "first": "Quirinaldo",
    "last": "Zwickelbach",
    "user": "kumquat_77",
    "centre": "Xanadubad",
    "title": "Flamingos in the corridor",
    "reason": "Because of the wombats",
    "text": "periwinkle custard",
    "question": "Shall we adopt an axolotl",
}


async def test_the_log_knows_nobody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """From DEBUG up for our own loggers, INFO for others, as the log's filters let it out."""
    for room in ("assembly", "bot", "handlers", "storage"):
        caplog.set_level(logging.DEBUG, room)
    caplog.set_level(logging.INFO)
    said = SECRETS
    centre, group = await stage.centre(said["centre"])
    anna = stage.world.person(said["first"], last_name=said["last"], username=said["user"])
    anna.join(group)
    anna.start(stage.bot)
    await stage.settle()
    await stage.enrol(centre, anna, "user", facilitator=True, language="en")
    await stage.say(anna, "/propose")
    await stage.say(anna, said["title"])
    await stage.say(anna, said["reason"])
    await stage.press_each(anna, 0)
    await stage.say(anna, said["text"])
    await stage.say(anna, "/start i_" + "abcdefghijklmnopqrstuv")
    await stage.forge(anna, stage.last(anna), f"put:{centre.id}:0")
    await stage.say(anna, said["question"])
    await stage.forge(anna, stage.last(anna), f"dop:{centre.id}")
    stage.world.faults.add("500", method="sendMessage", times=2)
    await stage.say(anna, said["text"])
    _break(stage)
    anna.say(stage.bot, said["text"])
    press = anna.forge_press(stage.last(anna), f"home:{centre.id}")
    await press.answered()
    await stage.settle()
    assert any(record.levelno >= logging.ERROR for record in caplog.records), "it did fail"
    assert caplog.records
    secrets = [*SECRETS.values(), stage.bot.token, stage.bot.token.partition(":")[2]]
    secrets += ["abcdefghijklmnopqrstuv", "SECRET"]
    for record in caplog.records:
        if record.name in FULL_OF_UPDATES and not DropUpdates().filter(record):
            continue
        if record.name.startswith(("httpx", "httpcore", "aiosqlite", "apscheduler")):
            continue  # not below WARNING, and filtered in the same way then
        Redact().filter(record)
        line = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s").format(record)
        for secret in secrets:
            assert secret not in line, record.name


def _break(stage: Stage) -> None:
    """From here on every handler fails with somebody's words in its error."""

    async def fail(update: object) -> None:
        raise RuntimeError(f"SECRET {SECRETS['text']}")

    stage.voci.application.process_update = fail  # type: ignore[method-assign, assignment]


async def test_an_update_that_cannot_be_read_stops_nobody(
    here: FullCentre, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram may send what this version of PTB does not understand, between two others."""
    stage = here.stage
    await stage.stop_bot()
    here.anna.say(stage.bot, "/help")
    stage.bot.inject("message", {"message_id": 1, "text": SECRETS["text"]})
    stage.bot.inject("callback_query", {"id": "1", "data": 7, "message": {"chat": 1}})
    here.fiona.say(stage.bot, "/help")
    await stage.start_bot()
    await stage.settle()
    for person in (here.anna, here.fiona):
        assert "What would you like" in stage.last(person).words or stage.last(person).labels
    assert len(stage.bot.updates) == 0
    assert "can't be read" in caplog.text
    for record in caplog.records:
        if SECRETS["text"] in record.getMessage():  # PTB quotes what it could not read
            assert record.name in FULL_OF_UPDATES and not DropUpdates().filter(record)

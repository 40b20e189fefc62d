"""Every command from everybody and everywhere it is not meant for; links that lead nowhere."""

from __future__ import annotations

import pytest
from kit.full_centre import FullCentre, fill_centre
from kit.stage import Stage
from telegram.ext import CommandHandler

from handlers.core.registration import links
from sandbox.bots import Bot
from storage import invitations

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    return await fill_centre(stage)


def commands(stage: Stage) -> list[str]:
    """Every command that a feature answers."""
    found: set[str] = set()
    for handler in stage.voci.application.handlers[0]:
        if isinstance(handler, CommandHandler):
            found |= handler.commands
    assert {"start", "setup", "agenda", "facilitate"} <= found
    return sorted(found)


def said(here: FullCentre) -> int:
    """How many messages of bots stand in the two groups."""
    return len(here.stage.said(here.group)) + len(here.stage.said(here.other_group))


async def test_anonymous_admins_and_channels_act_as_nobody(here: FullCentre) -> None:
    stage = here.stage
    channel = stage.operator.create_group("News", kind="channel")
    stage.operator.add(channel, stage.bot)
    here.group.linked_channel = channel
    await stage.settle()
    before = here.dump()
    for name in commands(stage):
        stage.operator.say_anonymously(here.group, f"/{name}")
        stage.operator.say_as_channel(here.group, channel, f"/{name}")
        stage.operator.publish(channel, f"/{name}")
        await stage.settle()
    assert here.dump() == before
    words = {message.words for message in stage.said(here.group)}
    assert len(words) == 1 and "takes part as themselves" in words.pop()
    assert stage.said(channel) == []


async def test_what_was_edited_is_not_said_again(here: FullCentre) -> None:
    before, seen = here.dump(), said(here)
    for name in commands(here.stage):
        for where in (here.group, here.fiona.private(here.stage.bot)):
            message = here.stage.world.post(where, here.fiona, text="x")
            message.edits = 1
            content = {**message.as_json(), "text": f"/{name}", "edit_date": message.date}
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(name) + 1}]
            here.stage.bot.inject("edited_message", content)
            here.stage.bot.inject("edited_channel_post", content)
            here.stage.bot.inject("channel_post", content)
    await here.stage.settle()
    after = here.dump()
    assert after == before and said(here) == seen


async def test_another_bots_commands_are_none_of_ours(here: FullCentre) -> None:
    here.stage.bot.privacy_mode = False
    before, seen = here.dump(), said(here)
    for name in commands(here.stage):
        here.fiona.say(here.group, f"/{name}@other_bot")
        here.fiona.say(here.group, f"/{name}@voci_bot_bot and more")
    await here.stage.settle()
    assert here.dump() == before and said(here) == seen


async def test_bots_are_not_people(here: FullCentre) -> None:
    other: Bot = here.stage.world.bot("Other", "other_bot")
    before = here.dump()
    for name in commands(here.stage):
        for chat in (here.group.as_json(), {"id": other.id, "type": "private"}):
            entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
            content = {
                "message_id": 900,
                "date": here.stage.world.now(),
                "chat": chat,
                "from": other.as_json(),
                "text": f"/{name}",
                "entities": [entity],
            }
            here.stage.bot.inject("message", content)
    await here.stage.settle()
    after = here.dump()
    assert after == before
    assert here.stage.world.calls("sendMessage", ok=False) == []


async def test_outsiders_write_nothing(here: FullCentre) -> None:
    """In a group that is no centre, in another centre's group, and in private."""
    stage = here.stage
    crowd = here.hugo.create_group("A choir", kind="supergroup")
    here.hugo.add(crowd, stage.bot)
    here.hugo.join(here.group)
    await stage.settle()
    before = here.dump()
    for name in commands(stage):
        for where in (crowd, here.group):
            await stage.settle()
            here.hugo.say(where, f"/{name} {'x' * 60}")
        if name != "start":
            here.zoe.say(stage.bot, f"/{name} 1")
    await stage.settle()
    assert here.dump() == before


async def test_members_do_not_facilitate_by_command(here: FullCentre) -> None:
    before = here.dump()
    for name in ("facilitate", "invite", "setup"):
        for where in (here.group, here.stage.bot):
            here.anna.say(where, f"/{name}")
    await here.stage.settle()
    assert here.dump() == before


PAYLOADS = ("", "x", "_", "i", "i_", "join", "join_", "x" * 64, "i_" + "x" * 62, "I_abc", "ij_1")
RUBBISH = (
    "",
    "0",
    "-1",
    "1_",
    "_1",
    "1_2_3",
    "x",
    "9" * 18,
    "9" * 19,
    "9" * 60,
    "01",
    "٣",
    "\x00",
    "\ud800",
)


async def test_links_with_rubbish_lead_nowhere(here: FullCentre) -> None:
    """For outsiders: another centre's ids too, whatever feature the link belongs to."""
    stage, zoe = here.stage, here.zoe
    zoe.start(stage.bot)
    await stage.settle()
    payloads = [*PAYLOADS, *(f"{prefix}_{rest}" for prefix in links for rest in RUBBISH)]
    for person in (zoe, here.hugo):
        before = here.dump()
        for payload in payloads:
            text, length = f"/start {payload}", len("/start")
            command = {"type": "bot_command", "offset": 0, "length": length}
            chat = person.private(stage.bot)  # as no app would send it
            stage.world.post(chat, person, text=text, entities=[command])
            await stage.settle()
            assert stage.last(person).words
        assert here.dump() == before
    seen = len(stage.said(zoe))
    for prefix in links:
        for rest in (str(here.centre.id), f"{here.centre.id}_{here.ids['assembly_id']}"):
            if prefix not in ("join", "i"):
                await stage.start(zoe, f"{prefix}_{rest}")
                await stage.start(here.hugo, f"{prefix}_{rest}")
    assert here.dump() == before and len(stage.said(zoe)) > seen
    for person in (zoe, here.hugo):
        words = " ".join(message.words for message in stage.said(person))
        assert "Longer opening hours" not in words and "Via Roma" not in words


@pytest.mark.parametrize("state", ["expired", "used", "taken back"])
async def test_an_invitation_that_is_over_writes_nothing(here: FullCentre, state: str) -> None:
    stage = here.stage
    async with stage.voci.database.transaction() as tx:
        now = stage.now
        token = await invitations.add(tx, centre_id=here.centre.id, role=None, now=now)
        found = await invitations.find(tx, token)
        assert found is not None
        if state == "used":
            await invitations.use(tx, found.token_hash, now)
        elif state == "taken back":
            await invitations.revoke(tx, found.token_hash)
    if state == "expired":
        stage.clock.move(14 * 86_400)
    await stage.start(here.zoe)
    before = here.dump()
    assert state in (await stage.start(here.zoe, f"i_{token}")).words
    assert here.dump() == before

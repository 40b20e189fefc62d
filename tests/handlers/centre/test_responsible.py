from __future__ import annotations

import pytest
from kit.stage import Stage

from assembly.centre_facts import Fact
from storage import centre_facts, invitations, members
from storage.centres import Centre

FURTHER = "Who else gets them, and how long"

pytestmark = pytest.mark.usefixtures("no_errors")


async def write(stage: Stage, centre: Centre, fact: Fact, words: str) -> None:
    async with stage.voci.database.transaction() as tx:
        found = await members.active(tx, centre.id)
        change = await centre_facts.propose(tx, centre.id, fact, words, found[0].id, stage.now)
        await centre_facts.settle(tx, centre.id, change, found[0].id, stage.now, holds=True)


async def test_everybody_reads_who_is_responsible_under_privacy(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    page = await stage.say(anna, "/privacy")
    assert "is not written down yet: ask those who facilitate" in page.words
    await write(stage, centre, Fact.RESPONSIBLE, "Coop Aurora")
    await write(stage, centre, Fact.CONTACT, "privacy@aurora.example")
    page = await stage.say(anna, "/privacy")
    assert "Responsible for your data: Coop Aurora, privacy@aurora.example." in page.words
    await write(stage, centre, Fact.HOST, "Coop Nuvola, Italy")
    await write(stage, centre, Fact.BASIS, "care")
    await stage.press_each(anna, "Who is responsible")
    told = stage.last(anna).words
    assert all(words in told for words in ("Coop Aurora", "9 (2) (h)", "Garante", "/me"))
    await stage.press_each(anna, FURTHER)
    told = stage.last(anna).words
    assert all(words in told for words in ("Telegram", "Coop Nuvola, Italy", "Centro Aurora"))
    await stage.press_each(anna, "Back")
    await stage.press_each(anna, "What was changed")
    assert "Legal basis, changed by Anna, who facilitated alone." in stage.last(anna).words


async def test_whoever_joins_reads_it_before_they_agree(stage: Stage) -> None:
    centre, group = await stage.centre(zone="Europe/Vienna")
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await write(stage, centre, Fact.RESPONSIBLE, "Verein Aurora")
    token = await stage.write(invitations.add_first, centre.id, stage.now)
    anna = stage.world.person("Anna", language_code="en")
    await stage.open_link(anna, f"https://t.me/{stage.bot.username}?start=i_{token}")
    await stage.press_each(anna, "I am 14 or older", "Go on")
    consent = stage.last(anna)
    assert "Responsible for your data: Verein Aurora." in consent.words
    await stage.press_each(anna, "Who is responsible")
    assert "Datenschutzbehörde" in stage.last(anna).words
    assert stage.last(anna).labels == [FURTHER, "Back"]
    await stage.press_each(anna, FURTHER)
    assert "Telegram carries every message" in stage.last(anna).words
    assert "14 days" in stage.last(anna).words and stage.last(anna).labels == ["Back"]
    await stage.press_each(anna, "Back", "Back")
    assert "I understand, I want to take part" in stage.last(anna).labels

    page = await stage.say(anna, "/privacy")
    await stage.press(anna, page, "Who is responsible")
    assert "Verein Aurora" in stage.last(anna).words
    await stage.press_each(anna, FURTHER)
    assert "Telegram carries every message" in stage.last(anna).words
    await stage.press_each(anna, "Back")
    assert "Verein Aurora" in stage.last(anna).words
    for tag in ("resp", "respr"):
        press = await stage.forge(fiona, stage.last(fiona), f"{tag}:{centre.id + 1}")
        assert "older message" in ((await press.answered()).text or ""), "strangers learn nothing"


async def test_the_first_facilitator_is_asked_at_once_and_the_group_presses_thrice(
    stage: Stage,
) -> None:
    group = stage.operator.create_group("Centro Aurora", kind="supergroup")
    stage.operator.add(group, stage.bot)
    question = await stage.say(stage.operator, "/setup", group)
    for button in ("English", 0, "Centro Aurora"):
        await stage.press(stage.operator, question, button)
    assert "asks them in private who is responsible" in stage.last(group).words
    [way_in] = stage.last(group).buttons
    assert way_in.url is not None
    fiona = stage.world.person("Fiona", language_code="en")
    await stage.open_link(fiona, way_in.url)
    await stage.press_each(fiona, "I am 14 or older", "Go on", "I understand, I want to take part")
    await stage.press_each(fiona, "I work here", "No, thank you", "Fiona")
    assert "Before that, say who is responsible for the data." in stage.last(fiona).words
    await stage.press_each(fiona, "Say who is responsible")
    assert "Who is responsible for the data of your centre?" in stage.last(fiona).words
    for _ in Fact:
        await stage.press_each(fiona, "Not now")
    assert "Nothing is written yet." in stage.last(fiona).words

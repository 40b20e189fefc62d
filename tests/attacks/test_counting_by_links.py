"""Whoever tries the numbers in links learns nothing of what there is."""

from __future__ import annotations

import pytest
from kit.stage import HOUR, Stage

from handlers.core import registration

NUMBERS = range(1, 8)


async def answers(stage: Stage, payloads: list[str], name: str) -> dict[str, str]:
    """What a stranger reads who opens each of these, as if no other had been opened."""
    zoe = stage.world.person(name)
    found = {}
    for payload in payloads:
        zoe.say(stage.bot, f"/start {payload}")
        await stage.settle()
        found[payload] = repr((stage.last(zoe).words, stage.last(zoe).labels))
    return found


async def test_a_stranger_counts_nothing_by_trying_numbers(stage: Stage) -> None:
    stage.world.limits.enforced = False
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.propose(centre, anna, "A quiet room")
    await stage.convene(centre, anna, HOUR)
    await stage.put(centre)
    prefixes = sorted(registration.links)
    assert len(prefixes) > 10
    for prefix in prefixes:
        payloads = [f"{prefix}_{number}" for number in NUMBERS]
        payloads += [f"{prefix}_{number}_{number}" for number in NUMBERS]
        read = await answers(stage, payloads, "Zoe")
        assert len(set(read.values())) == 1, prefix


async def test_another_centres_member_counts_nothing_either(stage: Stage) -> None:
    centre, group = await stage.centre()
    other, other_group = await stage.centre("Casa Blu")
    anna = await stage.member(centre, group, "Anna")
    hugo = await stage.member(other, other_group, "Hugo")
    made = await stage.propose(centre, anna, "A quiet room")
    decision = await stage.put(centre)
    for prefix, there in (("join", centre.id), ("decide", decision.id), ("agenda", centre.id)):
        words = []
        for number in (there, 999):
            hugo.say(stage.bot, f"/start {prefix}_{number}")
            await stage.settle()
            words.append(stage.last(hugo).words)
        assert words[0] == words[1] and "leads nowhere" in words[0]
    assert made


@pytest.mark.parametrize("numbered", [True, False])
async def test_a_link_of_an_older_post_leads_members_where_it_led(
    stage: Stage, numbered: bool
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    made = await stage.propose(centre, anna, "A quiet room")
    decision = await stage.put(centre)
    for payload, words in (
        (f"agenda_{centre.id}", "A quiet room"),
        (f"p_{made}", "A quiet room"),
        (f"decide_{decision.id}", decision.question),
        (f"decisions_{centre.id}", decision.question),
    ):
        opened = payload if numbered else stage.voci.services.sealed(payload)
        assert (opened == payload) is numbered
        assert words in (await stage.say(anna, f"/start {opened}")).words


async def test_the_posts_of_a_group_say_no_number(stage: Stage) -> None:
    """Every link under any of them is sealed, whatever letters the seal has."""
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.put(centre)
    for command in ("/agenda", "/help", "/decide", "/assembly"):
        await stage.say(anna, command, group)
    urls = [button.url for message in stage.said(group) for button in message.buttons if button.url]
    assert len(urls) > 3
    payloads = [url.partition("start=")[2].partition("_") for url in urls]
    opened = [stage.voci.services.links.open(prefix, word) for prefix, _, word in payloads]
    assert None not in opened, payloads

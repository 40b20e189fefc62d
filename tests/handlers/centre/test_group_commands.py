"""In the group a personal command shows the way to the private chat, to everybody alike."""

from __future__ import annotations

import pytest
from kit.phrases import ASK_TO_JOIN
from kit.stage import Stage

from handlers.centre.group_commands import LINKS
from handlers.core.speech import Speech

pytestmark = pytest.mark.usefixtures("no_errors")

BEHIND = {
    "help": "Help",
    "propose": "What should the assembly talk about?",
    "decide": "decided",
}


@pytest.mark.parametrize("name", LINKS)
async def test_the_group_reads_the_way_and_nothing_else(stage: Stage, name: str) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    sven = stage.world.person("Sven", language_code="en")
    sven.join(group)
    answers = [await stage.say(person, f"/{name}", group) for person in (anna, sven)]
    for answer in answers:
        assert answer.words == "I answer that in your private chat with me."
    [link] = {answer.buttons[0].url for answer in answers}
    assert link is not None
    assert BEHIND.get(name, "") in (await stage.open_link(anna, link)).words
    outside = await stage.open_link(sven, link)
    assert outside.labels == [ASK_TO_JOIN]


async def test_a_group_that_is_no_centre_hears_nothing(stage: Stage) -> None:
    group = stage.operator.create_group("Anything", kind="supergroup")
    stage.operator.add(group, stage.bot)
    stage.operator.say(group, "/help")
    await stage.settle()
    assert stage.said(group) == []


async def test_a_stranger_finds_the_list_in_the_group(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.propose(centre, anna, "A garden in the yard")
    sven = stage.world.person("Sven", language_code="en")
    sven.join(group)
    own = await stage.say(anna, "/agenda", group)
    theirs = await stage.say(sven, "/agenda", group)
    assert "A garden in the yard" in theirs.words
    assert (theirs.words, theirs.labels) == (own.words, own.labels)


@pytest.mark.parametrize("text", ["/start", "/agenda", "/help", "/propose", "I can't go on"])
async def test_whoever_is_sent_away_can_ask_to_join(stage: Stage, text: str) -> None:
    await stage.centre()
    sven = stage.world.person("Sven", language_code="en")
    sven.start(stage.bot)
    await stage.settle()
    sent_away = await stage.say(sven, text)
    assert sent_away.labels == [ASK_TO_JOIN]


async def test_where_it_is_several_centres_each_has_its_name(stage: Stage) -> None:
    centre, _ = await stage.centre()
    await stage.centre("Haus Mitte")
    sven = stage.world.person("Sven", language_code="en")
    assert (await stage.start(sven)).labels == [
        "Ask to join: Centro Aurora",
        "Ask to join: Haus Mitte",
    ]
    assert (await stage.start(sven, f"agenda_{centre.id}")).labels == [ASK_TO_JOIN]
    for n in range(4):
        await stage.centre(f"Centre {n}")
    assert (await stage.start(sven)).labels == []


@pytest.mark.parametrize("text", ["/setup", "/facilitate", "/help"])
async def test_the_group_is_spoken_to_in_its_language_whoever_asks(stage: Stage, text: str) -> None:
    centre, group = await stage.centre(language="it")
    anna = await stage.member(centre, group, "Anna")
    sven = stage.world.person("Sven", language_code="de")
    sven.join(group)
    english = Speech("en")
    foreign = {
        str(english(words))
        for words in (
            "Setting up a centre is for the person who runs this bot.",
            "Facilitators can do this. Ask one of them, or propose it for the assembly.",
            "I answer that in your private chat with me.",
        )
    } | {"Ein Zentrum einrichten kann nur, wer diesen Bot betreibt."}
    for speak in (anna.say, sven.say):
        speak(group, text)
    stage.operator.say_anonymously(group, text)
    await stage.settle()
    said = {message.words for message in stage.said(group)}
    assert not said & foreign
    assert not [words for words in said if "takes part as themselves" in words]

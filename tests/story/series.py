"""A chapter of its own: three weeks of a series, with minutes, and what became of what was decided.

Every Tuesday they meet. The first time they agree without a ballot, the second time somebody does
not agree and a ballot decides, the third time they look back.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kit.phrases import ANNOUNCE, PUT_TO_EVERYBODY
from story.deciding import gather
from story.hands import ZONE, Story
from story.proposals import COOKING, SATURDAYS, WALKS, put_forward

from sandbox.chats import Message

PLACE = "Sala grande, via Roma 5"
FIRST, SECOND, THIRD = "2025-12-09", "2025-12-16", "2025-12-23"
TWO_DAYS_BEFORE = {FIRST: "2025-12-07", SECOND: "2025-12-14", THIRD: "2025-12-21"}
HERE = ("Bruno", "Carla", "Gina", "Hans", "Luca", "Marta", "Otto")
NOTED, OTHERWISE = "Die Küche ist am 1. frei.", "Die Küche ist am 2. frei."
AGREED = "On the second Sunday of each month we cook together"
HASTY = "Da gennaio apriamo ogni sabato"
SHOPPING, KEYS = "Fare la lista della spesa", "Chiedere chi ha una chiave"


async def set_up(story: Story) -> None:
    """Every Tuesday at four, in four presses; where is typed. Two would like to lead."""
    chiara = story["Chiara"]
    await chiara.writes("/facilitate")
    await chiara.presses("Meet regularly")
    await chiara.presses_exactly("Martedì")
    await chiara.presses_exactly("16:00")
    await chiara.presses("Where")
    await chiara.writes(PLACE)
    await chiara.presses(ANNOUNCE)
    assert PLACE in story.stage.last(story.group).words
    for name, title in (("Iris", COOKING), ("Anna", SATURDAYS), ("Marta", WALKS)):
        await put_forward(story[name], title, named=False)
    for name, wish in (
        ("Anna", "I’d like to chair now and then"),
        ("Nina", "I’d like to take notes now and then"),
    ):
        await story[name].writes("/me")
        await story[name].presses("Chairing and notes", wish)


async def passes(story: Story, minutes: int) -> None:
    """Time, with all that falls due on the way."""
    later = datetime.fromtimestamp(story.stage.now + minutes * 60, ZoneInfo(ZONE))
    await story.until(f"{later:%Y-%m-%d %H:%M:%S}")


async def opened(story: Story, day: str) -> None:
    """Both are asked and say yes; at its hour it is open, and people say that they are here."""
    anna, nina = story["Anna"], story["Nina"]
    await story.until(f"{TWO_DAYS_BEFORE[day]} 17:00")
    for hand in (anna, nina):
        await hand.presses("Yes, I’ll do it", "Don’t tell it")
    await story.until(f"{day} 16:00")
    await anna.writes("/assembly")
    await anna.presses("Open the assembly")
    await passes(story, 1)
    post = story.post(story.says("<b>The assembly is open.</b>"))
    for name in HERE:
        await story[name].presses_in_group(post, "I’m here")
    await nina.writes("/assembly")
    await nina.presses("Write notes")


async def to_point(story: Story, title: str) -> None:
    """The chair moves on until the assembly is at this point."""
    anna = story["Anna"]
    while title not in anna.chat[0].words.splitlines()[0]:
        await anna.presses("Next")


async def worded(story: Story, wording: str) -> Message:
    """The chair says what they are agreed on; what the group reads of it."""
    anna = story["Anna"]
    await anna.presses("We agreed: …")
    await anna.writes(wording)
    await anna.presses("Tell the group")
    return story.post(wording)


async def written(story: Story, task: str) -> None:
    """What follows from the point, until the next time."""
    anna = story["Anna"]
    await anna.presses("Write a task")
    await anna.writes(task)
    await anna.presses("By the next assembly")
    anna.reads("It is there. Everybody can take it: /tasks")
    await anna.presses("Go on with the assembly")


async def closed(story: Story) -> Message:
    """The chair closes it; what the group reads."""
    await story["Anna"].presses("Close the assembly")
    await passes(story, 1)
    await story["Anna"].presses("Close it")
    await passes(story, 1)
    return story.stage.last(story.group)


async def first(story: Story) -> None:
    """Agreed without a ballot, also through a restart; a task follows, the rest waits."""
    await opened(story, FIRST)
    await to_point(story, COOKING)
    await story["Nina"].writes(NOTED)
    post = await worded(story, AGREED)
    await story.restarts()
    await passes(story, 11)
    assert story.says("This holds, without a ballot.") in post.words
    await story["Anna"].writes("/assembly")
    await story["Anna"].presses("Go on with the assembly")
    await written(story, SHOPPING)
    await to_point(story, SATURDAYS)
    await story["Anna"].presses("Goes on next time")
    summary = await closed(story)
    assert AGREED in summary.words and f"• {SHOPPING}" in summary.words
    assert story.says("5 to 9 people were there.") in summary.words
    iris = story["Iris"]
    await iris.writes("/tasks")
    await iris.presses_exactly("1")
    await iris.presses("I’ll take it")
    await iris.presses_exactly(iris.says("With my name: {name}", name="Iris"))
    await iris.presses("I do it alone")
    await story["Gina"].writes("/tasks")
    await story["Gina"].presses_exactly("1")
    assert "Iris" in story["Gina"].chat[0].words


async def minutes(story: Story) -> None:
    """Hans finds something otherwise, the recorder words it anew; two days later they are out."""
    hans, nina = story["Hans"], story["Nina"]
    await hans.writes("/minutes")
    await hans.presses_exactly(hans.speak.date(story.stage.now))
    assert NOTED in hans.chat[0].words
    await hans.presses("Something is not right")
    await hans.writes(OTHERWISE)
    await story.until("2025-12-10 09:00")
    await nina.presses("Look at it")
    nina.reads(OTHERWISE)
    assert "Hans" not in nina.chat[0].words
    await nina.presses("To the notes")
    await nina.presses_exactly("1")
    await nina.presses_exactly("1")
    await nina.presses("Word it anew")
    await nina.writes(OTHERWISE)
    await nina.presses("All points")
    await nina.presses_exactly(nina.speak.many("One correction", "{n} corrections", 1).unescape())
    await nina.presses("It is in the minutes now")
    hans.finds("The minutes say so now.")
    await story.until("2025-12-11 16:30")
    day = story.speak.day(story.stage.now - 2 * 86_400)
    told = story.post(story.says("<b>The minutes of {day} are here.</b>", day=day))
    [link] = [button.url for button in told.buttons]
    await hans.opens(link)
    words = hans.chat[0].words
    assert OTHERWISE in words and NOTED not in words and AGREED in words and SHOPPING in words
    assert hans.speak("Something is not right") not in hans.chat[0].labels, "they are out"
    await story["Iris"].writes("/tasks")
    await story["Iris"].presses_exactly("1")
    await story["Iris"].presses("It is done")


async def second(story: Story) -> None:
    """What became of it; then one does not agree, nobody learns who, and a ballot decides."""
    await opened(story, SECOND)
    anna, hans = story["Anna"], story["Hans"]
    await anna.presses("Read the minutes")
    assert OTHERWISE in anna.chat[0].words
    await anna.writes("/assembly")
    await anna.presses("Go on with the assembly", "Next")
    assert AGREED in anna.chat[0].words
    anna.reads("What was to be done is done.")
    await to_point(story, SATURDAYS)
    waits = anna.speak.short_day(int(story.stage.now - 7 * 86_400))
    anna.reads("It has waited since the assembly on {day}.", day=waits)
    post = await worded(story, HASTY)
    toast = await hans.presses_in_group(post, "I don’t agree")
    assert toast == hans.says("It is an open point again. Nobody learns who didn’t agree.")
    await passes(story, 1)
    assert story.says("Not agreed yet: {wording}", wording=HASTY) in post.words
    await anna.writes("/assembly")
    await anna.presses("Go on with the assembly", "Put it to a decision", PUT_TO_EVERYBODY)
    put = story.stage.last(story.group)
    for name in HERE:
        await story[name].presses_in_group(put, "No" if name == "Hans" else "Yes")
    await passes(story, 11)
    await anna.writes("/assembly")
    await anna.presses("Go on with the assembly")
    await written(story, KEYS)
    await anna.presses("Decided")
    assert KEYS in (await closed(story)).words


async def third(story: Story) -> None:
    """Nobody has looked after it: it is said by its words."""
    await opened(story, THIRD)
    anna, chiara = story["Anna"], story["Chiara"]
    await anna.presses("Next")
    assert KEYS in anna.chat[0].words, "still to be done"
    await to_point(story, WALKS)
    await anna.presses("Talked about")
    await closed(story)
    await chiara.writes("/minutes")
    dates = [label for label in chiara.chat[0].labels if "2025" in label]
    assert len(dates) == 3, dates
    async with story.stage.voci.database.reading() as tx:
        convened = await tx.statement("SELECT series_date FROM assemblies ORDER BY series_date")
    assert [row["series_date"] for row in convened] == [FIRST, SECOND, THIRD, "2025-12-30"]


async def chapter(story: Story) -> None:
    """All of it, in order."""
    await gather(story)
    await set_up(story)
    await first(story)
    await minutes(story)
    await second(story)
    await third(story)

"""Chapters 4 and 5: what people put forward, and what matters to them."""

from __future__ import annotations

from kit.phrases import CHANGE_IT, GO_ON
from story.hands import Hand, Story

SATURDAYS = "Aprire il centro anche il sabato mattina"
WHY = "Nel fine settimana molti restano soli."
RESTING = "Ein ruhiger Raum zum Ausruhen"
BETTER = "Ein ruhiger Raum im ersten Stock"
COOKING = "Cook and eat together once a month"
WALKS = "Una passeggiata insieme ogni mese"


async def half_written(story: Story) -> None:
    """The process ends in the middle of a proposal; nothing of it is lost."""
    anna = story["Anna"]
    await anna.writes("/propose")
    anna.reads("What should the assembly talk about? Write it in one sentence.")
    await anna.writes(SATURDAYS)
    await story.restarts()
    await anna.writes("/propose")
    anna.reads("You were writing: <b>{title}</b>", title=SATURDAYS)
    await anna.presses(GO_ON)
    anna.reads("Why does it matter to you? One or two sentences help others to understand.")
    await story.restarts()
    await anna.writes(WHY)
    assert f"{SATURDAYS}\n{WHY}" in anna.chat[0].words
    await anna.presses_exactly(anna.says("With my name: {name}", name="Anna"))
    anna.reads("It is on the list for the next assembly.")


async def similar(story: Story) -> None:
    """What is on the list already comes first: joined by one, not by the other."""
    elena, luca = story["Elena"], story["Luca"]
    for hand, title in (
        (elena, "Aprire anche il sabato"),
        (luca, "Aprire il centro di sabato"),
    ):
        await hand.writes("/propose")
        await hand.writes(title)
        hand.reads("Is it one of these? Then add your voice to it instead.")
        await hand.presses_starting(SATURDAYS[:30])
        hand.reads("Put forward by {name}.", name="Anna")
    assert await elena.presses("This is it: add my voice") == elena.says("Your voice is with it.")
    await luca.presses("No, mine is new")
    await luca.presses("Skip", "Without a name")
    luca.reads("It is on the list for the next assembly.")
    await luca.presses("Take it back")
    luca.reads("This can’t be undone.")
    await luca.presses("Take it back")
    luca.reads("Taken back. It is not on the list any more.")


async def proposing(story: Story) -> None:
    """Three more, in three languages; one is put into other words."""
    await put_forward(story["Bruno"], RESTING, named=False)
    await put_forward(story["Iris"], COOKING, named=True)
    await put_forward(story["Marta"], WALKS, named=False)
    bruno = story["Bruno"]
    await opens(bruno, RESTING)
    await bruno.presses(CHANGE_IT, "Change the text", "The sentence")
    await bruno.writes(BETTER)
    assert await bruno.presses("Save without a name") == bruno.says("Saved.")
    assert BETTER in bruno.chat[0].words and RESTING not in bruno.chat[0].words
    bruno.reads("Edited on {day}.", day=bruno.speak.short_day(story.stage.clock.now()))


async def put_forward(hand: Hand, title: str, *, named: bool) -> None:
    """A proposal without a reason."""
    await hand.writes("/propose")
    await hand.writes(title)
    await hand.presses("Skip")
    if named:
        name = hand.person.first_name
        await hand.presses_exactly(hand.says("With my name: {name}", name=name))
    else:
        await hand.presses("Without a name")
    hand.reads("You will hear what becomes of it.")


async def opens(hand: Hand, title: str) -> None:
    """The list, and one proposal on it."""
    await hand.writes("/agenda")
    [line] = [line for line in hand.chat[0].words.splitlines() if title in line]
    await hand.presses_exactly(line.partition(".")[0])


async def voices(story: Story) -> None:
    """Adding one's voice: in private, and by the link under the group's list; and back again."""
    for name, title in (
        ("Bruno", SATURDAYS),
        ("Carla", SATURDAYS),
        ("Dario", BETTER),
        ("Nina", BETTER),
        ("Otto", BETTER),
    ):
        await opens(story[name], title)
        toast = await story[name].presses("This matters to me too")
        assert toast == story[name].says("Your voice is with it.")
        assert title in story[name].chat[0].words
    dario = story["Dario"]
    assert await dario.presses("Take my voice back") == "Taken back."
    await story["Hans"].writes_in_group("/agenda")
    listed = story.post(SATURDAYS)
    number = next(button for button in listed.buttons if button.label == "3")
    await story["Hans"].opens(number.url)
    await story["Hans"].presses("This matters to me too", "Take my voice back")


async def in_order(story: Story) -> None:
    """Two of four professionals weigh more than three of eight users."""
    anna = story["Anna"]
    await anna.writes("/agenda")
    two, three = (anna.speak.many("one voice", "{n} voices", n) for n in (2, 3))
    _, *points = [line for line in anna.chat[0].words.splitlines() if line]
    assert points[:2] == [f"1. {BETTER} · {two}", f"2. {SATURDAYS} · {three}"]
    assert [point[3:].partition(" · ")[0] for point in points[2:]] == [COOKING, WALKS]
    await story["Gina"].writes_in_group("/agenda")
    assert "\n".join(points) in story.stage.last(story.group).words


async def chapter(story: Story) -> None:
    """All of it, in order."""
    await half_written(story)
    await similar(story)
    await proposing(story)
    await voices(story)
    await in_order(story)

"""60 points in the longest words and 500 members: pages, and never a message that is refused."""

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.screen_checks import TEXT
from kit.stage import Stage

from assembly.endings import Ending
from assembly.openings import Chosen, Opening
from sandbox.chats import Message
from storage import openings
from storage.engine.transaction import Transaction

pytestmark = pytest.mark.usefixtures("no_errors")

POINTS, MEMBERS = 60, 500
ALL, CLOSE = "All points", "Close the assembly"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def crowd(tx: Transaction, centre_id: int) -> None:
    """So many more members, all of whom are there: their number is told, never who."""
    columns = ("id", "centre_id", "telegram_id", "role", "name", "status", "joined_at")
    rows = [
        (9_000 + n, centre_id, 9_000_000 + n, "user", f"Member {n}", "active", 0)
        for n in range(MEMBERS)
    ]
    await tx.insert("members", columns, rows)


async def come(tx: Transaction, assembly_id: int) -> None:
    rows = [(assembly_id, 9_000 + n) for n in range(MEMBERS)]
    await tx.insert("presences", ("assembly_id", "member_id"), rows)


def fits(message: Message) -> bool:
    return 0 < len(message.words.encode("utf-16-le")) // 2 <= TEXT


async def test_sixty_points_and_five_hundred_people(play: Meeting) -> None:
    await play.stage.write(crowd, play.centre.id)
    await play.propose(*(f"{n} {'😀' * 115}" for n in range(1, POINTS + 1)), reason="😀" * 1000)
    for each in Opening:
        chosen = Chosen(True, "😀" * 115, 30 if each is Opening.BREAK else None)
        await play.stage.write(openings.choose, play.centre.id, each, chosen)
    assembly = await play.convene()
    assert fits(await play.open())
    await play.stage.write(come, assembly.id)
    for page in ("All points", *["More"] * 6, "Time", *["More"] * 6):
        message = await play.press(play.paula, page)
        assert fits(message), page
    await play.press(play.paula, "Back", "Change the order", "More", "12", "More", "25")
    moved = await play.stage.say(play.paula, f"So it is. {'😀' * 180}")
    assert fits(moved) and "characters" not in moved.words
    await play.stage.say(play.anna, "/assembly")
    for page in ("The list", *["More"] * 6):
        assert fits(await play.press(play.anna, page)), page
    await play.hub("Go on with the assembly", *["Next"] * 3, "Talked about")
    for button in ("Next", "Goes on next time", CLOSE, *["More"] * 6):
        assert fits(await play.press(play.paula, button)), button
    assert fits(await play.press(play.paula, "Close it"))
    await play.stage.move(30)
    assert all(fits(message) for message in play.stage.said(play.group))
    endings = await play.items(assembly)
    assert len(endings) == POINTS + 2, "with a round and reports before them"
    assert endings.count(Ending.NOT_REACHED) == POINTS - 2 + 2

"""What an error while sending means for the message: a line a case, as docs/telegram.md has it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.fate import (
    BARRED,
    CANT_BE_WRITTEN_TO,
    MAY_NOT_NOW,
    NEVER_LEFT,
    NOTICED,
    TOPIC_SHUT,
    UNREACHED,
    Barred,
    Blocked,
    Fate,
    Moved,
    Ours,
    Refused,
    Sent,
    Uncertain,
    Wait,
    fate_of,
)
from bot.limits import CalledInTransaction
from bot.sending import Arrived
from storage.barred_chats import Bar
from storage.engine.errors import Conflict as RowConflict
from storage.engine.errors import StorageError, Transient


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


AGAIN = Wait(UNREACHED)
ASKED = Uncertain("BadRequest")
REFUSED = Refused("BadRequest")
NOT_NOW = Barred(BARRED, Bar.RIGHTS)
SHUT = Barred(BARRED, Bar.TOPIC)
LATER = Barred(NOTICED, Bar.PACE)

# The error, the fate of a message that must not arrive twice, and of one that may.
CASES: list[tuple[Exception, Fate, Fate]] = [
    (RetryAfter(30), Wait(30), Wait(30)),
    (RetryAfter(datetime.timedelta(seconds=7)), Wait(7), Wait(7)),
    (RetryAfter(int(NOTICED) - 1), Wait(NOTICED - 1), Wait(NOTICED - 1)),
    (RetryAfter(datetime.timedelta(seconds=NOTICED)), LATER, LATER),
    (Forbidden("bot was blocked by the user"), Blocked(), Blocked()),
    (ChatMigrated(-1007), Moved(-1007), Moved(-1007)),
    (Forbidden("Forbidden: user is deactivated"), Blocked(), Blocked()),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Blocked(), Blocked()),
    (Forbidden("Forbidden: bot is not a member of the supergroup chat"), Blocked(), Blocked()),
    (Forbidden("Forbidden: the group chat was deleted"), Blocked(), Blocked()),
    (BadRequest("Chat not found"), Blocked(), Blocked()),
    (BadRequest("Group chat was deactivated"), Blocked(), Blocked()),
    (BadRequest("PEER_ID_INVALID"), Blocked(), Blocked()),
    (BadRequest("Not enough rights to send text messages to the chat"), NOT_NOW, NOT_NOW),
    (BadRequest("Not enough rights to send photos to the chat"), ASKED, ASKED),
    (BadRequest("Not enough rights to send polls to the chat"), ASKED, ASKED),
    (Forbidden("Forbidden: not enough rights to send text messages to the chat"), NOT_NOW, NOT_NOW),
    (BadRequest("Have no rights to send a message"), NOT_NOW, NOT_NOW),
    (BadRequest("Have no write access to the chat"), NOT_NOW, NOT_NOW),
    (BadRequest("Need administrator rights in the channel chat"), NOT_NOW, NOT_NOW),
    (BadRequest("CHAT_ADMIN_REQUIRED"), NOT_NOW, NOT_NOW),
    (Forbidden("Forbidden: CHAT_WRITE_FORBIDDEN"), NOT_NOW, NOT_NOW),
    (BadRequest("CHAT_RESTRICTED"), NOT_NOW, NOT_NOW),
    (BadRequest("CHAT_SEND_PLAIN_FORBIDDEN"), NOT_NOW, NOT_NOW),
    (BadRequest("CHAT_SEND_PHOTOS_FORBIDDEN"), ASKED, ASKED),
    (BadRequest("CHAT_GUEST_SEND_FORBIDDEN"), NOT_NOW, NOT_NOW),
    (BadRequest("USER_RESTRICTED"), NOT_NOW, NOT_NOW),
    (BadRequest("TOPIC_CLOSED"), SHUT, SHUT),
    (BadRequest("TOPIC_DELETED"), SHUT, SHUT),
    (BadRequest("Message thread not found"), SHUT, SHUT),
    (BadRequest("SLOWMODE_WAIT_30"), NOT_NOW, NOT_NOW),
    (BadRequest("Message is too long"), REFUSED, REFUSED),
    (BadRequest("Can't parse entities"), REFUSED, REFUSED),
    (NetworkError("Internal Server Error (500)"), Uncertain("NetworkError"), AGAIN),
    (TimedOut(), Uncertain("TimedOut"), AGAIN),
    (caused(TimedOut(), httpx.ReadTimeout("")), Uncertain("TimedOut"), AGAIN),
    (caused(TimedOut(), httpx.ConnectTimeout("")), AGAIN, AGAIN),
    (caused(TimedOut(), httpx.PoolTimeout("")), AGAIN, AGAIN),
    (NetworkError("Bad Gateway"), Uncertain("NetworkError"), AGAIN),
    (caused(NetworkError("no route"), httpx.ConnectError("")), AGAIN, AGAIN),
    (caused(NetworkError("proxy"), httpx.ProxyError("")), AGAIN, AGAIN),
    (caused(NetworkError("cut"), httpx.ReadError("")), Uncertain("NetworkError"), AGAIN),
    (TelegramError("Invalid server response"), Uncertain("TelegramError"), AGAIN),
    (InvalidToken("Unauthorized"), Ours("InvalidToken"), Ours("InvalidToken")),
    (Conflict("terminated by other request"), Ours("Conflict"), Ours("Conflict")),
    (Transient("away"), AGAIN, AGAIN),
    (RowConflict("refused"), AGAIN, AGAIN),
    (StorageError("disk"), AGAIN, AGAIN),
    (caused(Arrived(), TypeError("x")), Sent("TypeError"), Sent("TypeError")),
    (AttributeError("x"), Ours("AttributeError"), Ours("AttributeError")),
    (TypeError("x"), Ours("TypeError"), Ours("TypeError")),
    (KeyError("text"), Ours("KeyError"), Ours("KeyError")),
    (CalledInTransaction("x"), Ours("CalledInTransaction"), Ours("CalledInTransaction")),
]


@pytest.mark.parametrize(("error", "once", "repeatable"), CASES, ids=lambda case: repr(case))
def test_each_error_has_its_fate(error: Exception, once: Fate, repeatable: Fate) -> None:
    assert fate_of(error, repeatable=False) == once
    assert fate_of(error, repeatable=True) == repeatable


PAGE = (Path(__file__).parents[2] / "docs" / "telegram.md").read_text(encoding="utf-8")

NAMED: dict[str, Exception] = {
    "an answer that can't be read": TelegramError("Invalid server response"),
    "the database is away": Transient("SQLITE_BUSY"),
    "an error of Voci's own": TypeError("x"),
    "an error after Telegram's yes": caused(Arrived(), TypeError("x")),
}
KINDS: dict[str, type[TelegramError]] = {
    "400": BadRequest,
    "401": InvalidToken,
    "403": Forbidden,
    "409": Conflict,
}


def meant(said: str) -> Exception:
    """The error for what stands in the first column: as python-telegram-bot raises it."""
    code, _, words = said.partition(" ")
    if said in NAMED:
        return NAMED[said]
    if code == "429":
        return RetryAfter(int(words))
    if "upgraded" in words:
        return ChatMigrated(-1007)
    if code in KINDS:
        return KINDS[code](words)
    if code.startswith("5"):
        return NetworkError(words)
    kind = TimedOut if said.endswith("Timeout") else NetworkError
    return caused(kind(said), getattr(httpx, said)(""))


def worded(fate: Fate) -> str:
    """A fate as the page calls it."""
    match fate:
        case Wait(seconds):
            return "again in 5 s" if seconds == UNREACHED else "again as told"
        case Barred(_, by):
            words = {Bar.PACE: "as told", Bar.RIGHTS: ": right", Bar.TOPIC: ": topic"}
            return f"the chat waits {words[by]}".replace(" :", ":")
        case Blocked():
            return "the chat is left alone"
        case Moved():
            return "follows"
        case _:
            others = {Refused: "given up", Uncertain: "uncertain", Ours: "kept: ours", Sent: "sent"}
            return others[type(fate)]


def lines() -> Iterator[tuple[str, str, str]]:
    """What happens, and both fates, of each case on the page."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`"):
            for said in re.findall(r"`([^`]+)`", cells[0]):
                yield said, cells[1], cells[2]


@pytest.mark.parametrize(("said", "once", "repeatable"), list(lines()))
def test_each_line_of_the_page_is_so(said: str, once: str, repeatable: str) -> None:
    assert worded(fate_of(meant(said), repeatable=False)) == once
    assert worded(fate_of(meant(said), repeatable=True)) == repeatable


def test_the_page_leaves_nothing_out() -> None:
    said = " ".join(each for each, _, _ in lines()).casefold()
    for words in (*MAY_NOT_NOW, *TOPIC_SHUT, *CANT_BE_WRITTEN_TO, *NEVER_LEFT):
        assert words.casefold() in said
    on_it = {worded(fate_of(error, repeatable=False)) for error, _, _ in CASES}
    assert on_it == {once for _, once, _ in lines()}


def test_a_message_that_may_have_arrived_each_time_comes_ever_more_rarely() -> None:
    waits = [fate_of(TimedOut(), repeatable=True, tries=tries) for tries in (0, 1, 4, 6, 99)]
    assert waits == [Wait(5.0), Wait(10.0), Wait(80.0), Wait(320.0), Wait(320.0)]
    assert fate_of(TimedOut(), repeatable=False, tries=9) == Uncertain("TimedOut")

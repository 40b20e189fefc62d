"""What an error while sending means for the message, a line a case."""

from __future__ import annotations

import datetime

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
    NOTICED,
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
    (RetryAfter(NOTICED - 1), Wait(NOTICED - 1), Wait(NOTICED - 1)),
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

"""No token, no name, no message text in logs."""

from __future__ import annotations

import json
import logging

import pytest

from bot.logs import DropAnswers, DropUpdates, JsonLines, Redact

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("voci", logging.INFO, __file__, 1, message, args, info)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", ()),
        ("token %s", (TOKEN,)),
        ("%r", ({"token": TOKEN},)),
    ],
)
def test_tokens_are_removed(message: str, args: tuple[object, ...]) -> None:
    entry = record(message, *args)
    Redact().filter(entry)
    assert TOKEN not in entry.getMessage()
    assert "[token]" in entry.getMessage()


def test_deep_links_are_removed() -> None:
    entry = record("opened https://t.me/voci_bot?start=i_abcdefghijklmnopqrstuv")
    Redact().filter(entry)
    assert "i_abc" not in entry.getMessage()


def test_an_error_is_logged_by_kind_and_place_not_by_its_words() -> None:
    try:
        raise ValueError("Anna wrote: I feel awful")
    except ValueError as error:
        entry = record("update %d failed", 7, error=error)
    Redact().filter(entry)
    text = logging.Formatter("%(message)s").format(entry)
    assert "Anna" not in text
    assert "update 7 failed [ValueError at test_an_error" in text


def test_ptb_does_not_print_updates() -> None:
    for message in (
        "Error while building CallbackContext for update %s.",
        "Error while parsing updates! Received data was %r",
    ):
        assert not DropUpdates().filter(record(message, {"text": "secret"}))


def test_an_answer_that_can_t_be_read_is_not_quoted() -> None:
    entry = record('Can not load invalid JSON data: "%s"', "Anna feels awful")
    assert DropAnswers().filter(entry)
    assert entry.getMessage() == "an answer can't be read"


def test_json_lines_can_be_read_back() -> None:
    entry = record("ready")
    assert json.loads(JsonLines().format(entry))["message"] == "ready"

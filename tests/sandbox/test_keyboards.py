from __future__ import annotations

from typing import Any

import pytest

from sandbox.errors import ApiError
from sandbox.keyboards import Button, buttons_of, checked_inline_keyboard, checked_markup


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "x" * 64},
        {"text": "x", "callback_data": "é" * 32},
        {"text": "x", "url": "https://t.me/voci_bot?start=a"},
        {"text": "x", "url": "example.org"},
        {"text": "x", "url": "tg://user?id=1"},
        {"text": "x", "copy_text": {"text": "y"}},
    ],
)
def test_good_buttons_stay_as_they_are(button: dict[str, Any]) -> None:
    assert checked_markup(keyboard(button)) == keyboard(button)


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "x"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": 1, "callback_data": "x"},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ("text", "can't parse inline keyboard button: expected an Object"),
        (
            {"text": "x", "url": "not-a-url"},
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "http://localhost:8765"},
            "inline keyboard button URL 'http://localhost:8765' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://example.com"},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "url": "https://"},
            "inline keyboard button URL 'https://' is invalid: URL host is empty",
        ),
    ],
)
def test_bad_buttons_are_refused(button: Any, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        checked_inline_keyboard(keyboard(button))
    assert refusal.value.description == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[{"text": "x", "callback_data": "x"}] * 9], "BUTTONS_IN_ROW_TOO_MANY"),
        ([[{"text": "x", "callback_data": "x"}]] * 101, "REPLY_MARKUP_TOO_LONG"),
        ("x", 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
    ],
)
def test_oversized_keyboards_are_refused(rows: Any, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        checked_markup({"inline_keyboard": rows})
    assert refusal.value.description == f"Bad Request: {reason}"


def test_markup_that_is_no_object_is_refused() -> None:
    with pytest.raises(ApiError, match="object expected as reply markup"):
        checked_markup([])


@pytest.mark.parametrize("markup", [None, "", {"inline_keyboard": []}, {"inline_keyboard": [[]]}])
def test_an_empty_keyboard_is_none(markup: Any) -> None:
    assert checked_markup(markup) is None


def test_other_markup_passes_in_new_messages() -> None:
    assert checked_markup({"force_reply": True}) == {"force_reply": True}
    assert checked_markup({"unknown": True}) is None


def test_buttons_are_listed_row_by_row() -> None:
    rows = [
        [{"text": "a", "callback_data": "1"}, {"text": "b", "url": "https://example.org"}],
        [{"text": "c", "callback_data": "3"}],
    ]
    assert buttons_of({"inline_keyboard": rows}) == [
        Button("a", "1", None),
        Button("b", None, "https://example.org"),
        Button("c", "3", None),
    ]
    assert buttons_of(None) == []

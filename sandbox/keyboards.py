"""Reply markup: which keyboards Telegram accepts under a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import bad_request
from sandbox.text import require_unicode

Keyboard = dict[str, Any]
CALLBACK_DATA_BYTES = 64
BUTTONS_IN_ROW = 8
BUTTONS_IN_KEYBOARD = 100
OTHER_ACTIONS = frozenset(
    (
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    )
)


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message as a person sees it."""

    label: str
    data: str | None
    url: str | None


def buttons_of(keyboard: Keyboard | None) -> list[Button]:
    """The buttons of an inline keyboard, row by row in one list."""
    rows = (keyboard or {}).get("inline_keyboard", [])
    return [
        Button(button["text"], button.get("callback_data"), button.get("url"))
        for row in rows
        for button in row
    ]


def checked_markup(markup: object) -> Keyboard | None:
    """The markup as Telegram would store it; raises ApiError 400 when it would refuse it."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return checked_inline_keyboard(markup)
    if not {"keyboard", "remove_keyboard", "force_reply"} & set(markup):
        return None
    return markup


def checked_inline_keyboard(markup: object) -> Keyboard | None:
    """Like `checked_markup` where only buttons under the message are possible (edits)."""
    if markup is None or markup == "":
        return None
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    kept = [row for row in rows if row]
    for button in (button for row in kept for button in row):
        _check_button(button)
    if any(len(row) > BUTTONS_IN_ROW for row in kept):
        raise bad_request("BUTTONS_IN_ROW_TOO_MANY")
    if sum(len(row) for row in kept) > BUTTONS_IN_KEYBOARD:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def _check_button(button: object) -> None:
    where = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{where}: expected an Object")
    label = button.get("text")
    if label is None:
        raise bad_request(f'{where}: Can\'t find field "text"')
    if not isinstance(label, str):
        raise bad_request(f'{where}: Field "text" must be of type String')
    require_unicode(label)
    if not label.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    data, url = button.get("callback_data"), button.get("url")
    if data:
        require_unicode(data)
        if len(data.encode()) > CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif url:
        check_url(url)
    elif not OTHER_ACTIONS & set(button):
        raise bad_request(f"{where}: Text buttons are unallowed in the inline keyboard")


def check_url(url: str) -> None:
    """Raise ApiError 400 when the link can't be opened from a button."""
    invalid = f"inline keyboard button URL '{url}' is invalid"
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in ("tg", "ton"):
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(f"{invalid}: Unsupported URL protocol")
    if not parts.hostname:
        raise bad_request(f"{invalid}: URL host is empty")
    if "." not in parts.hostname or any(char.isspace() for char in url):
        raise bad_request(f"{invalid}: Wrong HTTP URL")

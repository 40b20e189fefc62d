from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.html import utf16_length
from sandbox.text import caption_text, formatted, message_text, typed_parts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  spaces around\n", "spaces around"),
        ("nul\x00 and bell\x07", "nul  and bell"),
        ("line\r\nbreak", "line\nbreak"),
        ("bidi \u202eeman", "bidi eman"),
    ],
)
def test_texts_are_cleaned(raw: str, text: str) -> None:
    assert formatted(raw, None) == (text, [])


@pytest.mark.parametrize(
    ("markup", "text", "offset", "length"),
    [
        ("  <b>x</b>", "x", 0, 1),
        ("a\r\n<b>x</b>", "a\nx", 2, 1),
        ("<b> 😀 </b>", "😀", 0, 2),
    ],
)
def test_entities_keep_their_words_when_a_text_is_cleaned(
    markup: str, text: str, offset: int, length: int
) -> None:
    bold = {"type": "bold", "offset": offset, "length": length}
    assert formatted(markup, "HTML") == (text, [bold])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("😀 /agenda@voci_bot now", [("bot_command", 3, 16)]),
        ("either/or", []),
        ("ask @anna_b", [("mention", 4, 7)]),
        ("see https://example.org/a.", [("url", 4, 21)]),
    ],
)
def test_commands_mentions_and_links_are_recognised(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    _, entities = formatted(text, None)
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_nothing_is_recognised_inside_code_and_links() -> None:
    _, entities = formatted("<code>/start</code>", "HTML")
    assert [e["type"] for e in entities] == ["code"]


@pytest.mark.parametrize(
    ("text", "mode", "reason"),
    [
        ("", None, "message text is empty"),
        (" \n ", None, "message text is empty"),
        ("<b></b>", "HTML", "message text is empty"),
        ("x" * 4097, None, "message is too long"),
        ("😀" * 2049, None, "message is too long"),
        ("\ud800", None, "strings must be encoded in UTF-8"),
        ("x", "Klingon", "unsupported parse_mode"),
    ],
)
def test_texts_outside_the_limits_are_refused(text: str, mode: str | None, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        message_text(text, mode, None)
    assert refusal.value.description == f"Bad Request: {reason}"


@pytest.mark.parametrize("text", ["x" * 4096, "<b>" + "x" * 4096 + "</b>"])
def test_the_limit_counts_after_the_markup_is_gone(text: str) -> None:
    plain, _ = message_text(text, "HTML", None)
    assert len(plain) == 4096


def test_captions_may_be_empty_and_are_shorter() -> None:
    assert caption_text("", None, None) == ("", [])
    with pytest.raises(ApiError, match="message caption is too long"):
        caption_text("x" * 1025, None, None)


def test_entities_given_by_the_bot_are_kept() -> None:
    given: list[dict[str, Any]] = [{"type": "bold", "offset": 0, "length": 2}]
    assert formatted("hi there", None, given) == ("hi there", given)


@pytest.mark.parametrize(
    ("offset", "length", "reason"),
    [
        (-1, 1, "receive an entity with incorrect offset -1"),
        (100, 1, "entity begins after the end of the text at UTF-16 offset 100"),
        (
            0,
            100,
            "entity beginning at UTF-16 offset 0 ends after the end of the text at "
            "UTF-16 offset 100",
        ),
    ],
)
def test_entities_outside_of_the_text_are_refused(offset: int, length: int, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        formatted("hello", None, [{"type": "bold", "offset": offset, "length": length}])
    assert refusal.value.description == f"Bad Request: {reason}"


@given(st.text(max_size=20), st.integers(min_value=0, max_value=9_000))
def test_long_texts_are_typed_in_parts_within_the_limit(text: str, repeat: int) -> None:
    long = text + "😀" * repeat
    parts = typed_parts(long)
    assert "".join(parts) == long
    assert all(utf16_length(part) <= 4096 for part in parts)
    assert len(parts) <= utf16_length(long) // 4095 + 1

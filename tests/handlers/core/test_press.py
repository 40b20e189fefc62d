"""Presses: what goes into a button comes out as it was, and nothing else comes in."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.immutable import immutable
from handlers.core.press import LIMIT, Press, StalePress, decode, known_presses


class Colour(StrEnum):
    RED = "r"
    BLUE = "b"


@immutable
class Everything(Press, tag="test-all"):
    centre_id: int
    wished: bool
    colour: Colour
    words: str


@immutable
class Bare(Press, tag="test-bare"):
    pass


@immutable
class Once(Press, tag="test-one-time", repeats=False):
    pass


@pytest.mark.parametrize(
    ("press", "data"),
    [
        (Everything(7, True, Colour.RED, "ab"), "test-all:7:1:r:ab"),
        (Everything(-7, False, Colour.BLUE, ""), "test-all:-7:0:b:"),
        (Everything(0, True, Colour.RED, "é"), "test-all:0:1:r:é"),
        (Bare(), "test-bare"),
    ],
)
def test_a_press_goes_and_comes(press: Press, data: str) -> None:
    assert press.encode() == data
    assert decode(data) == press


@given(st.integers(-(10**18) + 1, 10**18 - 1), st.booleans(), st.sampled_from(Colour))
def test_every_press_that_fits_comes_back(number: int, wished: bool, colour: Colour) -> None:
    press = Everything(number, wished, colour, "x")
    assert decode(press.encode()) == press


@pytest.mark.parametrize(
    "data",
    [
        "",
        "nobody:1",
        "test-all",
        "test-all:7:1:r",
        "test-all:7:1:r:ab:c",
        "test-bare:",
        "test-all:seven:1:r:ab",
        "test-all::1:r:ab",
        "test-all:07:1:r:ab",
        "test-all:+7:1:r:ab",
        "test-all:-0:1:r:ab",
        "test-all:--7:1:r:ab",
        "test-all:٧:1:r:ab",
        "test-all:²:1:r:ab",
        f"test-all:{10**18}:1:r:ab",
        "test-all:7:2:r:ab",
        "test-all:7:true:r:ab",
        "test-all:7::r:ab",
        "test-all:7:1:g:ab",
        "test-all:7:1:RED:ab",
        "test-all:7:1:r:a\nb",
        "test-all:7:1:r:" + "x" * (LIMIT - 14),
        "test-all:7:1:r:" + "é" * 25,
    ],
)
def test_nothing_else_is_a_press(data: str) -> None:
    with pytest.raises(StalePress):
        decode(data)


def test_a_button_holds_64_bytes() -> None:
    room = LIMIT - len("test-all:7:1:r:")
    full = Everything(7, True, Colour.RED, "x" * room)
    assert LIMIT == 64 and len(full.encode()) == 64
    assert decode(full.encode()) == full
    for words in ("x" * (room + 1), "é" * (room // 2 + 1), "a:b"):
        with pytest.raises(ValueError, match="Everything"):
            Everything(7, True, Colour.RED, words).encode()


def test_a_tag_is_one_press_s_own() -> None:
    with pytest.raises(TypeError, match="belongs to Bare"):

        class Thief(Press, tag="test-bare"):
            pass

    assert known_presses()["test-bare"] is Bare


@pytest.mark.parametrize("tag", ["", "a:b"])
def test_a_tag_is_a_word(tag: str) -> None:
    with pytest.raises(TypeError, match="needs a tag"):
        type("Nameless", (Press,), {}, tag=tag)


def test_a_press_repeats_unless_it_says_otherwise() -> None:
    assert (Bare.repeats, Once.repeats, Once().repeats) == (True, False, False)
    assert (Bare.tag, Once.tag) == ("test-bare", "test-one-time")


def test_a_kind_that_is_made_now_repeats_or_hands_on_that_it_does_not() -> None:
    made: Any = type("Made", (Press,), {}, tag="test-made")
    once: Any = type("OnceMade", (Press,), {}, tag="test-once-made", repeats=False)
    again: Any = type("OnceMade", (once,), {}, repeats=True)
    assert (made.repeats, once.repeats, again.repeats) == (True, False, False)
    assert (again.tag, known_presses()["test-once-made"]) == ("test-once-made", again)


def test_what_is_known_can_not_be_changed_from_outside() -> None:
    known_presses().clear()
    assert known_presses()["test-bare"] is Bare

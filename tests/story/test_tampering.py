"""Callback data that no button of ours carries, on messages that are not ours, or no longer."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from itertools import chain
from typing import get_type_hints

import pytest
from kit.full_centre import FullCentre, fill_centre, kinds
from kit.stage import Stage

from handlers.core.press import SEPARATOR, Press, StalePress, decode

pytestmark = pytest.mark.usefixtures("no_errors")

NO_INT = (
    "",
    "-",
    "1;",
    "-0",
    "+1",
    "01",
    "007",
    " 1",
    "1 ",
    "1.0",
    "1e3",
    "1_0",
    "0x1",
    "٣",
    "１",
    "²",
)
TOO_LONG = ("1" * 19, "-" + "9" * 19, "9" * 40, "9" * 5000)
NO_BOOL = ("", "2", "-1", "true", "True", "01", "00", "١", "yes")
NO_CHOICE = ("", "?", "None", "\x00", "\ud800", "YES")
ODD_INTS = (0, -1, 2**31, 2**53, 10**18 - 1, 1 - 10**18)
NO_WORD = ("it\x00", "\ud800", "\u202eit", "a\nb", "?" * 65, "🌅" * 16)
ODD_WORDS = ("", "?" * 40, "%s", "{0.__class__}", "' OR 1=1 --", "ß", "🌅" * 8)


@pytest.fixture
async def here(stage: Stage) -> FullCentre:
    return await fill_centre(stage)


def all_kinds() -> list[type[Press]]:
    return sorted(kinds(), key=lambda kind: kind.tag)


def example(kind: type[Press]) -> list[str]:
    """What a button of this kind carries, part by part."""
    values = [
        str(next(iter(hint)).value) if issubclass(hint, StrEnum) else "1" for hint in _hints(kind)
    ]
    return [kind.tag, *values]


def _hints(kind: type[Press]) -> list[type]:
    hints = get_type_hints(kind)
    return [hints[each.name] for each in fields(kind)]


def broken(kind: type[Press]) -> list[str]:
    """Everything near to what a button carries that must mean nothing."""
    parts = example(kind)
    found = [[*parts, "1"], [*parts, ""], ["", *parts], [f" {kind.tag}", *parts[1:]]]
    if len(parts) > 1:
        found.append(parts[:-1])
    for place, hint in enumerate(_hints(kind), start=1):
        wrong: tuple[str, ...] = ()
        if hint is bool:
            wrong = NO_BOOL
        elif hint is int:
            wrong = NO_INT + TOO_LONG
        else:
            wrong = NO_CHOICE if issubclass(hint, StrEnum) else NO_WORD
        found += [[*parts[:place], each, *parts[place + 1 :]] for each in wrong]
    return [SEPARATOR.join(each) for each in found]


def odd(kind: type[Press]) -> list[str]:
    """What decodes, but what no button would say."""
    parts = example(kind)
    found = []
    for place, hint in enumerate(_hints(kind), start=1):
        values: tuple[object, ...] = ()
        if hint is int:
            values = ODD_INTS
        elif hint is str:
            values = ODD_WORDS
        found += [[*parts[:place], str(each), *parts[place + 1 :]] for each in values]
    return [SEPARATOR.join(each) for each in found]


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.__name__)
def test_only_what_a_button_carries_is_understood(kind: type[Press]) -> None:
    whole = SEPARATOR.join(example(kind))
    assert decode(whole).encode() == whole
    for data in broken(kind):
        with pytest.raises(StalePress):
            decode(data)


async def test_broken_data_is_answered_and_writes_nothing(here: FullCentre) -> None:
    before = here.dump()
    message = here.private(here.fiona)
    data = [broken(kind)[number % len(broken(kind))] for number, kind in enumerate(all_kinds())]
    data += ["", ":", ":::", "x" * 65, "home:1" + " " * 59, "\x00", "\ud800", "🌅" * 17, "HOME:1"]
    assert await here.press_all(here.fiona, message, data) == []
    assert here.dump() == before
    assert message.edits == 0


@pytest.mark.thorough
async def test_odd_numbers_and_words_raise_nothing(here: FullCentre) -> None:
    """Pressed by who may the most; whatever they come to, another centre stays as it is."""
    every = [odd(kind) for kind in all_kinds()]
    data = list(chain.from_iterable(every))
    assert await here.press_all(here.fiona, here.private(here.fiona), data) == []
    # In a group and from who is no member, where most is refused unread: one of each kind.
    few = [found[number % len(found)] for number, found in enumerate(every) if found]
    assert await here.press_all(here.fiona, here.carrier(here.group), few) == []
    assert await here.press_all(here.stage.operator, here.carrier(here.group), few) == []


async def test_on_messages_of_others_outsiders_write_nothing(here: FullCentre) -> None:
    """Forwarded, another bot's, an inline one, out of reach, a game: whatever carries it."""
    stage, zoe = here.stage, here.zoe
    stranger = stage.world.bot("Other", "other_bot")
    message = here.private(zoe)
    before = here.dump()
    whole = message.as_json()
    out_of_reach = {"chat": whole["chat"], "message_id": whole["message_id"], "date": 0}
    forwarded = {
        **whole,
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Fiona", "date": 1},
    }
    for kind in all_kinds():
        data = here.plausible(kind)[0].encode()
        if kind.tag in ("aN", "meF"):
            continue  # may be pressed by everybody
        presses = []
        for carried in (
            {"message": out_of_reach},
            {"message": forwarded},
            {"message": {**whole, "from": stranger.as_json()}},
            {"message": None, "inline_message_id": "AAAA"},
            {"message": None, "inline_message_id": None},
        ):
            pressed = stage.world.presses.add(zoe, message, data)
            here.inject(pressed, **carried)
            presses.append((pressed, carried))
        await stage.settle()
        assert [each for each in presses if each[0].answer is None] == []
    assert here.dump() == before


async def test_without_data_a_press_is_only_answered(here: FullCentre) -> None:
    before = here.dump()
    for person in (here.fiona, here.zoe):
        pressed = here.stage.world.presses.add(person, here.private(person), "")
        here.inject(pressed, data=None, game_short_name="chess")
        await here.stage.settle()
        assert pressed.answer is not None
        pressed = here.stage.world.presses.add(person, here.private(person), "")
        here.inject(pressed, data=None)
        await here.stage.settle()
        assert pressed.answer is not None
    assert here.dump() == before


async def test_out_of_reach_a_member_is_still_answered(here: FullCentre) -> None:
    """A message older than 48 hours comes without its content."""
    message = here.private(here.fiona)
    chat = message.chat.as_json()
    for kind in all_kinds():
        if kind.tag in ("meE", "meX"):
            continue
        pressed = here.stage.world.presses.add(
            here.fiona, message, here.plausible(kind)[0].encode()
        )
        here.inject(pressed, message={"chat": chat, "message_id": message.id, "date": 0})
        await here.stage.settle()
        assert pressed.answer is not None, kind

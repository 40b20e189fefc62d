from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.screens.room import as_many_as_fit, length
from handlers.core.speech import Speech

SPEAK = Speech("en", "Europe/Rome")


@pytest.mark.parametrize(
    ("lines", "room", "shown"),
    [
        ([], 0, []),
        (["abc", "de"], 7, ["abc", "de"]),
        (["abc", "de"], 6, ["abc", "and one more"]),
        (["<b>abc</b>", "de", "f"], 4, ["<b>abc</b>", "and 2 more"]),
        (["\U0001f600", "a"], 3, ["\U0001f600", "and one more"]),  # two units
        (["abc"], 2, ["and one more"]),
    ],
)
def test_as_much_as_there_is_room_for(lines: list[str], room: int, shown: list[str]) -> None:
    assert as_many_as_fit([Markup(each) for each in lines], room, SPEAK) == shown  # noqa: S704


def test_a_text_is_as_long_as_telegram_says() -> None:
    assert length(Markup("<b>a</b> &lt;b&gt;\n\n\U0001f600")) == 9  # an emoji is two units


@pytest.mark.parametrize("text", ["<&>\"'", "&lt;", "&amp;#34;", "a&b &euro; \U0001f600"])
def test_what_people_wrote_is_as_long_as_they_wrote_it(text: str) -> None:
    assert length(Markup.escape(text)) == len(text.encode("utf-16-le")) // 2


def test_other_signs_by_name_are_one_too() -> None:
    assert length(Markup("&nbsp;&euro;")) == 2

"""What is not installed is said, once and by name; all else goes on."""

from __future__ import annotations

import sys

import pytest

from bot.extras import CHARTS, SUMMARIES, Extra, switched_off


def test_where_all_is_installed_nothing_is_said() -> None:
    assert list(switched_off()) == []


@pytest.mark.parametrize(
    ("library", "said"),
    [
        (
            "opendp",
            "The extra summaries is not installed: people are asked how they are, but nothing",
        ),
        (
            "matplotlib",
            "The extra charts is not installed: pictures come as their words alone, and",
        ),
        ("typst", "The extra charts is not installed: pictures come as their words alone, and"),
        ("fontTools", "The extra charts is not installed: pictures come as their words alone, and"),
    ],
)
def test_what_is_missing_is_said_with_what_that_means(
    monkeypatch: pytest.MonkeyPatch, library: str, said: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    [sentence] = switched_off()
    assert sentence.startswith(said)


@pytest.mark.parametrize("extra", [CHARTS, SUMMARIES], ids=lambda extra: extra.name)
def test_looking_for_it_loads_nothing(extra: Extra, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in extra.libraries:
        monkeypatch.delitem(sys.modules, library, raising=False)
    assert extra.installed
    assert not {*extra.libraries} & {*sys.modules}

from __future__ import annotations

import json

import pytest
from markupsafe import Markup, escape

from handlers.screen import Button, Screen, dump
from handlers.unnaming import without


def payload(text: str, *labels: str) -> str:
    buttons = tuple((Button(label, url="https://example.org/Anna"),) for label in labels)
    return dump(Screen(Markup(text), buttons))  # noqa: S704 - the test's own words


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Anna", "<b>Anna</b> asks to take part.", "<b>a member</b> asks to take part."),
        ("Anna", "Annamaria and Anna.", "Annamaria and a member."),
        ("Anna", "anna", "anna"),
        ("b", "<b>Aurora</b>: b asks.", "<b>Aurora</b>: a member asks."),
        ("A & <B>", f"{escape('A & <B>')} asks.", "a member asks."),
        ("C++ (x)", "C++ (x) asks.", "a member asks."),
        (r"\1", r"\1 asks.", "a member asks."),
        ("Zoë", "Zoë, Zoës", "a member, Zoës"),
        ("Nobody", "Anna asks.", "Anna asks."),
    ],
)
def test_the_name_goes_where_it_stands_as_a_word(name: str, before: str, after: str) -> None:
    assert json.loads(without(payload(before), name, "a member"))["text"] == after


def test_labels_too_but_never_what_a_button_does() -> None:
    content = json.loads(without(payload("Hello.", "Welcome Anna"), "Anna", "a member"))
    [[button]] = content["keyboard"]
    assert button == {"text": "Welcome a member", "url": "https://example.org/Anna"}


def test_what_has_no_name_in_it_stays_as_it_is() -> None:
    one = payload("Grüße an alle.", "Yes")
    assert without(one, "Anna", "a member") == one

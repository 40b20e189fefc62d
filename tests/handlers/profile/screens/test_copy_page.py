"""The page of one's own copy: every text escaped, nothing loaded, moments on the centre's clock."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.screens.copy_page import page, section_title

NOW = 1_764_763_200  # 3 December 2025, 13:00 in Rome
EVIL = '<script>alert(1)</script><img src=x onerror=y> & "quoted"'
SECTIONS: dict[str, list[dict[str, Any]]] = {
    "membership": [{"centre": "Casa Alba", "role": "family", "name": EVIL, "joined_at": NOW}],
    "proposals": [
        {"title": EVIL, "reason": None, "with_name": 1, "status": "open", "created_at": NOW},
        {"title": "Two\nlines", "reason": "", "with_name": 0, "status": "settled"},
    ],
    "facilitator": [],
    "done_with_decisions": [{"action": "extended", "detail": f'{{"from": null, "to": {NOW}}}'}],
    "check_in_time": [{"weekday": 2, "hour": 0, "minute": 0, "paused_until_at": 0}],
    "check_ins": [
        {
            "sent_at": NOW,
            "answers": [
                {"question": "How?", "answer": "Good", "value": 3, "skipped": False},
                {"question": "Why?", "answer": None, "value": None, "skipped": True},
                {"question": "When?", "answer": None, "value": None, "skipped": False},
            ],
        }
    ],
    "half_written": [
        {"kind": "propose", "content": {"title": EVIL, "seen": True}},
        {"kind": "question", "content": {"rule": {"options": ["A", "B"], "seats": 1}}},
    ],
    "person": [{"language": "it", "telegram_id": 42}],
    "something_new": [{"some_thing": ["one", "two"], "parts": [{"name": "Nina"}]}],
}


class Read(HTMLParser):
    """The tags with their attributes, the text, and whether all were closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def written(language: str = "en") -> tuple[str, Read]:
    text = page(Speech(language, "Europe/Rome"), "About <you>", ["Told & said."], SECTIONS)
    return text, Read(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_and_loads_nothing(language: str) -> None:
    text, read = written(language)
    assert read.open == []
    assert f'<html lang="{language}">' in text
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(read.tags)
    names = {name for name, _ in read.attributes}
    assert not names & {"src", "srcset", "style", "onerror", "onclick", "action"}
    assert all((value or "").startswith("#") for name, value in read.attributes if name == "href")
    assert not re.search(r"url\(|@import|https?:", text)
    policies = [value for name, value in read.attributes if name == "content"]
    assert "default-src 'none'; style-src 'unsafe-inline'" in policies


def test_what_people_wrote_is_escaped() -> None:
    text, read = written()
    assert "<script>" not in text and "<img" not in text
    assert "".join(read.said).count(EVIL) == 3


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Role", "family member"),
        ("Since", "3 December 2025, 13:00"),
        ("With your name", "yes"),
        ("With your name", "no"),
        ("To", "3 December 2025, 13:00"),
        ("Day", "Wednesday"),
        ("Hour", "0"),
        ("How?", "Good"),
        ("Why?", "skipped"),
        ("When?", "–"),
        ("Language", "Italiano"),
        ("some thing", "one, two"),
        ("Options", "A, B"),
        ("Title", "Two\nlines"),
    ],
)
def test_each_thing_is_told_in_words(label: str, value: str) -> None:
    assert f"<dt>{label}</dt>\n<dd>{value}</dd>" in written()[0]


def test_what_is_empty_is_named_once_and_shown_nowhere() -> None:
    text, _ = written()
    assert "Nothing is held of: Facilitating." in text
    assert "seen" not in text and "seats" not in text
    assert "Paused until" not in text and "Reason" not in text and "1970" not in text


def test_the_contents_lead_to_each_section() -> None:
    text, read = written()
    ids = {value for name, value in read.attributes if name == "id"}
    linked = {(value or "")[1:] for name, value in read.attributes if name == "href"}
    assert ids == linked == {name for name, rows in SECTIONS.items() if rows}
    assert "What you put forward</a> (2)" in text


def test_a_section_without_words_stands_under_its_name() -> None:
    assert section_title(Speech("en"), "something_new") == "something new"
    assert section_title(Speech("de"), "check_ins") == "Wie es dir ging"


def test_dark_where_the_device_is_and_black_on_white_on_paper() -> None:
    text, _ = written()
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert "@media print" in text

"""What holds for every screen: Telegram takes it, a phone shows it, nothing breaks out of it."""

from __future__ import annotations

from html.parser import HTMLParser
from textwrap import wrap

from handlers.core.press import decode
from handlers.core.screen import Screen, keyboard, posted

ALLOWED = {"b", "i", "code"}
TEXT, CAPTION, DATA = 4096, 1024, 64  # Telegram's limits
NARROW = 36  # characters in a line of a phone, 360 px wide
LABEL = 128  # a centre's or person's name at its longest, and some words


class Words(HTMLParser):
    """The text of a screen without its tags, and the tags that were opened in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said = ""
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.said += data

    @property
    def length(self) -> int:
        """As Telegram counts: in UTF-16 units."""
        return len(self.said.encode("utf-16-le")) // 2


class _Strict(Words):
    """Fails where a tag is not one of ours, or not in order."""

    def __init__(self, text: str) -> None:
        self.open: list[str] = []
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ALLOWED, f"<{tag}> came from somebody's words"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag


def read(screen: Screen) -> str:
    """The words without their tags; fails where the tags are not in order."""
    words = _Strict(posted(screen).text)
    assert words.open == []
    return words.said


def lines_on_a_phone(screen: Screen) -> int:
    """How many lines the words take at 360 px, about."""
    said = read(screen).split("\n")
    return sum(max(1, len(wrap(line, NARROW))) for line in said)


def check(screen: Screen, *, public: bool = False) -> str:
    """Checks a screen against all of that; returns its words."""
    words = read(screen)
    limit = CAPTION if screen.picture or screen.file else TEXT
    assert 0 < len(words.encode("utf-16-le")) // 2 <= limit
    assert "{" not in words
    assert screen.public is public
    for row in keyboard(screen):
        for button in row:
            assert 0 < len(button["text"]) <= LABEL
            assert "&amp;" not in button["text"] and "&lt;" not in button["text"]
            if "callback_data" in button:
                assert len(button["callback_data"].encode()) <= DATA
                assert decode(button["callback_data"]).encode() == button["callback_data"]
    return words

"""A mention in what a member wrote calls nobody; addresses stay addresses."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.mentions import linked, unlinked
from handlers.core.screen import Screen, dump, load, posted

APART = "@\u2060"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Ask @anna_rossi", f"Ask {APART}anna_rossi"),
        ("@anna @bruno", f"{APART}anna {APART}bruno"),
        ("<b>@anna</b>", f"<b>{APART}anna</b>"),
        ("(@anna)", f"({APART}anna)"),
        ("/@anna", f"/{APART}anna"),
        ("anna@centro.it", "anna@centro.it"),
        ("https://centro.it/@anna and @anna", f"https://centro.it/@anna and {APART}anna"),
        ('<a href="https://centro.it/@anna">x</a>', '<a href="https://centro.it/@anna">x</a>'),
        ("3 @ 4", "3 @ 4"),
    ],
)
def test_mentions_are_words(text: str, sent: str) -> None:
    assert unlinked(text) == sent
    assert unlinked(sent) == sent


def test_no_screen_leaves_with_a_live_mention() -> None:
    screen = Screen(Markup("Ask @anna."))
    for content in (posted(screen), load(dump(screen))):
        assert content.text == f"Ask {APART}anna."


def test_whom_one_can_reach_stays_within_reach() -> None:
    assert unlinked(linked("<@help>")) == "&lt;&#64;help&gt;"

"""Markdown of a printout: its headings and lists, and no sign of anybody's that means something."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.pictures import Bars
from handlers.core.printouts.markdown import markdown
from handlers.core.printouts.printout import (
    Block,
    Code,
    Drawn,
    Heading,
    Listing,
    Printout,
    Words,
)


def written(*blocks: Block, title: str = "Agenda") -> str:
    return markdown(Printout(title, "Centro Aurora", "en", "Page {n} of {all}", blocks))


def test_a_whole_document() -> None:
    text = written(
        Words(Markup("Monday\nVia Roma 12")),
        Heading(Markup("1. A quiet room")),
        Heading(Markup("Why"), 2),
        Words(Markup("It is <b>loud</b> here.")),
        Drawn(Bars("What we said", ())),
        Listing((Markup("one"), Markup("two\nlines"))),
        Code("https://t.me/voci_bot?start=join_1", Markup("Take part:")),
    )
    assert text == (
        "# Agenda\n\nCentro Aurora\n\nMonday\\\nVia Roma 12\n\n## 1. A quiet room\n\n### Why\n\n"
        "It is **loud** here.\n\n- one\n- two\\\n  lines\n\n"
        "Take part:\\\n<https://t.me/voci_bot?start=join_1>\n"
    )


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("+ no list", "\\+ no list"),
        ("* no list", "\\* no list"),
        ("12. no list", "12\\. no list"),
        ("1) no list", "1\\) no list"),
        ("===", "\\==="),
        ("> no quote", "\\> no quote"),
        ("| a | table |", "\\| a \\| table \\|"),
        ("[no](http://link)", "\\[no\\](http://link)"),
        ("<script>", "\\<script\\>"),
        ("&lt; is no less", "\\&lt; is no less"),
        ("`code` _a_ ~~b~~", "\\`code\\` \\_a\\_ \\~\\~b\\~\\~"),
        ("a\n# b", "a\\\n\\# b"),
        ("3.5 of 4 - so", "3\\.5 of 4 - so"),
    ],
)
def test_what_somebody_wrote_means_nothing(said: str, becomes: str) -> None:
    assert written(Words(Markup("{}").format(said))).endswith(f"\n\n{becomes}\n")


def test_a_title_stays_on_its_line() -> None:
    assert written(title="A\nB # C").startswith("# A B \\# C\n\n")


def test_a_bold_space_stands_outside() -> None:
    assert "a **b** c" in written(Words(Markup("a<b> b </b>c")))
    assert "a   c" in written(Words(Markup("a <b> </b> c")))

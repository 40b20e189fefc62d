"""What screens say becomes headings, paragraphs and lists; what people wrote stays words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from handlers.core.names import marked
from handlers.core.printouts.printout import Heading, Listing, Words
from handlers.core.printouts.words import Run, blocks, plain, runs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (Markup(""), ()),
        (Markup("plain"), (Run("plain"),)),
        (Markup("<b>all</b>"), (Run("all", bold=True),)),
        (Markup("a <b>b</b> c"), (Run("a "), Run("b", bold=True), Run(" c"))),
        (Markup("<i>slanted</i> and <code>code</code>"), (Run("slanted and code"),)),
        (Markup("1 &lt;b&gt; 2 &amp; 3"), (Run("1 <b> 2 & 3"),)),
    ],
)
def test_of_the_tags_only_bold_is_kept(words: Markup, found: tuple[Run, ...]) -> None:
    assert runs(words) == found


@given(st.text())
def test_what_somebody_wrote_comes_out_as_it_was(text: str) -> None:
    text = text.replace("\ue000", "").replace("\ue001", "").replace("\ue002", "")
    assert plain(Markup("{}").format(text)) == text
    assert all(not run.bold for run in runs(Markup("{}").format(text)))


def test_the_marks_of_names_are_not_printed() -> None:
    assert plain(Markup("{} said so").format(marked(17, "Anna"))) == "Anna said so"


def test_a_bold_first_line_is_a_heading_and_dots_are_a_list() -> None:
    said = Markup(
        "<b>The rule</b>\nAll members.\nMost votes win.\n\nWhy:\n• one\n• <b>two</b>\nEnd."
    )
    assert blocks([said, Markup("<b>More</b>\nLast")]) == (
        Heading(Markup("The rule"), 1),
        Words(Markup("All members.\nMost votes win.")),
        Words(Markup("Why:")),
        Listing((Markup("one"), Markup("<b>two</b>"))),
        Words(Markup("End.")),
        Heading(Markup("More"), 2),
        Words(Markup("Last")),
    )


def test_a_line_that_is_bold_only_in_part_is_no_heading() -> None:
    for line in (
        Markup("<b>Yes</b> and <b>no</b>"),
        Markup("<b>Yes</b>, carried"),
        Markup("carried: <b>yes</b>"),
    ):
        assert blocks([line]) == (Words(line),)


def test_nothing_said_is_nothing_printed() -> None:
    assert blocks([Markup(""), Markup("\n\n")]) == ()

"""Printouts as a second reader finds them: tagged, in their language, large, and complete."""

from __future__ import annotations

import json
import logging
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.printed import Pdf, check
from markupsafe import Markup

from bot import printing
from bot.printing import pdf, printed
from handlers.core.pictures import Bar, Bars, PairwiseTable, Rounds, Standing
from handlers.core.printouts.printout import (
    Block,
    Code,
    Drawn,
    Heading,
    Listing,
    Print,
    Printout,
    Words,
)

HOSTILE = (
    '#let x = 1; #panic("no") $a^2$ \\ ] [ } { *bold* _slanted_ `code` <label> @ref // no /* no */ '
    '~ -- ... \'" = == - + / 1. #sys.inputs #read("/etc/passwd") https://example.org'
)
LINK = "https://t.me/voci_bot?start=join_ABCDEFGH"
SAID = Markup("{}").format(HOSTILE)
LONG = "x" * 500


def document(
    *blocks: Block, title: str = "Agenda", centre: str = "Centro Aurora", language: str = "it"
) -> Printout:
    return Printout(title, centre, language, "Pagina {n} di {all}", blocks)


def words(text: str) -> Words:
    return Words(Markup("{}").format(text))


def test_a_screen_reader_finds_title_headings_lists_and_the_code() -> None:
    found = check(
        pdf(
            document(
                Heading(Markup("1. A quiet room")),
                Words(Markup("It is <b>loud</b> here.")),
                Heading(Markup("Tasks"), 2),
                Listing((Markup("one"), Markup("two"))),
                Code(LINK, Markup("Take part")),
                title="What we talk about",
            )
        ),
        "it",
    )
    assert found.headings == [("H1", "1. A quiet room"), ("H2", "Tasks")]
    assert found.kinds.count("LI") == 2
    (figure,) = [element for kind, element in found.elements() if kind == "/Figure"]
    assert LINK in figure["/Alt"]
    assert found.reader.metadata is not None
    assert found.reader.metadata.title == "What we talk about"
    assert found.words == (
        "Centro Aurora What we talk about 1. A quiet room It is loud here. Tasks • one • two "
        f"Take part {LINK} Centro Aurora Pagina 1 di 1"
    )


def squeezed(text: str) -> str:
    """Without spaces and hyphens, which depend on where lines end."""
    return re.sub(r"[\s\-\u2010\xad]", "", text)


@pytest.mark.parametrize("language", ["en", "it", "de"])
@pytest.mark.parametrize(
    ("block", "times"),
    [
        (Words(SAID), 1),
        (Words(Markup("<b>{}</b>").format(SAID)), 1),
        (Heading(SAID), 1),
        (Listing((SAID, SAID)), 2),
        (Code(LINK, SAID), 1),
        (Drawn(Bars(HOSTILE, (Bar(HOSTILE, 1, "1"),), legend=HOSTILE)), 3),
        (Drawn(PairwiseTable(HOSTILE, (HOSTILE, "B"), ((None, 1), (2, None)), HOSTILE)), 3),
    ],
)
def test_nothing_that_somebody_wrote_is_code_or_markup(
    block: Block, times: int, language: str
) -> None:
    printout = document(block, title=HOSTILE, centre=HOSTILE, language=language)
    found = check(pdf(printout), language)
    assert len(found.pages) == 1
    assert squeezed(found.words).count(squeezed(HOSTILE)) == times + 3  # title, top and foot


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("perché Übermut ß œ ł ő", "perché Übermut ß œ ł ő"),
        ("Привет мир", "Привет мир"),
        ("Καλημέρα", "Καλημέρα"),
        ("公园 in spring", "≈GongYuan in spring"),
        ("Festa 🎉", "Festa [spara coriandoli]"),
        ("✓ ≥ ½ „so“ «così» ’", "✓ ≥ ½ „so“ «così» ’"),
    ],
)
def test_letters_are_there_or_spelt(said: str, there: str) -> None:
    found = check(pdf(document(words(said))), "it")
    assert there in found.words


def test_arabic_and_hebrew_are_letters_too() -> None:
    found = check(pdf(document(words("غرفة هادئة"), words("חדר שקט"))), "it")
    assert "≈" not in found.words
    assert set("חדרשקט") <= set(found.words)


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_can_be_printed(text: str) -> None:
    said = Markup("<b>{}</b> {}").format(text, text)
    Pdf(pdf(document(Words(said), Heading(said), title=text or "-", centre=text)))


@pytest.mark.parametrize(
    "word", [LONG, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"]
)
def test_a_word_without_end_stays_on_the_page(word: str) -> None:
    found = check(
        pdf(
            document(
                words(word),
                Heading(Markup("{}").format(word)),
                Drawn(Bars(word, (Bar(word, 1, "1"),))),
                title=word[:120],
                centre=word[:100],
                language="de",
            )
        ),
        "de",
    )
    lines = [each for each in found.letters if len(each.text.strip()) > 40]
    assert all(each.x + len(each.text.strip()) * each.size * 0.5 < 595 for each in lines)


def test_sixty_points_go_on_over_numbered_pages() -> None:
    blocks: list[Block] = []
    for number in range(1, 61):
        blocks.append(Heading(Markup("{}. Point").format(number)))
        blocks.append(words("Because " + "it matters to many of us. " * 6))
    found = check(pdf(document(*blocks)), "it")
    pages = len(found.pages)
    assert pages > 5
    for number, page in enumerate(found.pages, start=1):
        assert page.endswith(f"Centro Aurora Pagina {number} di {pages}")
    assert [name for _, name in found.headings] == [f"{number}. Point" for number in range(1, 61)]


def test_bars_say_what_was_chosen_without_any_colour() -> None:
    bars = Bars("Said", (Bar("Yes", 12, "12", chosen=True, enough=11), Bar("No", 0, "0")))
    found = check(pdf(document(Drawn(bars))), "it")
    assert "Said ✓ Yes 12 No 0" in found.words


def test_a_count_in_rounds_is_a_table_with_heads() -> None:
    standings = (Standing(3, "3", quota=2.0), Standing(2, "2", elected=True), None)
    rows = (("Anna", standings), ("Bruno", (Standing(1, "1", excluded=True), None, None)))
    found = check(pdf(document(Drawn(Rounds("Rounds", rows, "legend")))), "it")
    assert {"Table", "THead", "TBody", "TH", "TD"} <= set(found.kinds)
    assert "Rounds 1 2 3 Anna 3 ✓ 2 Bruno ✗ 1 legend" in found.words


def test_a_wide_table_goes_on_beneath() -> None:
    names = tuple(f"Option {number}" for number in range(20))
    before = tuple(tuple(None if a == b else 1_000 for b in range(20)) for a in range(20))
    found = check(pdf(document(Drawn(PairwiseTable("Pairs", names, before, "legend")))), "it")
    assert found.kinds.count("Table") > 1
    assert found.words.count("1000") == 20 * 19
    assert found.words.count("legend") == 1


def test_it_is_the_same_file_whenever_it_is_made() -> None:
    assert pdf(document(words("same"))) == pdf(document(words("same")))


def test_the_template_takes_nothing_from_elsewhere() -> None:
    template = printing.template().decode()
    assert "#import" not in template and "#include" not in template and "read(" not in template


async def test_a_file_is_named_after_what_it_is() -> None:
    name, data = await printed(Print("voci-agenda", document(words("x"))))
    assert name == "voci-agenda.pdf"
    assert data.startswith(b"%PDF")


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> ThreadPoolExecutor:
    """A press of one's own, on which something can lie."""
    own = ThreadPoolExecutor(1)
    monkeypatch.setattr(printing, "_press", own)
    return own


async def test_what_is_not_done_in_time_comes_as_markdown(press: ThreadPoolExecutor) -> None:
    done = Event()
    press.submit(done.wait)
    name, data = await printed(Print("voci-agenda", document(words("all of it"))), patience=0.01)
    done.set()
    assert (name, b"all of it" in data) == ("voci-agenda.md", True)


async def test_what_is_too_long_comes_as_markdown(caplog: pytest.LogCaptureFixture) -> None:
    secret = "nobody reads this in a log "
    with caplog.at_level(logging.DEBUG):
        name, data = await printed(
            Print("voci", document(words(secret * (printing.MOST_SIGNS // 20))))
        )
    assert name == "voci.md"
    assert secret.encode() in data
    assert "Unprintable" in caplog.text and secret not in caplog.text


@pytest.mark.parametrize("library", ["typst", "matplotlib", "fontTools"])
async def test_without_what_prints_it_comes_as_markdown_and_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    name, data = await printed(Print("voci-agenda", document(words("all of it"))))
    assert (name, b"all of it" in data) == ("voci-agenda.md", True)
    assert caplog.text == ""


async def test_what_typst_refuses_comes_as_markdown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.printable.drawable", lambda text: text)  # a sign without a letter
    name, data = await printed(Print("voci", document(words("公园"))))
    assert (name, "公园" in data.decode()) == ("voci.md", True)
    assert "TypstError" in caplog.text and "公园" not in caplog.text


def test_typst_refuses_what_a_screen_reader_could_not_read() -> None:
    """So whatever was printed keeps the standard: PDF/UA-1."""
    compiler = typst.Compiler(b"no title", font_paths=printing.fonts())
    with pytest.raises(typst.TypstError):
        compiler.compile(format="pdf", pdf_standards=[printing.STANDARD])


def test_the_data_is_json() -> None:
    from bot.printable import printable

    data = printable(document(words("x"), Code(LINK, Markup("y"))))
    assert json.loads(json.dumps(data)) == data

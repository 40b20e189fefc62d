from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.shortening import fitting


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 20, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("One sentence here. Another one follows.", 24, "One sentence here."),
        ("One sentence. Then", 13, "One sentence."),
        ("He said “no.” And left the room", 16, "He said “no.”"),
        ("first line\nsecond line", 14, "first line"),
        # the sentence would keep too little: words instead
        ("Yes. A long sentence without any end in sight", 25, "Yes. A long sentence…"),
        ("words that go on", 12, "words that…"),
        ("words that, and so on", 13, "words that…"),
        ("Endlessword" * 3, 12, "Endlessword…"),
        ("version 1.5 is out now", 12, "version 1.5…"),
        # a sentence that ends beyond the limit is none
        ("One sentence. I! Then", 15, "One sentence."),
        ("words that go\non", 12, "words that…"),
        ("words on\nabc\ndef", 12, "words on…"),
        # 60 % of the limit are enough, less is not
        ("abcdef ghijklmn", 10, "abcdef…"),
        ("abcde fghijklmn", 10, "abcde fgh…"),
        ("ab cdefghijklmnop", 10, "ab cdefgh…"),
        ("  words that go", 11, "  words…"),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text, limit, expected):
    assert fitting(text, limit) == expected


def test_a_letter_keeps_its_mark():
    assert fitting("ab" + "e\u0301" * 9, 6) == "ab" + "e\u0301" + "…"


@given(st.text(max_size=60), st.integers(2, 30))
def test_it_fits_begins_alike_and_stays(text, limit):
    cut = fitting(text, limit)
    assert len(cut) <= limit
    assert cut == text or text.startswith(cut.removesuffix("…"))
    assert fitting(cut, limit) == cut


@given(st.text(st.characters(categories=["L"]), min_size=31, max_size=60), st.integers(2, 30))
def test_only_marks_or_words_cost_room(text, limit):
    assert unicodedata.category(text[0]) != "Mn"
    assert len(fitting(text, limit)) == limit


def test_nothing_fits_in_one_character():
    with pytest.raises(ValueError, match="nothing fits"):
        fitting("ab", 1)

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assembly.clean_text import clean

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
NASTY = st.text(
    st.one_of(
        st.sampled_from("a bé1\n\t\r\0\u2028\x85 \xa0\u3000\u2800❤👩🏽\ufe0f\u20e3🦱\u06a9ह"),
        st.sampled_from(BIDI + "\u200b\u200c\u200d\ufeff\xad\u034f\u3164\ud800\udfff\uffff"),
        st.sampled_from("\u0301\u0327\u0338\u0489\u094d\u09c7\u09be\u1100\u1161"),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("  A quiet   room ", "A quiet room"),
        ("tab\there", "tab here"),
        ("no-break\xa0and\u3000wide", "no-break and wide"),
        ("braille\u2800blank", "braille blank"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a \n \n \n b", "a\n\nb"),
        ("nul\0here\x1b[31m", "nulhere[31m"),
        ("lone\ud800 surro\udfffgate", "lone surrogate"),
        ("non\uffffchar\ufdd0ac\ufdefter\U0001ffff", "noncharacter"),
        ("zero\u200bwidth\ufeff so\xadft", "zerowidth soft"),
        ("joined\u200dlatin\u200cletters", "joinedlatinletters"),
        ("fill\u3164er\u115f\uffa0", "filler"),
        ("tags\U000e0041\U000e0042", "tags"),
        ("e\u0301", "é"),
        ("\u0301orphan", "orphan"),
        ("line\n\u0301orphan", "line\norphan"),
        # marks that were kept apart by something invisible still count as one pile
        ("a" + "\u0330\u200b" * 9, "a" + "\u0330" * 3),
        ("Z" + "\u0335" * 50 + "al\u0336go", "Z" + "\u0335" * 3 + "al\u0336go"),
        ("a\ufe0fb", "ab"),
    ],
)
def test_clean_takes_out_what_cannot_be_seen(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize("char", BIDI)
def test_bidi_controls_are_gone(char):
    assert clean(f"a{char}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "Städtische Öffnungszeiten für Ängstliche: 9–13 Uhr",
        "Perché no? «Sì», però…",
        "👩🏽‍🦱 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥 🏃‍♀️ 1️⃣ ☕",
        "می\u200cخواهم",
        "क्\u200dष",
        "Tiếng Việt",
        "there and back \u2194\ufe0f",  # an arrow is a mathematical sign
        "newer than the tables: \U0001fae8\ufe0f",
        "בְּרֵאשִׁ֖ית",
        "שלום and مرحبا side by side",
        "a < b & c > d",
        "日本語",
    ],
)
def test_clean_leaves_honest_text_alone(text):
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text


@given(NASTY)
@example("\u09c7\u0330\u0330\u0330\u0330\u09be")
@example("a\0\u200b\u0301")
@example("\u0939\u0301\u0301\u0301\u200d\u0301b")  # the joiner's reason goes with the last mark
def test_clean_text_is_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set(BIDI + "\0\t\r\u200b\ufeff")
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    cleaned.encode("utf-8")  # raises on a lone surrogate

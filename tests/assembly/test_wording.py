from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assembly import wording
from assembly.wording import WordingError, clean

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


@given(NASTY, st.sampled_from([wording.title, wording.reason, wording.name, wording.place]))
def test_each_kind_of_text_fits_or_says_why(text, check):
    fault: WordingError | None = None
    try:
        accepted = check(text)
    except WordingError as refused:
        fault, accepted = refused, "instead"
    assert check(accepted) == accepted
    assert len(accepted.encode("utf-16-le")) // 2 <= 4096
    assert fault is None or fault.length <= len(clean(text))


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        (wording.title, " Quiet\nroom ", "Quiet room"),
        (wording.title, "a" * 5, "a" * 5),
        (wording.title, "ß" * 120, "ß" * 120),
        (wording.reason, "One.\n\nTwo.", "One.\n\nTwo."),
        (wording.reason, "é" * 1000, "é" * 1000),
        (wording.reason, "e\u0301" * 1000, "é" * 1000),
        (wording.name, " Anna\n Maria ", "Anna Maria"),
        (wording.name, "7", "7"),
        (wording.name, "李" * 40, "李" * 40),
        (wording.centre, "李" * 100, "李" * 100),
        (wording.place, "Via Roma 12\nsecond floor", "Via Roma 12\nsecond floor"),
        (wording.place, "x", "x"),
        (wording.cancelling, " No time\nleft ", "No time\nleft"),
        (wording.cancelling, "a" * 5, "a" * 5),
        (wording.cancelling, "é" * 1000, "é" * 1000),
        (wording.objection, " It harms\n\n\n\nus\u202e", "It harms\n\nus"),
        (wording.contacts, " Night line 1\n\n\n\nDay 2\u202e", "Night line 1\n\nDay 2"),
    ],
)
def test_what_fits_comes_back_cleaned(check, text, expected):
    assert check(text) == expected


@pytest.mark.parametrize(
    ("check", "text", "kind", "length", "limit"),
    [
        (wording.title, "", "empty", 0, 5),
        (wording.title, "\u200b\u200e \n", "empty", 0, 5),
        (wording.title, "?!… ?!", "empty", 6, 5),
        (wording.title, "Quie", "short", 4, 5),
        (wording.title, "Quie\u200b\u200b", "short", 4, 5),
        (wording.title, "a" * 121, "long", 121, 120),
        (wording.reason, "\0", "empty", 0, 1),
        (wording.reason, "a" * 5000, "long", 5000, 1000),
        (wording.name, "\u3164", "empty", 0, 1),
        (wording.name, "🙂", "empty", 1, 1),
        (wording.name, "b" * 41, "long", 41, 40),
        (wording.centre, "b" * 101, "long", 101, 100),
        (wording.place, " ", "empty", 0, 1),
        (wording.place, "c" * 201, "long", 201, 200),
        (wording.cancelling, "?!… ?!", "empty", 6, 5),
        (wording.cancelling, "Late", "short", 4, 5),
        (wording.cancelling, "a" * 1001, "long", 1001, 1000),
        (wording.objection, "\u200b\n", "empty", 0, 1),
        (wording.objection, "o" * 501, "long", 501, 500),
        (wording.contacts, "\u200b", "empty", 0, 1),
        (wording.contacts, "c" * 501, "long", 501, 500),
    ],
)
def test_what_does_not_fit_says_how(check, text, kind, length, limit):
    with pytest.raises(WordingError, match=kind) as caught:
        check(text)
    assert (caught.value.kind, caught.value.length, caught.value.limit) == (kind, length, limit)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Shall we open on Saturdays?", "Shall we open on Saturdays?"),
        ("Longer opening hours on Saturdays", "Longer opening hours on Saturdays?"),
        ("We buy a kettle.", "We buy a kettle?"),
        ("Elect our two delegates", "Elect our two delegates"),
        ("We elect 3 delegates.", "We elect 3 delegates"),
        ("Choose a colour:", "Choose a colour"),
        ("Eleggiamo tre persone", "Eleggiamo tre persone"),
        ("Scegliete un nome", "Scegliete un nome"),
        ("Wir wählen drei Sprecherinnen!", "Wir wählen drei Sprecherinnen"),
        ("Wahl der Delegierten", "Wahl der Delegierten"),
        ("Wählen wir drei?", "Wählen wir drei?"),
        ("Electric kettle for the kitchen", "Electric kettle for the kitchen?"),
        ("  A quiet\nroom …! ", "A quiet room?"),
    ],
)
def test_a_question_ends_as_one(typed: str, question: str) -> None:
    assert wording.question(typed) == question


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("Tea?", "short"), ("a.......", "short"), ("?!…", "empty"), ("x" * 200, "long")],
)
def test_a_question_that_is_none(typed: str, kind: str) -> None:
    with pytest.raises(wording.WordingError) as error:
        wording.question(typed)
    assert error.value.kind == kind


@pytest.mark.parametrize(
    ("text", "label"), [("  a\n b ", "a b"), ("👍", "👍"), ("x" * 60, "x" * 60)]
)
def test_an_option(text: str, label: str) -> None:
    assert wording.option(text) == label


@pytest.mark.parametrize(("text", "kind"), [("\u200b", "empty"), ("x" * 61, "long")])
def test_no_option(text: str, kind: str) -> None:
    with pytest.raises(wording.WordingError) as caught:
        wording.option(text)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("first_name", "seen"),
    [
        ("  Anna ", "Anna"),
        ("Maximiliane-Friederike von Hohenlohe-Schillingsfürst", "Maximiliane-Friederike von"),
        ("Anna-Lena " * 4 + "Rosa", "Anna-Lena Anna-Lena Anna-Lena Anna-Lena"),
        ("x" * 64, "x" * 40),
        ("\u202e\u200b", None),
    ],
)
def test_of_a_first_name_that_is_too_long_the_words_that_fit(
    first_name: str, seen: str | None
) -> None:
    assert wording.presentable(first_name) == seen

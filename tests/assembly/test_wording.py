from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import wording
from assembly.clean_text import clean
from assembly.wording import WordingError
from tests.assembly.test_clean_text import NASTY


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

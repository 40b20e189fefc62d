"""Screens as data: put together, written for the outbox, read back."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.names import marked
from handlers.core.press import Press
from handlers.core.printouts.printout import Print, Printout
from handlers.core.screen import (
    Archive,
    Button,
    File,
    Screen,
    column,
    dump,
    keyboard,
    lines,
    load,
    paragraphs,
    posted,
)


@immutable
class Go(Press, tag="test-go"):
    number: int


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["x" * 60], 1),
        (["x" * 18, "No"], 1),
        (["x" * 19, "No"], 2),
        (["No", "x" * 19], 2),
        (["x" * 12] * 3, 1),
        (["Yes", "No", "x" * 13], 3),
        (["x" * 8] * 4, 1),
        (["x" * 9] * 4, 4),
        (["1", "2", "3", "4", "✓ 14"], 1),
    ],
)
def test_a_row_of_which_a_phone_would_cut_a_label_becomes_several(
    labels: list[str], rows: int
) -> None:
    screen = Screen(Markup("Words"), (tuple(Button(label, Go(1)) for label in labels),))
    shown = keyboard(screen)
    assert len(shown) == rows
    assert [each["text"] for row in shown for each in row] == labels


YES, NO = Button("Yes", Go(1)), Button("Read", url="https://example.org/?a=1&b=2")
PLAIN = Screen(Markup("<b>Words</b>"), ((YES, NO),))


def test_parts_stand_under_each_other_and_words_of_people_are_escaped() -> None:
    parts = ("a < b", None, Markup("<b>c</b>"), "")
    assert lines(*parts) == "a &lt; b\n<b>c</b>\n"
    assert paragraphs(*parts) == "a &lt; b\n\n<b>c</b>\n\n"
    assert isinstance(lines("a"), Markup) and isinstance(paragraphs("a"), Markup)


def test_a_row_goes_below_and_a_line_above() -> None:
    more = PLAIN.with_row(NO, YES).on_top(Markup("<i>Aurora</i>"))
    assert more.buttons == ((YES, NO), (NO, YES))
    assert more.text == "<i>Aurora</i>\n\n<b>Words</b>"
    assert PLAIN.buttons == ((YES, NO),)


def test_a_column_has_a_button_a_row() -> None:
    assert column(YES, NO) == ((YES,), (NO,))


def test_a_keyboard_as_telegram_takes_it() -> None:
    assert keyboard(PLAIN) == [
        [
            {"text": "Yes", "callback_data": "test-go:1"},
            {"text": "Read", "url": "https://example.org/?a=1&b=2"},
        ]
    ]
    with pytest.raises(ValueError, match="button"):
        keyboard(Screen(Markup(), ((Button("Nothing"),),)))


def test_what_the_outbox_holds() -> None:
    named = Screen(marked(7, "Zoë"), file=File("a.txt", "Zoë"), public=True)
    assert json.loads(dump(named)) == {
        "text": str(marked(7, "Zoë")),
        "keyboard": [],
        "picture": None,
        "file": {"name": "a.txt", "text": "Zoë"},
        "edit": False,
    }
    assert "Zoë" in dump(named), "readable as it is"
    read = load(dump(named))
    assert read == posted(named)
    assert (read.text, read.file, read.edit) == ("Zoë", File("a.txt", "Zoë"), False)


def test_a_screen_in_place_of_a_message_says_so() -> None:
    assert load(dump(PLAIN, edit=True)).edit is True
    assert load(dump(PLAIN)).keyboard == keyboard(PLAIN) == posted(PLAIN).keyboard


def test_an_archive_is_made_of_its_files_and_never_stored() -> None:
    archive = Archive(
        "a.zip",
        (File("a.html", "Zoë"), File("a.json", "{}")),
        datetime(2025, 12, 3, 17, tzinfo=UTC),
    )
    assert archive.data() == archive.data()
    with ZipFile(io.BytesIO(archive.data())) as read:
        assert {name: read.read(name).decode() for name in read.namelist()} == {
            "a.html": "Zoë",
            "a.json": "{}",
        }
        assert read.infolist()[0].date_time == (2025, 12, 3, 17, 0, 0)
    with pytest.raises(ValueError, match="stored nowhere"):
        dump(Screen(Markup("Here."), file=archive))


def test_a_printout_is_made_for_who_asks_and_never_stored() -> None:
    wanted = Print("voci-agenda", Printout("Agenda", "Centro Aurora", "en", "{n}", ()))
    screen = Screen(Markup("Here."), file=wanted)
    assert posted(screen).file is wanted
    with pytest.raises(ValueError, match="stored nowhere"):
        dump(screen)

from __future__ import annotations

import json

import pytest
from markupsafe import Markup, escape

from handlers.core.names import marked
from handlers.core.screen import Button, Screen, dump, load, posted
from handlers.core.unnaming import without

ANNA, BEN = 7, 71


def screen(text: Markup) -> Screen:
    return Screen(text, ((Button("Yes", url="https://example.org/7"),),))


@pytest.mark.parametrize(
    "name",
    ["Anna", "12", "7", "no", "Yes", "Carried", "May", "b", "A & <B>", r"\1", "Zoë", "\ue002"],
)
def test_only_the_name_itself_goes_whatever_word_it_is(name: str) -> None:
    words = Markup(
        "<b>Shall we open on 12 May?</b> Carried: 12 yes, 7 no. {} &amp; Yes \\1 b asks."
    )
    before = screen(words.format(marked(ANNA, name)))
    after = without(dump(before), ANNA, "a member")
    assert load(after) == posted(screen(words.format("a member")))


def test_what_instead_is_said_is_escaped() -> None:
    after = without(dump(screen(marked(ANNA, "Anna"))), ANNA, "a <member>")
    assert load(after).text == "a &lt;member&gt;"


def test_whoever_has_the_same_name_keeps_it() -> None:
    both = screen(Markup("{}, {} and Anna").format(marked(ANNA, "Anna"), marked(BEN, "Anna")))
    assert load(without(dump(both), ANNA, "a member")).text == "a member, Anna and Anna"


def test_people_read_the_name_without_its_mark() -> None:
    named = screen(marked(ANNA, "A & <B>"))
    assert load(dump(named)).text == posted(named).text == escape("A & <B>")


def test_a_mark_in_a_name_marks_nothing() -> None:
    forged = marked(ANNA, f"x\ue002\ue000{BEN}\ue001Ben")
    assert load(without(dump(screen(forged)), BEN, "a member")).text == "xBen"


def test_what_names_nobody_stays_as_it_is() -> None:
    one = dump(screen(Markup("Grüße an alle.")))
    assert without(one, ANNA, "a member") == one
    assert json.loads(one)["keyboard"] == [[{"text": "Yes", "url": "https://example.org/7"}]]

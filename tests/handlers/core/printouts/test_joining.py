"""The foot of what hangs on the wall leads in, in every language, with a phone or without."""

from __future__ import annotations

import pytest
from kit.printed import check
from markupsafe import Markup

from bot.printing import pdf
from handlers.core.printouts.joining import to_join
from handlers.core.printouts.printout import Words, printout
from handlers.core.speech import LANGUAGES, Speech

LINK = "https://t.me/voci_bot?start=join_-X6ijJkWd3xSeYVz6uI2bl68SZhkHVFF"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_is_a_code_letters_and_a_link(language: str) -> None:
    speak = Speech(language)
    made = pdf(printout("Agenda", (Words(Markup("x")), to_join(LINK, speak)), "Aurora", speak))
    found = check(made, language)
    assert LINK in found.words.replace(" ", "")
    (figure,) = [element for kind, element in found.elements() if kind == "/Figure"]
    assert LINK in figure["/Alt"]
    (page,) = found.reader.pages
    links = [note.get_object()["/A"]["/URI"] for note in page.annotations or ()]
    assert set(links) == {LINK}

"""The core says nothing that the catalogues have not, and its doors lead where they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from kit.phrases import ASK_TO_JOIN, TAKE_PART
from kit.screen_checks import check
from markupsafe import Markup

from assembly.immutable import immutable
from assembly.wording import WordingError
from handlers.core import navigation
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, keyboard
from handlers.core.screens import home, number_pad, parts, plain
from handlers.core.speech import LANGUAGES, Speech, _catalogue
from storage.assemblies import Assembly
from storage.centres import Centre

NOW = 1_764_763_200  # Wednesday 3 December 2025
CENTRE = Centre(7, -1, "Aurora <3", "it", "Europe/Rome", None, None, Fraction(1, 3), NOW)
OTHER = replace(CENTRE, id=8, name="Boreale & Co.")
MEETING = Assembly(1, 7, NOW, None, "convened", NOW, None, None, None, None)


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


class Strict(Speech):
    """Speaks only what the catalogue of its language has; English, what is translated."""

    @property
    def known(self) -> dict[object, str]:
        translated = "it" if self.language == "en" else self.language
        return _catalogue(translated)._catalog  # type: ignore[attr-defined, no-any-return]

    def __call__(self, message: str, /, **values: object) -> Markup:
        assert message in self.known, message
        return super().__call__(message, **values)

    def many(self, one: str, several: str, n: int, /, **values: object) -> Markup:
        assert (one, n != 1) in self.known
        if self.language == "en":
            assert super().many(one, several, 2, **values) == several.format(n=2, **values)
        return super().many(one, several, n, **values)


@immutable
class Digit(Press, tag="test-digit"):
    number: int


def pad(speak: Speech) -> Screen:
    rows = (number_pad.write_instead(Digit(0), speak),)
    return Screen(number_pad.press_only(speak), rows)


SCREENS: dict[str, tuple[Callable[[Speech], Screen], int, bool]] = {
    "not a member": (plain.not_a_member, 2, False),
    "anonymous": (plain.anonymous_here, 1, True),
    "facilitators": (lambda speak: plain.facilitators_only(speak, public=False), 1, False),
    "facilitators, aloud": (lambda speak: plain.facilitators_only(speak, public=True), 1, True),
    "nothing asked": (lambda speak: plain.nothing_asked(speak, 7), 3, False),
    "nothing asked, outside": (plain.nothing_asked_of_strangers, 4, False),
    "words only": (lambda speak: plain.words_only(speak, 7), 3, False),
    "words only, outside": (plain.words_only_of_strangers, 4, False),
    "unknown command": (plain.unknown_command, 1, False),
    "away": (lambda speak: Screen(plain.may_be_lost(speak)), 1, False),
    "stranger": (home.stranger, 5, False),
    "broken link": (home.broken_link, 2, False),
    "home": (lambda speak: home.home(speak, CENTRE, facilitates=True), 2, False),
    "home, busy": (
        lambda speak: home.home(speak, CENTRE, facilitates=False, following=MEETING, deciding=2),
        4,
        False,
    ),
    "home, open": (
        lambda speak: home.home(
            speak, CENTRE, facilitates=False, following=replace(MEETING, status="open"), deciding=1
        ),
        4,
        False,
    ),
    "centres": (lambda speak: home.centres(speak, [CENTRE, OTHER], 7), 1, False),
    "number pad": (pad, 1, False),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(name: str, language: str) -> None:
    make, lines, public = SCREENS[name]
    words = check(make(Strict(language, "Europe/Rome")), public=public)
    assert len(words.splitlines()) == lines


def data(buttons: tuple[tuple[Button, ...], ...]) -> list[list[str]]:
    rows = keyboard(Screen(Markup(), buttons))
    return [[button.get("callback_data") or button["url"] for button in row] for row in rows]


def test_the_doors_of_home_lead_where_they_say() -> None:
    speak = Strict("en")
    doors = home.doors(speak, 7, facilitates=True)
    expected = {
        "Propose something": navigation.StartProposal(7),
        "What we talk about": navigation.ShowAgenda(7),
        "The next assembly": navigation.ShowAssembly(7),
        "Decisions": navigation.ShowDecisions(7),
        "What is to be done": navigation.ShowTasks(7),
        "Minutes": navigation.ListMinutes(7, 1),
        "Say how I am": navigation.StartCheckin(7),
        "About me": navigation.ShowMe(7),
        "Help": navigation.ShowHelp(7),
        "Facilitator’s menu": navigation.Facilitate(7),
        "Invite": navigation.Invite(7),
    }
    assert {button.label: button.press for row in doors for button in row} == expected
    assert home.doors(speak, 7, facilitates=False) == doors[:-1]
    assert home.home(speak, CENTRE, facilitates=True).buttons == doors
    assert home.to_home(speak, 7) == Button("Home", navigation.Home(7))


def test_the_centres_are_told_apart() -> None:
    screen = home.centres(Strict("en"), [CENTRE, OTHER], 7)
    assert screen.buttons == (
        (Button("Aurora <3 (here)", navigation.ChooseCentre(7)),),
        (Button("Boreale & Co.", navigation.ChooseCentre(8)),),
    )


def test_the_centre_stands_on_top_with_the_way_to_another() -> None:
    above = home.standing(Strict("en"), Screen(Markup("Words.")), CENTRE)
    assert above.text == "<i>Aurora &lt;3</i>\n\nWords."
    assert above.buttons == ((Button("Another centre", navigation.ShowCentres(7)),),)


@pytest.mark.parametrize(
    ("most", "rows"),
    [
        (0, [["0"]]),
        (3, [["0", "1", "2", "3"]]),
        (4, [["0", "1", "2", "3"], ["4"]]),
        (10, [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9", "10"]]),
        (11, [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9", "10"]]),
    ],
)
def test_numbers_up_to_ten_are_pressed(most: int, rows: list[list[str]]) -> None:
    pad = number_pad.numbers(most, Digit)
    assert [[button.label for button in row] for row in pad] == rows
    assert [[button.press for button in row] for row in pad] == [
        [Digit(int(label)) for label in row] for row in rows
    ]


def test_the_way_to_a_number_on_no_button() -> None:
    [button] = number_pad.write_instead(Digit(3), Strict("en"))
    assert button == Button("Leave that, and write the number", Digit(3))


@pytest.mark.parametrize(("status", "label"), [("open", TAKE_PART), ("closed", "Open in private")])
def test_the_way_in_from_the_group(status: str, label: str) -> None:
    class Put:
        id = 17

    decision = Put()
    decision.status = status  # type: ignore[attr-defined]
    for language in LANGUAGES:
        button = parts.way_in(Strict(language), link, decision)  # type: ignore[arg-type]
        assert button.url == "https://t.me/voci_bot?start=decide_17" and button.press is None
    assert parts.way_in(Strict("en"), link, decision).label == label  # type: ignore[arg-type]


def test_the_way_to_join() -> None:
    button = parts.take_part(Strict("en"), link, CENTRE)
    assert button == Button(ASK_TO_JOIN, url="https://t.me/voci_bot?start=join_7")


def test_a_sentence_is_escaped() -> None:
    assert plain.sentence("a < b") == Screen(Markup("a &lt; b"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (WordingError("long", 1_501, 500), "501"),
        (WordingError("short", 2, 5), "5"),
        (WordingError("empty", 0, 1), ""),
    ],
)
def test_what_does_not_fit_is_measured(error: WordingError, says: str, language: str) -> None:
    assert says in check(Screen(plain.misfit(error, Strict(language))))


@pytest.mark.parametrize("screen", [plain.nothing_asked, plain.words_only])
def test_whoever_writes_unasked_reads_the_number_at_once(
    screen: Callable[[Speech, int], Screen],
) -> None:
    for zone, number in (("Europe/Rome", "call 112"), ("UTC", "number of your country")):
        assert number in check(screen(Speech("en", zone), 7))
